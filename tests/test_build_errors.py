"""An author's mistakes: `build` names file, place and remedy, and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder.assignment import Course
from autograder.authoring import build
from autograder.errors import AuthorError

SAMPLE = Path(__file__).parent / "samples" / "course"

TEXT, TOML = "assignments/scale/scale.md", "assignments/scale/assignment.toml"
SUITE, REFERENCE = "assignments/scale/test_public.py", "solutions/scale.py"

SCALE_STUB = """    raise NotImplementedError(
        "scale: return factor * x"
    )
"""
COUNTER_STUB = '        raise NotImplementedError("counter: add by, return the count")\n'


@pytest.fixture(name="course")
def _course(tmp_path):
    return Course(shutil.copytree(SAMPLE, tmp_path / "course"))


def edit(course, file, old, new):
    """Replace a piece of an author's file that stands in it exactly once."""
    path = course.root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def refusal(course, *names):
    """Return the error of a build that must fail and must have written nothing."""
    with pytest.raises(AuthorError) as caught:
        build(course, names)
    assert not (course.root / "source").exists()
    assert not (course.root / "release").exists()
    assert caught.value.instead
    return caught.value


class Mistake(NamedTuple):
    """An edit, the file that must be blamed, the place in it and words of the complaint."""

    edited: str
    old: str
    new: str
    file: str
    where: str
    what: str


def mistake(name, edited, old, new, *, what, file=None, where=""):
    """Return a row of the table of mistakes; most are blamed on the file that was edited."""
    return pytest.param(Mistake(edited, old, new, file or edited, where, what), id=name)


IDS = [
    mistake(
        "unknown exercise",
        TEXT,
        'exercise="scale"',
        'exercise="scael"',
        where="cell 4 (exercise 'scael')",
        what="has no exercise 'scael'. Write exercise='scale'",
    ),
    mistake(
        "unknown question",
        TEXT,
        'written="written-why"',
        'written="written-how"',
        where="(written 'written-how')",
        what="has no written 'written-how'",
    ),
    mistake(
        "exercise without cell",
        TOML,
        '[[exercise]]\nid = "repair"',
        '[[exercise]]\nid = "extra"\npoints = 1\naspects = { values = 1 }\n\n[[exercise]]\nid = "repair"',
        file=TEXT,
        where="exercise 'extra'",
        what="no cell bears it",
    ),
    mistake(
        "question without cell",
        TOML,
        '[[written]]\nid = "written-why"',
        '[[written]]\nid = "written-how"\npoints = 1\n\n[[written]]\nid = "written-why"',
        file=TEXT,
        where="written 'written-how'",
        what="no cell bears it",
    ),
    mistake(
        "two cells with one id",
        TEXT,
        'exercise="repair"',
        'exercise="scale"',
        where="(exercise 'scale')",
        what="2 cells bear the id 'scale'",
    ),
    mistake(
        "misspelt key",
        TEXT,
        '```python exercise="scale"',
        '```python exercize="scale"',
        where="cell 4",
        what="'exercize' is no key of a code cell. Write exercise=...",
    ),
    mistake(
        "unknown tag",
        TEXT,
        "```python\n%matplotlib",
        '```python tags=["picture"]\n%matplotlib',
        where="cell 2",
        what="the tags of this cell are ['picture']; a given code cell can have one, 'figure'",
    ),
    mistake(
        "tag on an exercise",
        TEXT,
        '```python exercise="scale"',
        '```python exercise="scale" tags=["figure"]',
        where="cell 4",
        what="the tags of this cell are ['figure']",
    ),
    mistake(
        "figure cell that others need",
        TEXT,
        "Now it is your turn.",
        '```python tags=["figure"]\ngiven = FACTOR = 3.0\n```',
        where="cell 3",
        what="cell 4 (exercise 'scale') uses 'FACTOR', which this figure cell defines",
    ),
    mistake(
        "exercise on a region",
        TEXT,
        'written="written-why"',
        'exercise="written-why"',
        where="cell 10",
        what="'exercise' is no key of a markdown cell",
    ),
    mistake(
        "id that is taken by a check cell",
        TOML,
        'id = "written-why"',
        'id = "test-scale"',
        where="id 'test-scale'",
        what="also the id of the check cell of 'scale'",
    ),
]

CELLS = [
    mistake(
        "given code is no Python",
        TEXT,
        "FACTOR = 2.0",
        "FACTOR = = 2.0",
        where="cell 2, line 6",
        what="not valid Python (invalid syntax)",
    ),
    mistake(
        "stub is no Python",
        TEXT,
        "class Counter:",
        "class Counter",
        where="cell 5 (exercise 'counter'), line 1",
        what="not valid Python",
    ),
    mistake(
        "code that warns",
        TEXT,
        "    return x + 1",
        "    return x is 1",
        where="cell 5 (exercise 'counter'), line",
        what="not valid Python",
    ),
    mistake(
        "no import of check",
        TEXT,
        "from autograder import check\n",
        "",
        where="cell 4 (exercise 'scale')",
        what="imports check",
    ),
    mistake("header is no YAML", TEXT, "jupyter:\n", "jupyter: [\n", what="jupytext cannot read this"),
    mistake("region without end", TEXT, "<!-- #endregion -->", "", where="line ", what="never closed"),
    mistake(
        "end without region",
        TEXT,
        '<!-- #region written="written-why" -->',
        "",
        where="line ",
        what="no region is open",
    ),
    mistake(
        "region in a region",
        TEXT,
        "> 왜?",
        "<!-- #region -->",
        where="line ",
        what="is still open",
    ),
]

MARKS = [
    mistake(
        "solution mark in the text, never closed",
        TEXT,
        COUNTER_STUB,
        "        ### BEGIN SOLUTION\n" + COUNTER_STUB,
        where="line ",
        what="'BEGIN SOLUTION' has no 'END SOLUTION'",
    ),
    mistake(
        "solution mark in the reference, never opened",
        REFERENCE,
        "        return self.count\n",
        "        return self.count\n        ### END SOLUTION\n",
        where="line ",
        what="'END SOLUTION' has no 'BEGIN SOLUTION'",
    ),
    mistake(
        "pair of solution marks in the reference",
        REFERENCE,
        "        return self.count\n",
        "        ### BEGIN SOLUTION\n        return self.count\n        ### END SOLUTION\n",
        where="line ",
        what="'BEGIN SOLUTION' is a mark that only build may write",
    ),
    mistake(
        "mark scheme never closed",
        TEXT,
        "=== END MARK SCHEME ===\n",
        "",
        where="(written 'written-why')",
        what="'BEGIN MARK SCHEME' stands 1 times and 'END MARK SCHEME' 0 times",
    ),
    mistake(
        "mark scheme never opened",
        TEXT,
        "=== BEGIN MARK SCHEME ===\n",
        "",
        where="(written 'written-why')",
        what="stands 0 times",
    ),
    mistake(
        "mark scheme in the text",
        TEXT,
        "Another cell of text.",
        "=== BEGIN MARK SCHEME ===\nsecret\n=== END MARK SCHEME ===",
        where="cell 9",
        what="outside a question",
    ),
    mistake(
        "mark scheme in code",
        TEXT,
        "FACTOR = 2.0",
        "FACTOR = 2.0  # === BEGIN MARK SCHEME ===",
        where="cell 2",
        what="outside a question",
    ),
    mistake(
        "question without mark scheme",
        TEXT,
        "=== BEGIN MARK SCHEME ===\n\nA secret model answer: zero times anything is zero.\n\n"
        "=== END MARK SCHEME ===\n",
        "",
        where="(written 'written-why')",
        what="has no mark scheme",
    ),
    mistake(
        "empty mark scheme",
        TEXT,
        "A secret model answer: zero times anything is zero.\n",
        "",
        where="(written 'written-why')",
        what="the mark scheme is empty",
    ),
    mistake(
        "empty question",
        TEXT,
        "## Why?\n\nWhy does scaling keep zeros?\n\n> 왜?\n",
        "",
        where="(written 'written-why')",
        what="the question is empty",
    ),
    mistake(
        "text behind the mark scheme",
        TEXT,
        "=== END MARK SCHEME ===\n",
        "=== END MARK SCHEME ===\n\nOne more thing.\n",
        where="(written 'written-why')",
        what="text follows 'END MARK SCHEME'",
    ),
]

STUBS = [
    mistake(
        "stub that names no exercise",
        TEXT,
        "counter: add by, return the count",
        "not yet",
        where="(exercise 'counter')",
        what='Write raise NotImplementedError("counter: ...")',
    ),
    mistake(
        "raise inside another statement",
        TEXT,
        COUNTER_STUB,
        '        if by:\n            raise NotImplementedError("counter: add by")\n',
        where="(exercise 'counter')",
        what="inside another statement",
    ),
    mistake(
        "raise beside other code",
        TEXT,
        "        by = int(by)\n" + COUNTER_STUB,
        "        by = int(by); " + COUNTER_STUB.lstrip(),
        where="(exercise 'counter')",
        what="the raise of Counter.step shares a line with other code",
    ),
    mistake(
        "code behind the raise",
        TEXT,
        COUNTER_STUB,
        COUNTER_STUB + "        return self.count\n",
        where="(exercise 'counter')",
        what="Counter.step goes on after raise",
    ),
    mistake(
        "stub without raise or definition",
        TEXT,
        "def twice(x):\n    return 3 * X\n",
        "twice = 3\n",
        where="(exercise 'repair')",
        what="has no raise NotImplementedError",
    ),
    mistake(
        "nothing to repair",
        TEXT,
        "    return 3 * X\n",
        "    return 2 * x\n",
        where="(exercise 'repair')",
        what="already the reference's solution",
    ),
    mistake(
        "given statement that the reference lacks",
        TEXT,
        "        by = int(by)\n",
        "        by = float(by)\n",
        where="(exercise 'counter')",
        what="gives statements that the reference does not begin with",
    ),
]

REFERENCES = [
    mistake(
        "reference is no Python",
        REFERENCE,
        "    return 2 * x",
        "    return 2 *",
        where="line 33",
        what="not valid Python",
    ),
    mistake(
        "function missing",
        REFERENCE,
        "def twice(x):",
        "def twise(x):",
        file=TEXT,
        where="(exercise 'repair')",
        what="'twice' is missing in",
    ),
    mistake(
        "method missing",
        REFERENCE,
        "    def step(self, by=1):",
        "    def stepp(self, by=1):",
        file=TEXT,
        where="(exercise 'counter')",
        what="Rename 'Counter.stepp' there",
    ),
    mistake(
        "other parameter",
        REFERENCE,
        "def scale(x, *, factor=FACTOR):",
        "def scale(x, *, scale=FACTOR):",
        file=TEXT,
        where="(exercise 'scale')",
        what="the stub has 'def scale(x, *, factor=FACTOR)', the reference scale.py has 'def scale(x, *, sc",
    ),
    mistake(
        "other default",
        REFERENCE,
        "def step(self, by=1):",
        "def step(self, by=2):",
        file=TEXT,
        where="(exercise 'counter')",
        what="'def step(self, by=2)'",
    ),
    mistake(
        "given method differs",
        REFERENCE,
        "        self.count = start\n",
        "        self.count = start\n        self.hidden = 0\n",
        file=TEXT,
        where="(exercise 'counter')",
        what="Counter.__init__ is given, but the reference's Counter.__init__ differs",
    ),
    mistake(
        "helper method that the stub lacks",
        REFERENCE,
        "        return self.count\n",
        "        return self.count\n\n    def helper(self):\n        return 0\n",
        file=TEXT,
        where="(exercise 'counter')",
        what="the reference's Counter has 'helper', which the stub lacks",
    ),
    mistake(
        "other base class",
        REFERENCE,
        "class Counter:",
        "class Counter(dict):",
        file=TEXT,
        where="(exercise 'counter')",
        what="class Counter is declared differently",
    ),
    mistake(
        "class attribute that the stub lacks",
        REFERENCE,
        '    """Counts calls."""\n',
        '    """Counts calls."""\n\n    total = 0\n',
        file=TEXT,
        where="(exercise 'counter')",
        what="other attributes",
    ),
    mistake(
        "constant that the notebook lacks",
        REFERENCE,
        "    return 2 * x",
        "    return TWO * x\n\n\nTWO = 2",
        file=TEXT,
        where="(exercise 'repair')",
        what="the reference uses 'TWO', which no cell of the notebook defines",
    ),
    mistake(
        "body beside the docstring",
        REFERENCE,
        '    """Return factor * x."""\n',
        '    """Return factor * x."""; x = x + 0\n',
        file=TEXT,
        where="(exercise 'scale')",
        what="the body of the reference's scale shares a line with what stands before it",
    ),
    mistake(
        "import that fails",
        REFERENCE,
        "import numpy as np\n",
        "import numpy as np\nimport no_such_module\n",
        where="",
        what="ModuleNotFoundError",
    ),
    mistake(
        "reference that fails the public suite",
        REFERENCE,
        "    return 2 * x",
        "    return 2 * x + 1",
        file=SUITE,
        where="test_twice_doubles",
        what="the reference does not pass it (exercise 'repair')",
    ),
]

DESCRIPTIONS = [
    mistake(
        "points that do not add up",
        TOML,
        "points = 1.5\n",
        "points = 2\n",
        where="exercise 'counter', aspects",
        what="the aspects add up to 1.5 points, the exercise has 2. Write points = 1.5",
    ),
    mistake(
        "public seed is the hidden seed",
        TOML,
        "hidden = 7919",
        "hidden = 11",
        where="seeds.hidden",
        what="both 11",
    ),
    mistake(
        "unknown language",
        TOML,
        "libraries = [",
        'language = "fr"\nlibraries = [',
        where="language",
        what="'fr' is none that the kit speaks",
    ),
    mistake(
        "test of an unknown aspect",
        SUITE,
        '@exercise("repair", aspect="values")',
        '@exercise("repair", aspect="value")',
        where="test_twice_doubles",
        what="no aspect 'value'",
    ),
]


@pytest.mark.parametrize("case", IDS + CELLS + MARKS + STUBS + REFERENCES + DESCRIPTIONS)
def test_mistake_is_refused_with_file_place_and_remedy(course, case):
    """Each mistake is blamed on the file to open and the place in it, and nothing is written."""
    edit(course, case.edited, case.old, case.new)
    error = refusal(course)
    assert error.path == course.root / case.file
    assert case.where in error.where
    assert case.what in str(error)


@pytest.mark.parametrize("file", [TEXT, SUITE, REFERENCE])
def test_missing_file_is_named(course, file):
    """All files of an assignment are needed."""
    (course.root / file).unlink()
    error = refusal(course)
    assert error.path == course.root / file
    assert error.what == "the file is missing"


@pytest.mark.parametrize("file", [TEXT, SUITE, REFERENCE])
def test_file_that_is_not_utf8_is_named(course, file):
    """A file in another encoding is not guessed at."""
    (course.root / file).write_bytes("# 왜\n".encode("utf-16"))
    error = refusal(course)
    assert error.path == course.root / file
    assert "UTF-8" in error.instead


def test_byte_order_mark_is_no_mistake(course):
    """Some editors on Windows begin a file with one."""
    for file in (TEXT, REFERENCE, SUITE):
        path = course.root / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert build(course)


def test_text_without_cells_lacks_every_exercise(course):
    """An empty notebook is refused as one without its exercises."""
    (course.root / TEXT).write_text("", encoding="utf-8")
    assert "no cell bears it" in refusal(course).what


@pytest.mark.parametrize(
    ("seeds", "key"),
    [
        ("public = 5, hidden = 7919", "seeds.hidden"),
        ("public = 5, hidden = 11", "seeds.hidden"),
        ("public = 7919, hidden = 5", "seeds.public"),
    ],
)
def test_hidden_seed_belongs_to_one_assignment(course, seeds, key):
    """Whichever of the two assignments is built, a hidden seed that both have is refused."""
    other = course.root / "assignments" / "other"
    other.mkdir()
    toml = (course.root / TOML).read_text(encoding="utf-8")
    (other / "assignment.toml").write_text(toml.replace("public = 11, hidden = 7919", seeds))
    error = refusal(course, "other")
    assert (error.path, error.where) == (other / "assignment.toml", key)
    assert "also a seed of 'scale'" in error.what
    assert "also a seed of 'other'" in refusal(course, "scale").what


def test_public_seed_may_be_shared(course):
    """Only hidden seeds are secrets: the sample builds beside an assignment with the same public seed."""
    other = course.root / "assignments" / "other"
    other.mkdir()
    toml = (course.root / TOML).read_text(encoding="utf-8")
    (other / "assignment.toml").write_text(toml.replace("7919", "7920"))
    assert build(course, ["scale"])


def test_indentation_that_changes_a_string_is_refused(course):
    """A string over several lines would change when the body moves to another depth."""
    edit(course, REFERENCE, "def twice(x):", 'def deep(x):\n  return """\n  a"""\n\n\ndef twice(x):')
    edit(
        course,
        TEXT,
        "def twice(x):\n    return 3 * X\n",
        'def twice(x):\n    return 2 * x\n\n\ndef deep(x):\n    raise NotImplementedError("repair: text")\n',
    )
    error = refusal(course)
    assert "changes its meaning when indented" in error.what


def test_magics_and_shell_commands_are_python_enough(course):
    """Given cells may hold what IPython understands."""
    edit(
        course,
        TEXT,
        "FACTOR = 2.0",
        "FACTOR = 2.0\n!true\n%precision 3\nawait __import__('asyncio').sleep(0)",
    )
    assert build(course)


def test_error_sentence_has_file_place_fault_and_remedy(course):
    """One line says it all."""
    edit(course, TEXT, 'exercise="scale"', 'exercise="scael"')
    assert str(refusal(course)) == (
        f"{course.root / TEXT}: cell 4 (exercise 'scael'): assignment.toml has no exercise 'scael'. "
        "Write exercise='scale', or add it there."
    )
