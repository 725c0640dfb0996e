"""nbgrader's configuration of this course: which of its steps the kit replaces, and why.

Every `nbgrader` command and the formgrader read it. A step of ours is named by its dotted path, so that only
the command that needs it imports it.
"""

import os
import shutil
import sysconfig
from pathlib import Path

from nbgrader.converters import GenerateAssignment

c = get_config()  # noqa: F821 - traitlets provides it

# nbgrader starts alembic by name, which fails in an environment that is not activated.
if shutil.which("alembic") is None:
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

# --- The course ---

c.CourseDirectory.course_id = "deep-learning-from-scratch"

# --- The gradebook: gradebook.db in this folder, or one that several machines share ---
# AUTOGRADER_DB_URL names a shared one: postgresql+psycopg://user@host/database, which needs the extra
# `postgresql` of the kit. An environment variable, because a password belongs into no file; best
# leave it out of the URL and in PostgreSQL's own ~/.pgpass.

if os.environ.get("AUTOGRADER_DB_URL"):
    c.CourseDirectory.db_url = os.environ["AUTOGRADER_DB_URL"]

# --- generate_assignment: source/ to release/ ---
# nbgrader's ClearSolutions would leave its own stub where a solution stood; ReleaseStubs puts back the
# author's, so the formgrader's Generate button gives the same files as `autograder build`.

c.GenerateAssignment.preprocessors = [
    "autograder.authoring.ReleaseStubs" if step.__name__ == "ClearSolutions" else step
    for step in GenerateAssignment.preprocessors.default()
]

# --- zip_collect: what a learning platform lets one download, to submitted/ ---
# Put the archive into downloaded/<assignment>/archive/. Understood are, with or without a late mark,
#   Canvas        name_LATE_12345_67890_affine-1.ipynb                  student 12345
#   Moodle        Full Name_12345_assignsubmission_file/affine.ipynb    student 12345
#   Blackboard    Affine_kim12_attempt_2025-01-30-15-00-00_affine.ipynb student kim12
#   any other     Full Name (late)/affine.ipynb, Full Name_affine.ipynb student Full Name
# A number or account identifies a student where there is one, because two students may have one name. The
# marks of a repeated download ("-1", " (1)") are dropped from the names of this course's notebooks.

_names = "|".join(
    sorted(path.parent.name for path in Path(__file__).parent.glob("assignments/*/assignment.toml"))
)
_notebook = rf"(?: {_names or '(?!)'} ) (?= (?: -\d+ | \s? \( \d+ \) )? \.ipynb $ )"
_late = r"(?: [\s_(\[-]+ (?i:late) [)\]]? )?"

c.FileNameCollectorPlugin.named_regexp = rf"""(?x)
    (?! .* __MACOSX )                                    # copies that macOS puts into archives
    .* [\\/]
    (?: [^\\/]+? _ (?:LATE_)? (?= \d+ _ (?: \d+_ | assignsubmission ) )    # a name before a number
      | [^\\/]+? _ (?= [^\\/_]+ _attempt_ ) )?                             # the assignment before an account
    (?P<student_id> (?<=_) \d+ (?=_) | [^\\/]+? )
    (?: _ \d+ _ | _assignsubmission_file_? [\\/]? | _attempt_ [\d-]+ _
      | {_late} [\\/]
      | {_late} [\s_-]+ (?= {_notebook} ) )
    (?P<file_id> {_notebook} | [^\\/]+ (?= \.ipynb $ ) )
"""

# --- autograde: submitted/ to autograded/ and the gradebook ---
# The steps of nbgrader, with three changes: a submission is read without trusting its file (which leaves of
# its outputs nothing but pictures, so that ClearOutput has nothing to do), its cells and points are put right
# first, and the student's code is run and tested behind the walls of the engine.

c.Autograde.exporter_class = "autograder.gradebook.preprocessors.SubmissionExporter"

c.Autograde.sanitize_preprocessors = [
    "autograder.gradebook.preprocessors.RepairSubmission",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

c.Autograde.autograde_preprocessors = [
    "autograder.gradebook.preprocessors.SandboxedExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# --- generate_feedback: autograded/ and the gradebook to feedback/ ---
# The page that `autograder grade` writes, with what people gave since. The steps are for assignments that are
# not the kit's: students do not see their mark schemes.

c.GenerateFeedback.exporter_class = "autograder.gradebook.feedback.FeedbackExporter"

c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.gradebook.preprocessors.HideMarkSchemes",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# --- release_feedback: feedback/ to the exchange ---
# nbgrader's own step stops at the first student who handed in by other ways.

c.ExchangeFactory.release_feedback = "autograder.gradebook.exchange.ReleaseFeedback"

# --- The formgrader ---
# Answers are rendered without the HTML and scripts that may be in them, and long code without colours.

c.HTMLExporter.filters = {
    "markdown2html": "autograder.gradebook.markdown.safe_markdown2html",
    "highlight_code": "autograder.gradebook.markdown.safe_highlight_code",
}
