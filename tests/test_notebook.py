"""Submitted files of every kind: each becomes a notebook that can be graded, or one clear sentence."""

from __future__ import annotations

import copy
import json
import os
import socket
import time
from typing import TYPE_CHECKING

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

from autograder.errors import Ungradable
from autograder.notebook import MAX_CELLS, find_submission, normalise, read_submission, repair
from autograder.notebook.reading import MAX_PICTURES, MAX_SAVED
from autograder.notebook.repairing import without_mark_scheme

if TYPE_CHECKING:
    from pathlib import Path

STUB = 'def bias_gradient(dY):\n    raise NotImplementedError("bias-gradient")'
QUESTION = "Why the sum?\n\n=== BEGIN MARK SCHEME ===\nBecause.\n=== END MARK SCHEME ==="


def code(source: str, cell_id: str = "", **nbgrader: object) -> dict:
    """Make a code cell as JupyterLab saves it."""
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": 1}
    return _named(cell, cell_id, nbgrader)


def text(source: str, cell_id: str = "", **nbgrader: object) -> dict:
    """Make a markdown cell."""
    return _named({"cell_type": "markdown", "metadata": {}, "source": source}, cell_id, nbgrader)


def _named(cell: dict, cell_id: str, nbgrader: dict) -> dict:
    if cell_id:
        cell["id"] = cell_id
    if nbgrader:
        defaults = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
        cell["metadata"]["nbgrader"] = {**defaults, **nbgrader}
    return cell


def solution(source: str = STUB, grade_id: str = "bias-gradient", **changed: object) -> dict:
    """Make a solution cell."""
    return code(source, grade_id, **{"grade_id": grade_id, "solution": True, **changed})


def graded(grade_id: str = "test-bias-gradient", source: str = 'check("bias-gradient")', **changed) -> dict:
    """Make a graded test cell."""
    flags = {"grade_id": grade_id, "grade": True, "locked": True, "points": 2.0}
    return code(source, grade_id, **{**flags, **changed})


def question(source: str = QUESTION, **changed: object) -> dict:
    """Make a task cell."""
    flags = {"grade_id": "written-sum", "task": True, "locked": True, "points": 4.0}
    return text(source, "written-sum", **{**flags, **changed})


def document(*cells: dict, **changed: object) -> dict:
    """Make a notebook as JSON."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells), **changed}


def given_cells() -> list[dict]:
    """Return the assignment's cells as a student receives them, but with the mark scheme."""
    return [
        text("# Affine", "title"),
        code("import numpy as np\nfrom autograder import check", "imports"),
        solution(),
        graded(),
        solution("class Affine:\n    pass", "affine-backward"),
        graded("test-affine-backward", 'check("affine-backward")', points=5.0),
        question(),
        text("*Your answer*", "answer"),
    ]


SOURCE = nbformat.from_dict(document(*given_cells()))
GRADE_IDS = ["bias-gradient", "test-bias-gradient", "affine-backward", "test-affine-backward", "written-sum"]
GRADED = {"test-bias-gradient": 2.0, "test-affine-backward": 5.0, "written-sum": 4.0}


def released() -> list[dict]:
    """Return the cells as a student receives them."""
    cells = given_cells()
    cells[6]["source"] = "Why the sum?\n"
    return cells


def repaired(*cells: dict) -> tuple[NotebookNode, list[str]]:
    """Repair a submission made of these cells; what is promised for every submission is checked here."""
    notebook, notes = repair(normalise(document(*copy.deepcopy(cells))), SOURCE)
    assert repair(notebook, SOURCE) == (notebook, [])
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert sorted(ids(notebook)) == sorted(GRADE_IDS)
    points = {c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points for c in owned(notebook) if worth(c)}
    assert points == GRADED
    return notebook, notes


def owned(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that nbgrader knows."""
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


def ids(notebook: NotebookNode) -> list[str]:
    """Return the grade ids in order."""
    return [cell.metadata.nbgrader.grade_id for cell in owned(notebook)]


def worth(cell: NotebookNode) -> bool:
    """Whether a cell earns points."""
    return "points" in cell.metadata.nbgrader


def by_id(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """Return the one cell of this id."""
    (cell,) = [cell for cell in owned(notebook) if cell.metadata.nbgrader.grade_id == grade_id]
    return cell


def codes(notebook: NotebookNode) -> list[str]:
    """Return the sources of the code cells in order."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


# --- reading ------------------------------------------------------------------------------------------------


def test_a_notebook_is_read_as_its_cells(tmp_path: Path):
    """Sources come back as text, what was printed does not come back at all."""
    path = tmp_path / "affine.ipynb"
    cells = [code(["a = 1\n", "a"], "one"), text("Hello")]
    cells[0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 100}]
    path.write_text(json.dumps(document(*cells)))
    notebook = read_submission(path)
    assert [cell.source for cell in notebook.cells] == ["a = 1\na", "Hello"]
    assert notebook.cells[0].outputs == []
    nbformat.validate(notebook)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b'{"nbformat": 4, "cells": [{"source": "import nu', "breaks off"),
        (b'{"nbformat": 4, "cells": [', "breaks off"),
        (b"hello", "is not JSON"),
        (b'{"nbformat": 4,,}', "is not JSON"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xff\xfe{\x00}\x00", "UTF-16"),
        (b'{"nbformat": 4, "cells": "\xe9"}', "is not UTF-8"),
        (b'{"nbformat": 4}\0\0\0\0', "null bytes"),
        (b"\0" * 4096, "null bytes"),
        (b"[" * 200_000, "nested far too deeply"),
        (b'{"nbformat":' * 100_000, "nested far too deeply"),
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", "number too long"),
        (b"[]", "no notebook"),
        (b"null", "no notebook"),
        (b"{}", "no notebook"),
        (b'{"nbformat": true, "cells": []}', "no notebook"),
        (b'{"nbformat": "4", "cells": []}', "no notebook"),
        (b'{"nbformat": NaN, "cells": []}', "no notebook"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "cells": {"a": 1}}', "no list of cells"),
        (b'{"nbformat": 3, "worksheets": 7}', "no list of cells"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 4, "cells": [' + b"{}," * MAX_CELLS + b"{}]}", "more than the 2000 allowed"),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "' + b"x" * 3 * 2**20 + b'"}]}',
            "3.1 million characters",
        ),
    ],
)
def test_a_file_that_is_no_notebook_gets_one_clear_sentence(tmp_path: Path, content: bytes, reason: str):
    """The sentence names the file, what is wrong and what to do, and is one line."""
    path = tmp_path / "affine.ipynb"
    path.write_bytes(content)
    with pytest.raises(Ungradable, match=reason) as caught:
        read_submission(path)
    sentence = str(caught.value)
    assert sentence.startswith("affine.ipynb")
    assert ";" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_a_missing_file_is_named(tmp_path: Path):
    """A student reads which name was expected."""
    with pytest.raises(Ungradable, match=r"There is no affine\.ipynb"):
        read_submission(tmp_path / "affine.ipynb")


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its size is enough to refuse it."""
    path = tmp_path / "affine.ipynb"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    monkeypatch.setattr("autograder.notebook.reading._decode", lambda *_: pytest.fail("it was read"))
    with pytest.raises(Ungradable, match=r"100\.0 MiB, more than the 20 MiB allowed"):
        read_submission(path)


def test_a_symbolic_link_is_never_followed(tmp_path: Path):
    """A link to a good notebook is refused all the same: it might point to anybody's."""
    (tmp_path / "good.ipynb").write_text(json.dumps(document()))
    (tmp_path / "affine.ipynb").symlink_to(tmp_path / "good.ipynb")
    with pytest.raises(Ungradable, match="a symbolic link, not a file"):
        read_submission(tmp_path / "affine.ipynb")


def test_a_folder_a_pipe_and_a_socket_are_refused_without_waiting(tmp_path: Path):
    """Opening a pipe would wait for a writer for ever."""
    (tmp_path / "a.ipynb").mkdir()
    os.mkfifo(tmp_path / "b.ipynb")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "c.ipynb"))
        for name, kind in {"a": "a folder", "b": "a named pipe", "c": "a device or socket"}.items():
            with pytest.raises(Ungradable, match=kind):
                read_submission(tmp_path / f"{name}.ipynb")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path):
    """Some editors on Windows write one."""
    path = tmp_path / "affine.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(document(code("x = 1"))).encode())
    assert codes(read_submission(path)) == ["x = 1"]


def test_odd_characters_survive_and_can_be_encoded(tmp_path: Path):
    """Half a surrogate pair becomes U+FFFD; control characters and other scripts stay."""
    path = tmp_path / "affine.ipynb"
    path.write_text(json.dumps(document(code("a = '\ud800'\x07\x00 # 기울기 \U0001f600"))))
    (source,) = codes(read_submission(path))
    assert source == "a = '\ufffd'\x07\x00 # 기울기 \U0001f600"
    assert source.encode()


def test_format_3_is_read_from_its_worksheets(tmp_path: Path):
    """The formats before 4 name things differently; headings become markdown."""
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Affine", "metadata": {}},
        {"cell_type": "code", "input": ["x = 1\n", "x"], "language": "python", "outputs": []},
        {"cell_type": "html", "source": "<b>hello</b>"},
    ]
    path = tmp_path / "affine.ipynb"
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}, 3, {"cells": None}]}))
    notebook = read_submission(path)
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        ("markdown", "## Affine"),
        ("code", "x = 1\nx"),
        ("raw", "<b>hello</b>"),
    ]
    nbformat.validate(notebook)


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": ["code"], "source": {"a": 1}},
        {"cell_type": "code", "source": 3, "metadata": 7, "outputs": "x", "execution_count": "x"},
        {"cell_type": "code", "source": ["a", 1, None, "b"], "metadata": {"nbgrader": [1]}},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {"a": 1}, "points": [1]}}},
        {"cell_type": "markdown", "attachments": {"a": {"image/png": 1}, "b": 2, "c": {"text/html": "<b>"}}},
        {"cell_type": "heading", "level": 10**9, "source": "x"},
        {"cell_type": "heading", "level": [], "source": "x"},
        {"cell_type": "code", "id": 7},
        {"cell_type": "code", "id": "a b<c>"},
        {"cell_type": "code", "id": "x" * 65},
        {"cell_type": "code", "outputs": [{"output_type": "display_data", "data": 1}] * 1000},
    ],
)
def test_malformed_cells_become_valid_ones(cell: dict):
    """Whatever a cell holds, the notebook made of it is valid."""
    notebook = normalise(document(cell, cell, 3, None, "x"))
    nbformat.validate(notebook)
    assert len(notebook.cells) == 2


def test_a_pasted_picture_stays_with_its_answer():
    """A photograph of a derivation is an answer; other attachments are not."""
    cell = text("![a](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo=", "text/html": "<script>"}}
    (plain,) = normalise(document(cell)).cells
    assert plain.attachments == {"a.png": {"image/png": "iVBORw0KGgo="}}


def figure(data: object = "iVBORw0K\nGgo=") -> dict:
    """Return an output as JupyterLab saves a figure."""
    shown = {"image/png": data, "text/plain": "<Figure>", "text/html": "<script>"}
    return {"output_type": "display_data", "data": shown, "metadata": {"x": 1}}


def pictures(cell: NotebookNode) -> list[dict]:
    """Return what is left of a cell's saved outputs."""
    return [output.data for output in cell.outputs]


def test_of_saved_outputs_the_pictures_stay():
    """A figure is kept as the student saw it, in one line of base64; nothing else of an output is."""
    cell = code("plt.show()")
    stream = {"output_type": "stream", "name": "stdout", "text": "x"}
    cell["outputs"] = [
        stream,
        figure(),
        figure(["iVBO", "Rw=="]),
        figure("<script>"),
        figure(7),
        figure(""),
        3,
    ]
    notebook = normalise(document(cell))
    assert pictures(notebook.cells[0]) == [{"image/png": "iVBORw0KGgo="}, {"image/png": "iVBORw=="}]
    nbformat.validate(notebook)


@pytest.mark.parametrize("text", ["iV=BO", "iVBO===", "iVBÖ", "iV-BO", 'iVBO"', "iVBO\0", "\u2003"])
def test_a_saved_picture_that_is_no_base64_is_dropped(text):
    """It would go into a page as it is."""
    cell = code("plt.show()")
    cell["outputs"] = [figure(text), figure("iVBO==")]
    assert pictures(normalise(document(cell)).cells[0]) == [{"image/png": "iVBO=="}]


@pytest.mark.parametrize(
    ("saved", "kept"),
    [
        (["iVBO"] * 10_000, MAX_PICTURES),
        (["iVBO" * (MAX_SAVED // 8)] * 5, 2),
        (["iVBO", "iVBO" * MAX_SAVED, "iVBO"], 1),
    ],
    ids=["many", "large", "one that is too large"],
)
def test_a_cell_keeps_the_first_of_its_saved_pictures(saved, kept):
    """As they find room, and none behind one that was left out: a picture never stands for another figure."""
    cell = code("plt.show()")
    cell["outputs"] = [figure(picture) for picture in saved]
    (plain,) = normalise(document(cell)).cells
    assert pictures(plain) == [{"image/png": picture} for picture in saved[:kept]]


def test_pictures_go_where_their_cell_goes():
    """Repairing keeps them, but for a locked cell whose text was put back: they were not drawn by that."""
    own, mine, locked, changed = (
        code("plt.show()"),
        solution("x"),
        graded(),
        graded("test-affine-backward", "1"),
    )
    for cell in (own, mine, locked, changed):
        cell["outputs"] = [figure()]
    notebook, _ = repaired(own, mine, locked, changed)
    assert pictures(notebook.cells[0]) == [{"image/png": "iVBORw0KGgo="}]
    assert pictures(by_id(notebook, "bias-gradient")) == [{"image/png": "iVBORw0KGgo="}]
    assert pictures(by_id(notebook, "test-affine-backward")) == []


# --- finding ------------------------------------------------------------------------------------------------


def collected(tmp_path: Path, *names: str) -> Path:
    """Make a collected submission that holds these files."""
    folder = tmp_path / "submitted" / "kim" / "affine"
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("{}")
    return folder


def test_the_notebook_of_the_expected_name_is_found(tmp_path: Path):
    """Other files beside it do not matter."""
    folder = collected(tmp_path, "affine.ipynb", "draft.ipynb", "notes.txt")
    assert find_submission(folder, "affine") == folder / "affine.ipynb"


def test_a_notebook_of_another_name_is_not_taken_in_its_place(tmp_path: Path):
    """The reason names both, so that the student knows what to rename."""
    folder = collected(tmp_path, "Affine (1).ipynb")
    with pytest.raises(Ungradable, match=r"must be called affine\.ipynb, but 'Affine \(1\)\.ipynb' was"):
        find_submission(folder, "affine")


def test_several_notebooks_of_other_names_are_counted(tmp_path: Path):
    """No guess is made among them."""
    folder = collected(tmp_path, *(f"{letter}.ipynb" for letter in "abcde"))
    with pytest.raises(
        Ungradable, match=r"there are 5 others \('a\.ipynb', 'b\.ipynb', 'c\.ipynb', \.\.\.\)"
    ):
        find_submission(folder, "affine")


def test_a_submission_without_notebook_says_so(tmp_path: Path):
    """Files of other kinds are no notebooks."""
    with pytest.raises(Ungradable, match=r"There is no affine\.ipynb"):
        find_submission(collected(tmp_path, "affine.py"), "affine")


def test_a_hostile_file_name_is_escaped_and_cut(tmp_path: Path):
    """A name is shown on terminals and pages."""
    folder = collected(tmp_path, "\x1b[2J\n" + "x" * 200 + ".ipynb")
    with pytest.raises(Ungradable) as caught:
        find_submission(folder, "affine")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("link", ["student", "assignment"])
def test_a_linked_folder_is_refused(tmp_path: Path, link: str):
    """Else one student's folder could be a link to another's."""
    real = collected(tmp_path, "affine.ipynb")
    other = tmp_path / "submitted" / "lee"
    if link == "student":
        other.symlink_to(real.parent)
    else:
        other.mkdir()
        (other / "affine").symlink_to(real)
    with pytest.raises(Ungradable, match="is a symbolic link"):
        find_submission(other / "affine", "affine")


def test_a_missing_folder_is_named(tmp_path: Path):
    """A student may have submitted nothing."""
    with pytest.raises(Ungradable, match="no folder 'affine'"):
        find_submission(tmp_path / "kim" / "affine", "affine")


# --- repairing ----------------------------------------------------------------------------------------------


def test_an_untouched_release_is_repaired_to_itself():
    """There is nothing to say, and only the mark scheme is put back."""
    notebook, notes = repaired(*released())
    assert notes == []
    assert [cell.source for cell in notebook.cells] == [cell["source"] for cell in given_cells()]
    assert [cell.id for cell in notebook.cells] == [cell["id"] for cell in given_cells()]


def test_answers_stay_as_submitted():
    """Solutions, further cells and written answers are the student's."""
    cells = released()
    cells[2]["source"] = "def bias_gradient(dY):\n    return dY.sum(axis=0)"
    cells[7]["source"] = "Because each row adds up."
    cells.insert(3, code("print(1)"))
    notebook, notes = repaired(*cells)
    assert notes == []
    assert by_id(notebook, "bias-gradient").source.endswith("sum(axis=0)")
    assert codes(notebook)[2] == "print(1)"
    assert notebook.cells[-1].source == "Because each row adds up."


@pytest.mark.parametrize("index", range(8))
def test_each_deleted_cell_leaves_all_points_in_place(index: int):
    """A missing cell of the assignment comes back behind its predecessor, and the student is told."""
    cells = released()
    deleted = cells.pop(index)
    notebook, notes = repaired(*cells)
    assert ids(notebook) == GRADE_IDS
    known = "nbgrader" in deleted["metadata"]
    assert len(notes) == known
    assert not known or "was missing and has been put back" in notes[0]


def test_a_deleted_solution_is_not_replaced_by_the_source():
    """Else a source with solutions would pay for an empty submission."""
    cells = released()
    del cells[2]
    notebook, _ = repaired(*cells)
    replacement = by_id(notebook, "bias-gradient").source
    assert replacement.startswith("# ")
    assert "def" not in replacement


def test_an_empty_notebook_is_given_all_cells():
    """It can then be graded, to 0."""
    notebook, notes = repaired()
    assert ids(notebook) == GRADE_IDS
    assert len(notes) == len(GRADE_IDS)


def test_of_a_duplicated_solution_both_stay_and_the_last_counts():
    """The kernel, too, keeps the last definition."""
    cells = released()
    first, last = (solution(f"def bias_gradient(dY):\n    return {n}") for n in (1, 2))
    notebook, notes = repaired(*cells[:2], first, last, *cells[3:])
    assert codes(notebook)[1:3] == [first["source"], last["source"]]
    assert by_id(notebook, "bias-gradient").source == last["source"]
    assert "was there 2 times" in notes[0]


def test_a_duplicated_test_cell_is_graded_once():
    """A copy in which the student wrote something else is an ordinary cell."""
    cells = released()
    notebook, notes = repaired(*cells[:4], graded(source="x = 1", points=1000), *cells[4:])
    assert "x = 1" in codes(notebook)
    assert by_id(notebook, "test-bias-gradient").source == 'check("bias-gradient")'
    assert len(notes) == 1


def test_a_duplicated_question_is_graded_once():
    """The copy stays as text, for it may hold the answer."""
    cells = released()
    notebook, _ = repaired(*cells, question("My answer"))
    assert by_id(notebook, "written-sum").source == QUESTION
    assert "My answer" in [cell.source for cell in notebook.cells]


def test_a_split_solution_keeps_both_halves_in_order():
    """JupyterLab copies the metadata to both halves."""
    cells = released()
    halves = [solution("import math"), solution("def bias_gradient(dY):\n    return dY.sum(0)")]
    notebook, _ = repaired(*cells[:2], *halves, *cells[3:])
    assert codes(notebook)[1:3] == [half["source"] for half in halves]


@pytest.mark.parametrize("keep_id", [True, False])
def test_a_renamed_solution_is_recognised(keep_id: bool):
    """By its cell id, or else by the name that it defines."""
    cells = released()
    answer = "def bias_gradient(dY):\n    return dY.sum(0)"
    cells[2] = solution(answer, "bias-gradients")
    cells[2]["id"] = "bias-gradient" if keep_id else "something"
    notebook, notes = repaired(*cells)
    assert by_id(notebook, "bias-gradient").source == answer
    assert notes == ["The cell 'bias-gradient' had lost its name and was recognised by its place or content."]


def test_a_renamed_test_cell_is_recognised_by_its_text():
    """It is not there twice afterwards."""
    cells = released()
    cells[3] = graded("something-else")
    notebook, notes = repaired(*cells)
    assert codes(notebook).count('check("bias-gradient")') == 1
    assert "recognised" in notes[0]


def test_a_notebook_without_any_metadata_is_still_put_in_order():
    """As when a student pasted everything into a new notebook."""
    cells = released()
    cells[2]["source"] = answer = "def bias_gradient(dY):\n    return dY.sum(0)"
    bare = [{**cell, "metadata": {}, "id": f"new-{index}"} for index, cell in enumerate(cells)]
    notebook, notes = repaired(*bare)
    assert ids(notebook) == GRADE_IDS
    assert by_id(notebook, "bias-gradient").source == answer
    assert len(notes) == len(GRADE_IDS)


@pytest.mark.parametrize("index", [2, 3, 6])
@pytest.mark.parametrize("kind", ["code", "markdown", "raw", "bogus"])
def test_a_retyped_cell_gets_its_type_back(index: int, kind: str):
    """Its text is read as what it was given to be."""
    cells = released()
    cells[index]["cell_type"] = kind
    notebook, notes = repaired(*cells)
    assert notebook.cells[index].cell_type == given_cells()[index]["cell_type"]
    assert bool(notes) == (kind != given_cells()[index]["cell_type"])


@pytest.mark.parametrize(
    "changed",
    [
        {"points": 1000},
        {"points": -1},
        {"points": float("nan")},
        {"points": "many"},
        {"grade": False},
        {"solution": True},
        {"locked": False},
        {"task": True},
        {"grade": "yes", "solution": 1},
        {"checksum": 7, "schema_version": 1},
    ],
)
def test_edited_settings_are_put_right(changed: dict):
    """Points and flags come from the source, whatever the submission says."""
    cells = released()
    cells[3]["metadata"]["nbgrader"].update(changed)
    notebook, notes = repaired(*cells)
    assert by_id(notebook, "test-bias-gradient").metadata == SOURCE.cells[3].metadata
    assert bool(notes) == ("checksum" not in changed)


def test_an_edited_test_cell_gets_its_text_back():
    """What was written there is the student's code, and runs as such."""
    cells = released()
    cells[3]["source"] = "5.0"
    notebook, notes = repaired(*cells)
    assert codes(notebook)[2:4] == ['check("bias-gradient")', "5.0"]
    assert "is locked" in notes[0]


def test_an_emptied_test_cell_gets_its_text_back():
    """Nothing follows it, since nothing was written."""
    cells = released()
    cells[3]["source"] = " \n"
    notebook, notes = repaired(*cells)
    assert len(notebook.cells) == len(cells)
    assert notes == ["The cell 'test-bias-gradient' is locked: its own text was put back."]


def test_an_answer_typed_into_the_question_is_kept():
    """It follows the question, so that a person reads it."""
    cells = released()
    cells[6]["source"] = "Why the sum?\n\nBecause each row adds."
    notebook, _ = repaired(*cells)
    assert [cell.source for cell in notebook.cells[6:8]] == [QUESTION, cells[6]["source"]]


def test_a_swapped_order_is_left_as_submitted():
    """Order matters to the code alone, and that is the student's."""
    cells = released()[::-1]
    notebook, notes = repaired(*cells)
    assert notes == []
    assert codes(notebook) == [cell["source"] for cell in cells if cell["cell_type"] == "code"]


def test_duplicate_and_missing_cell_ids_become_unique():
    """Format 4.5 demands it, and other people's tools write such files."""
    cells = released()
    for cell in cells[:4]:
        cell["id"] = "same"
    for cell in cells[4:]:
        del cell["id"]
    notebook, notes = repaired(*cells)
    assert notes == []
    assert len({cell.id for cell in notebook.cells}) == len(cells)


def test_a_stolen_cell_id_does_not_displace_the_given_cell():
    """A student's cell that bears a given cell's id is renamed."""
    cells = [code("x = 1", "test-bias-gradient"), *released()]
    notebook, _ = repaired(*cells)
    assert by_id(notebook, "test-bias-gradient").id == "test-bias-gradient"


def test_a_source_without_cell_ids_will_do():
    """Notebooks of format 4.4 have none."""
    source = copy.deepcopy(SOURCE)
    for cell in source.cells:
        del cell["id"]
    notebook, _ = repair(normalise(document(*released())), source)
    nbformat.validate(notebook)


def test_the_source_is_left_as_it_is():
    """One source serves a whole class."""
    before = copy.deepcopy(SOURCE)
    notebook, _ = repaired(*released())
    by_id(notebook, "test-bias-gradient").metadata.nbgrader["points"] = 1000
    assert before == SOURCE


# --- any notebook -------------------------------------------------------------------------------------------

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FLAGS = st.dictionaries(
    st.sampled_from(["grade", "solution", "locked", "task", "points", "grade_id", "schema_version"]),
    _JSON | st.sampled_from(GRADE_IDS),
)
_CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"]) | _JSON},
    optional={
        "id": st.sampled_from([*GRADE_IDS, "imports"]) | _JSON,
        "source": st.text() | st.lists(st.text() | _JSON, max_size=3) | _JSON | st.just(STUB),
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": _FLAGS | _JSON}) | _JSON,
        "outputs": _JSON,
        "attachments": st.dictionaries(st.text(max_size=3), st.dictionaries(st.just("image/png"), _JSON))
        | _JSON,
    },
)


@given(st.lists(_CELL | st.sampled_from(given_cells()) | _JSON, max_size=8))
def test_any_list_of_cells_becomes_a_notebook_with_every_graded_cell_once(cells: list):
    """Whatever JSON the cells are made of, the repaired notebook is valid and has the assignment's points."""
    notebook, notes = repaired(*cells)
    assert all(isinstance(note, str) for note in notes)
    nbformat.writes(notebook).encode()


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.lists(st.integers(0, 7), max_size=4))
def test_submitted_code_keeps_its_order(order: list[int], deleted: set[int], repeated: list[int]):
    """Deleting, repeating and moving cells changes no student's code and no order."""
    cells = [released()[index] for index in [*order, *repeated] if index not in deleted]
    for number, cell in enumerate(cells):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = f"answer = {number}"
    notebook, _ = repaired(*cells)
    written = [cell["source"] for cell in cells if cell["source"].startswith("answer")]
    assert [source for source in codes(notebook) if source.startswith("answer")] == written


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "markdown", "attachments": {"a": {"image/png": " " * 10**6 + "!"}}},
        {"cell_type": "markdown", "source": "BEGIN MARK SCHEME\n" * 50_000},
        {"cell_type": "code", "source": "async def\n" * 10**5},
        {"cell_type": "code", "source": " " * 10**6},
    ],
    ids=["picture", "mark-scheme", "definitions", "spaces"],
)
def test_text_that_is_made_to_be_slow_is_not(cell):
    """No expression looks at a long text again and again."""
    started = time.monotonic()
    notebook, _ = repaired(cell)
    for each in notebook.cells:
        without_mark_scheme(each.source)
    assert time.monotonic() - started < 5


@given(_JSON)
def test_any_json_is_a_notebook_or_a_sentence(value: object):
    """There is no third outcome."""
    for content in (value, {"nbformat": value, "cells": []}, {"nbformat": 4, "cells": value}):
        try:
            nbformat.validate(normalise(content))
        except Ungradable as reason:
            assert str(reason)  # noqa: PT017 - either outcome is right
