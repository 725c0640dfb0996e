"""Text and reference to the instructor's notebook, and on to what students receive.

Comes in: ``assignments/<name>/`` and ``solutions/<name>.py`` (trusted, written by an author). Goes out:
``source/<name>/`` and ``release/<name>/``, the same bytes every time. In reading order:

- `autograder.authoring.text`: the author's text to cells
- `autograder.authoring.weave`: stub and reference to a solution cell
- `autograder.authoring.source`: cells to the instructor's notebook
- `autograder.authoring.release`: nbgrader's generate_assignment, with our stubs
- `autograder.authoring.generated`: all of it for some assignments, or nothing where one is wrong
"""

from __future__ import annotations

from autograder.authoring.generated import build, stale
from autograder.authoring.release import ReleaseStubs

__all__ = ["ReleaseStubs", "build", "stale"]
