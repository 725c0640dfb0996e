"""A submitted file, or the clear reason why it is none; then the student's cells, ready to be graded.

Three steps, each total: whatever a student hands in, the outcome is a notebook or one sentence.

- `find_submission`: the folder that was collected -> the path of the notebook;
- `read_submission`: the path -> a notebook of format 4 with sources and, of what a program left, pictures
  (`read_collected` and `parse_submission` are its two halves, for those who send the file elsewhere);
- `repair`: that notebook and the assignment's own -> cells, points and flags as the assignment has them,
  code and answers as the student has them, and sentences that say what was put right.

Of the code cells, `idle` names those that grading does not run, since all that they do is draw.

Everything that comes in is untrusted. What goes out is valid by nbformat's schema; its text is still the
student's.
"""

from autograder.notebook.figures import FIGURE, idle, is_figure, names
from autograder.notebook.reading import (
    MAX_CELLS,
    MAX_NOTEBOOK_BYTES,
    find_submission,
    normalise,
    parse_submission,
    read_collected,
    read_regular_file,
    read_submission,
)
from autograder.notebook.repairing import repair

__all__ = [
    "FIGURE",
    "MAX_CELLS",
    "MAX_NOTEBOOK_BYTES",
    "find_submission",
    "idle",
    "is_figure",
    "names",
    "normalise",
    "parse_submission",
    "read_collected",
    "read_regular_file",
    "read_submission",
    "repair",
]
