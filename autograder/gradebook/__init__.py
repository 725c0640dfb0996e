"""Results into nbgrader: its gradebook, its folders, and its own autograde step.

- `open_record` opens an assignment's pages of the gradebook; ``write`` records one student's result there;
- `RepairSubmission` and `SandboxedExecute` (in `autograder.gradebook.preprocessors`) do the same from within
  ``nbgrader autograde`` and the formgrader, where ``nbgrader_config.py`` names them.

Both write equal rows. What comes in is a `Graded`: its result is ours, its notebook and outputs are the
student's.
"""

from autograder.gradebook.annotate import annotate
from autograder.gradebook.record import Record, Recorded, open_record
from autograder.gradebook.register import register, template
from autograder.gradebook.settings import Settings, nbgrader_at_work, put_alembic_on_path, read_settings

__all__ = [
    "Record",
    "Recorded",
    "Settings",
    "annotate",
    "nbgrader_at_work",
    "open_record",
    "put_alembic_on_path",
    "read_settings",
    "register",
    "template",
]
