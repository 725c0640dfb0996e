"""What a student installs to work on an assignment: ``requirements.txt`` beside the notebook."""

from __future__ import annotations

import importlib.metadata
import re
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from autograder.assignment import Assignment

STUDENT_DISTRIBUTION = "autograder-student"

# jupyterlab opens the notebook, nbgrader adds its Validate button; the rest is what every notebook imports.
_ALWAYS = frozenset({"jupyterlab", "nbgrader", "numpy"})


def requirements_text(assignment: Assignment) -> str:
    """Return the file's content: the kit by name, then what the notebook needs, with the kit's bounds."""
    names = sorted(_ALWAYS | {_distribution(library) for library in assignment.libraries})
    bounds = _supported()
    # Named by its file, the wheel cannot be replaced by a stranger's distribution of the same name.
    stem = STUDENT_DISTRIBUTION.replace("-", "_")
    wheel = f"{stem}-{importlib.metadata.version('autograder')}-py3-none-any.whl"
    lines = [
        "# In this folder, with the wheel of the kit beside this file:",
        f"#   python -m pip install -r requirements.txt ./{wheel}",
        STUDENT_DISTRIBUTION,
        *(name + bounds.get(name, "") for name in names),
    ]
    return "\n".join(lines) + "\n"


def _distribution(library: str) -> str:
    package = library.partition(".")[0]
    owners = importlib.metadata.packages_distributions().get(package, [package])
    return re.sub(r"[-_.]+", "-", owners[0]).lower()


def _supported() -> dict[str, str]:
    requirements = map(Requirement, importlib.metadata.requires("autograder") or [])
    return {requirement.name: str(requirement.specifier) for requirement in requirements}
