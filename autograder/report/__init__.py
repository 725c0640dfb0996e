"""What grading found, as pages and tables: for a student, for whoever teaches the class, for other programs.

Records come in, text and HTML go out: pure functions, no files. Names and rationales may hold what a student
typed, so everything is escaped; a page carries its own style, loads nothing and runs nothing.

- `feedback`: one student's page, with the notebook beneath (`cells`, `formulas`);
- `classpage`: the class on one page and as a table (`tally`, `figures`, `table`);
- `fragments`: an exercise's result within a notebook;
- `findings`: tests grouped for readers; `templating`: how a page comes about.

Words in several languages are those of `autograder.words`.
"""

from autograder.words import points, visible

from .cells import Released
from .classpage import class_page
from .feedback import HandGrade, Person, Total, WrittenAnswer, feedback_page
from .fragments import exercise_html, exercise_text, notice_html
from .table import class_table, table

__all__ = [
    "HandGrade",
    "Person",
    "Released",
    "Total",
    "WrittenAnswer",
    "class_page",
    "class_table",
    "exercise_html",
    "exercise_text",
    "feedback_page",
    "notice_html",
    "points",
    "table",
    "visible",
]
