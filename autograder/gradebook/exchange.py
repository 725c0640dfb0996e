"""Feedback back through nbgrader's exchange, in a class of which not everybody handed in through it.

Comes in: ``feedback/<student>/<assignment>/``, with the two files that the exchange gave a submission.
nbgrader's own step stops at the first student who lacks them, such as one of an archive;
``nbgrader_config.py`` puts this one in its place.
"""

from __future__ import annotations

import glob
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.gradebook.record import RETURNED_FILES


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader publishes no types
    """Returns the pages of those who submitted through the exchange, and names the others."""

    src_path: str

    def copy_files(self) -> None:
        """Copy one student's page after the other."""
        for folder in sorted(map(Path, glob.glob(self.src_path))):  # noqa: PTH207 - nbgrader's own pattern
            if all((folder / name).is_file() for name in RETURNED_FILES):
                self.src_path = glob.escape(str(folder))
                super().copy_files()
            else:
                self.log.warning("Not handed in through the exchange, so send it yourself: %s", folder)
