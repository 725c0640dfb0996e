"""Figure cells: what only draws is not run by grading, unless somebody needs what it defines."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.cli import main
from autograder.notebook import FIGURE, idle, is_figure, names, normalise, repair

PNG = "iVBORw0KGgo="
DRAWS = "figure, axes = plt.subplots()\naxes.plot(bias_gradient(np.ones((2, 3))))"


# ----- the names of a cell -----


@pytest.mark.parametrize(
    "source",
    [
        "a",
        "print(a)",
        "b = a",
        "a = a + 1",
        "a += 1",
        "del a",
        "def f():\n    return a",
        "f = lambda: a",
        "a = 1\ndef f():\n    return a",
        "def a(n):\n    return a(n - 1)",
        "class C:\n    b = a",
        "class C:\n    def m(self):\n        return a",
        "[x for x in a]",
        "[x for x in y if x in a]",
        "def f(x=a):\n    a = x",
        "def f():\n    global a\n    a += 1",
        "@a\ndef a():\n    pass",
        "class a(a):\n    pass",
        "for x in a:\n    a = x",
        "for x in y:\n    a",
        "if b:\n    a = 1\nprint(a)",
        "for x in y:\n    a = x\nprint(a)",
        "try:\n    a = 1\nexcept E:\n    pass\na",
        "while b:\n    a = 1\na",
        "with a as b:\n    pass",
        "with b as c:\n    print(a)",
        "a.x = 1",
        "a[0] = 1",
        "a: int\nprint(a)",
        "if (a := f(a)):\n    pass",
        'f"{a}"',
        "print(await a)",
        "eval('a')",
        "globals()['a']",
        "%timeit f(a)",
        "!ls",
        "%matplotlib inline\n%timeit f(a)",
        "%matplotlib inline\nprint(a)",
        "a = (",
        "\0",
        "(" * 5000 + "a" + ")" * 5000,
        "a" + " + a" * 7_000,
        "a" + ".a" * 5_000,
        "if a: pass\n" + "elif a: pass\n" * 2_000,
        "b = 1\n" * 10_000 + "a",
    ],
)
def test_a_cell_that_may_find_a_name_as_another_left_it_reads_it(source):
    """In doubt it reads the name: under a condition, by other ways, or in what is no plain Python."""
    found = names(source)
    assert "a" in found.read or found.is_opaque


@pytest.mark.parametrize(
    "source",
    [
        "",
        "b = 1",
        "a = 1\nprint(a)",
        "a, b = 1, 2\na += b",
        "for a in range(3):\n    print(a)",
        "for b in range(3):\n    a = b\n    print(a)",
        "with open('f') as a:\n    a.read()",
        "import a\na.x",
        "import a.b\na.b",
        "from m import n as a\na",
        "class a:\n    pass\na()",
        "def f(a):\n    return a",
        "def f():\n    a = 1\n    return a",
        "[a for a in b]",
        "lambda a: a",
        "b.a",
        "f(a=1)",
        "'a'",
        "a: int = 1\nprint(a)",
        "# a",
        "%matplotlib inline\n%config a.b = 'c'\nimport b",
    ],
)
def test_a_cell_that_binds_a_name_itself_does_not_read_it(source):
    """Nor does one that has a local variable, an attribute or an argument of that name."""
    found = names(source)
    assert "a" not in found.read
    assert not found.is_opaque


@pytest.mark.filterwarnings("error")
def test_what_python_warns_of_is_not_passed_on():
    """Whoever grades has not written the code."""
    assert names("b = 1 is 1\nc = '\\d'\nprint(a)").read == {"a", "print"}


@pytest.mark.parametrize(
    "source",
    [
        "a = 1",
        "if b:\n    a = 1",
        "a, *b = c",
        "a += 1",
        "for a in b:\n    pass",
        "def f():\n    global a\n    a = 1",
        "import a",
        "import a.b",
        "import b as a",
        "class a:\n    pass",
        "def a():\n    pass",
        "with b as a:\n    pass",
        "print(a := 1)",
        "[a := x for x in y]",
        "try:\n    pass\nexcept E as a:\n    pass",
    ],
)
def test_whatever_binds_a_name_of_the_notebook_defines_it(source):
    """Local variables of functions and comprehensions are not the notebook's."""
    assert "a" in names(source).defined
    assert "a" not in names("def f(a):\n    [a for a in a]\n    a = 1").defined


# ----- which cells are not run -----


@pytest.mark.parametrize(
    ("cells", "figures", "left"),
    [
        (["a = 1", "plt.plot(a)", "b = 2"], [1], [1]),
        (["a = 1", "f = plt.plot(a)", "print(f)"], [1], []),
        (["f = plt.figure()", "plt.plot(f)"], [0, 1], [0, 1]),
        (["f = plt.figure()", "g = plt.plot(f)", "print(g)"], [0, 1], []),
        (["f = plt.figure()", "plt.plot(f)", "%run a.py"], [0, 1], []),
        (["f = plt.figure()", "f = 2\nprint(f)"], [0], [0]),
        (["plt.plot()", "a = 1"], [], []),
        (["a = 1\ndef f():\n    return a", "a = 5\nplt.plot(f())", "print(f())"], [1], []),
        (["%run a.py", "print(b)"], [0], []),
        (["exec(a)", "print(b)"], [0], []),
        (["from a import *", "print(b)"], [0], []),
    ],
)
def test_a_figure_cell_is_idle_unless_a_cell_that_is_run_reads_its_names(cells, figures, left):
    """One that is needed may need another in turn, and one that may define anything is always run."""
    assert idle(cells, figures) == left


@pytest.mark.parametrize(("name", "count"), [("affine", 1), ("optimizers", 2)])
def test_the_figure_cells_of_the_assignments_are_idle(name, count):
    """In the notebook as the reference solves it."""
    path = Path(__file__).parents[1] / "source" / name / f"{name}.ipynb"
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    figures = [place for place, cell in enumerate(code) if is_figure(cell)]
    assert len(figures) == count
    assert idle([cell.source for cell in code], figures) == figures


# ----- which cells are figure cells -----


def notebook(*cells):
    """Return a notebook as a student submits it."""
    return normalise(json.loads(json.dumps(new_notebook(cells=list(cells)))))


def tagged(source):
    """Return a cell with the tag."""
    return new_code_cell(source, metadata={"tags": [FIGURE]})


def test_the_assignment_says_which_cells_are_figure_cells():
    """A submitted cell is one if its text is that of the assignment's, whatever tags it has."""
    source = new_notebook(cells=[new_code_cell("import plt"), tagged("plt.plot(1)")])
    submitted = notebook(
        new_code_cell("plt.plot(1)"), tagged("solution = 1"), tagged("plt.plot(2)"), tagged("plt.plot(1)")
    )
    repaired, notes = repair(submitted, source)
    assert [is_figure(cell) for cell in repaired.cells] == [True, False, False, True]
    assert notes == []
    again, _ = repair(repaired, source)
    assert again == repaired


# ----- grading -----


def with_figure_cell(classroom, source=DRAWS, *, saved=(PNG,), edited="", more=""):
    """Give the assignment a figure cell, and return a change that puts it into a submission."""
    classroom.edit_source(lambda source_notebook: source_notebook.cells.append(tagged(source)))

    def change(submitted):
        cell = new_code_cell(edited or source)
        cell.outputs = [new_output("display_data", data={"image/png": png}) for png in saved]
        submitted.cells.append(cell)
        if more:
            submitted.cells.append(new_code_cell(more))

    return change


def outputs_of(classroom, student, text):
    """Return what a student's graded notebook shows beneath a cell that contains a text."""
    (cell,) = [cell for cell in classroom.autograded(student).cells if text in cell.source]
    return [dict(output.get("data", {"error": output.get("ename")})) for output in cell.outputs]


@pytest.mark.parametrize("source", [DRAWS, "raise SystemExit", "while True:\n    pass"])
def test_a_figure_cell_is_shown_as_it_was_saved_and_not_run(course, source):
    """All its pictures are there, whatever it would do."""
    course.hand_in("ana", {}, with_figure_cell(course, source, saved=[PNG, PNG]))
    points = sum(exercise.points for exercise in course.assignment.exercises)
    assert course.grade()["ana"].new_score == points
    assert outputs_of(course, "ana", source) == [{"image/png": PNG}, {"image/png": PNG}]


def test_nbgrader_autograde_shows_a_figure_cell_in_the_same_way(course):
    """With its picture, and without one in the words for that."""
    course.hand_in("ana", {}, with_figure_cell(course))
    course.hand_in("ben", {}, lambda notebook: notebook.cells.append(new_code_cell(DRAWS)))
    course.autograde()
    assert outputs_of(course, "ana", "plt.subplots") == [{"image/png": PNG}]
    (shown,) = outputs_of(course, "ben", "plt.subplots")
    assert "Saved without its figure" in shown["text/plain"]


def test_a_figure_cell_without_a_saved_picture_says_so(course):
    """It is not drawn either: an author who wants it drawn leaves out the tag."""
    course.hand_in("ana", {}, with_figure_cell(course, saved=[]))
    course.grade()
    (shown,) = outputs_of(course, "ana", "plt.subplots")
    assert "Saved without its figure" in shown["text/plain"]


@pytest.mark.parametrize("name", ["figure", "axes"])
def test_a_figure_cell_is_run_if_the_student_reads_what_it_defines(course, name):
    """Then the student's own code finds what it looks for."""
    course.hand_in(
        "ana", {}, with_figure_cell(course, "figure = 7\naxes = 8\n1 / 0", more=f"print({name} + 1)")
    )
    course.grade()
    assert outputs_of(course, "ana", "1 / 0") == [{"error": "ZeroDivisionError"}]
    (printed,) = course.autograded("ana").cells[-1].outputs
    assert printed.text == {"figure": "8\n", "axes": "9\n"}[name]


def test_a_figure_cell_that_was_edited_is_run(course):
    """It is the student's own then, with whatever else it does."""
    course.hand_in("ana", {}, with_figure_cell(course, edited=f"{DRAWS}\n1 / 0"))
    course.grade()
    assert outputs_of(course, "ana", "1 / 0")[-1] == {"error": "ZeroDivisionError"}


def test_check_of_a_saved_notebook_runs_no_figure_cell(open_classroom, tmp_path, monkeypatch, capsys):
    """The released notebook's figure cells are known by their text; this one would take an answer away."""
    classroom = open_classroom(tmp_path / "course", "optimizers")
    released = classroom.course.release_folder("optimizers")
    document = json.loads((released / "public.json").read_text())
    submitted = json.loads((released / "optimizers.ipynb").read_text())
    for cell in submitted["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = classroom.right.get(grade_id, cell["source"])
    draws = "Momentum.update = None"
    submitted["cells"].append(new_code_cell(draws))
    document["figures"] = [hashlib.sha256(draws.encode()).hexdigest()]
    (released / "public.json").write_text(json.dumps(document))
    (released / "optimizers.ipynb").write_text(json.dumps(submitted))
    monkeypatch.setattr("sys.argv", ["autograder", "check", str(released / "optimizers.ipynb"), "--json"])
    with pytest.raises(SystemExit):
        main()
    (result,) = json.loads(capsys.readouterr().out)["submissions"]
    assert result["score"] == sum(exercise.points for exercise in classroom.assignment.exercises)


def test_only_a_code_cell_with_the_tag_is_a_figure_cell():
    """A cell without tags is none, nor is a text with it."""
    assert not is_figure(NotebookNode(cell_type="code", metadata=NotebookNode(), source=""))
    assert not is_figure(NotebookNode(cell_type="markdown", metadata=NotebookNode(tags=[FIGURE]), source=""))
