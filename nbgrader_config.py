"""nbgrader's configuration of this course: which of its steps the kit replaces, and why.

Every `nbgrader` command and the formgrader read it. A step of ours is named by its dotted path, so that only
the command that needs it imports it.
"""

from nbgrader.converters import GenerateAssignment

c = get_config()  # noqa: F821 - traitlets provides it

# --- The course ---

c.CourseDirectory.course_id = "deep-learning-from-scratch"

# --- generate_assignment: source/ to release/ ---
# nbgrader's ClearSolutions would leave its own stub where a solution stood; ReleaseStubs puts back the
# author's, so the formgrader's Generate button gives the same files as `autograder build`.

c.GenerateAssignment.preprocessors = [
    "autograder.authoring.ReleaseStubs" if step.__name__ == "ClearSolutions" else step
    for step in GenerateAssignment.preprocessors.default()
]
