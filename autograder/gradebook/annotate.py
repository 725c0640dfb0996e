"""A graded notebook as nbgrader reads it: each cell with its output, each test cell with its score.

nbgrader takes a test cell's score from its outputs and pays in full where it finds none, so every test cell
gets exactly one result, first, whatever happened. What the student's code displayed is data of an untrusted
process: text and PNG pictures pass, all else is dropped.
"""

from __future__ import annotations

import base64
import binascii
import math
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder.notebook.reading import clean_text
from autograder.report import exercise_html, exercise_text, notice_html
from autograder.words import ENGLISH
from autograder.worker.wire import NOT_DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from autograder.grading import Graded
    from autograder.result import ExerciseResult
    from autograder.words import Catalogue

TEST_PREFIX = "test-"
"""The graded cell of an exercise is called ``test-<exercise>``."""

_IS_NOTICE = NotebookNode(tags=["autograder-notice"])
"""Metadata of the cell that says what happened; repair takes all metadata from what a student submits."""

_MIME = "image/png"
_PNG = b"\x89PNG\r\n\x1a\n"


def annotate(notebook: NotebookNode, graded: Graded, words: Catalogue = ENGLISH) -> NotebookNode:
    """Put the results of grading into a repaired notebook, and return it.

    Parameters
    ----------
    notebook : NotebookNode
        What `autograder.notebook.repair` returned; changed in place.
    graded : Graded
        What was found. A submission that is ungradable gets no points and the reason at its head.
    words : Catalogue
        In which language the results speak.
    """
    reason = (
        (graded.result.reason or "The reason is unknown.") if graded.result.status == "ungradable" else None
    )
    scored = {} if reason else {exercise.id: exercise for exercise in graded.result.exercises}
    _fill_in(notebook, graded.outputs, scored, words)
    if reason or graded.notes:
        _put_notice(notebook, notice_html(reason, graded.notes, words))
    return notebook


def _fill_in(
    notebook: NotebookNode,
    outputs: Sequence[Iterable[Mapping[str, Any]]],
    exercises: Mapping[str, ExerciseResult],
    words: Catalogue,
) -> None:
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for index, cell in enumerate(code_cells):
        if is_scored_cell(cell):
            exercise = exercises.get(cell.metadata.nbgrader.grade_id.removeprefix(TEST_PREFIX))
            cell.outputs = score_outputs(exercise, float(cell.metadata.nbgrader.points), words)
        else:
            shown = _with_pictures(outputs[index] if index < len(outputs) else (), cell.outputs, words)
            cell.outputs = list(safe_outputs(shown))


def _with_pictures(
    outputs: Iterable[Mapping[str, Any]], saved: Iterable[NotebookNode], words: Catalogue
) -> Iterator[Mapping[str, Any]]:
    """Put the pictures that were saved with a cell where its figures were not drawn, or say that none was."""
    waiting = (picture.data[_MIME] for picture in saved)
    for output in outputs:
        data = output.get("data", {})
        if data.get(_MIME) == NOT_DRAWN:
            picture = next(waiting, None)
            rest = {mime: text for mime, text in data.items() if mime != _MIME}
            missing = {"text/plain": words.say("(Saved without its figure; grading does not draw it.)")}
            data = {**rest, _MIME: picture} if picture else rest or missing
            yield {**output, "data": data}
        else:
            yield output


def is_scored_cell(cell: NotebookNode) -> bool:
    """Whether nbgrader reads a score from the outputs of a cell."""
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


def score_outputs(
    exercise: ExerciseResult | None, max_points: float, words: Catalogue = ENGLISH
) -> list[NotebookNode]:
    """Return the outputs of a test cell: the score, then what a reader wants to know.

    Without a result the score is 0: a test that was not carried out earns nothing.
    """
    score = clamped(exercise.score if exercise else 0.0, max_points)
    outputs = [_output("execute_result", {"text/plain": repr(score)}, execution_count=None)]
    if exercise:
        shown = {"text/html": exercise_html(exercise, words), "text/plain": exercise_text(exercise, words)}
        outputs.append(_output("display_data", shown))
    return outputs


def clamped(score: float, max_points: float) -> float:
    """Return a score that nbgrader accepts: between 0 and the cell's points, 0 if it is no number."""
    return 0.0 if math.isnan(score) else max(0.0, min(float(score), max_points))


def _output(kind: str, data: dict[str, str], **more: object) -> NotebookNode:
    return NotebookNode(output_type=kind, data=NotebookNode(data), metadata=NotebookNode(), **more)


def safe_outputs(outputs: Iterable[Mapping[str, Any]]) -> Iterator[NotebookNode]:
    """Yield those outputs, or parts of them, that are plain text, a PNG picture or an error; never raise."""
    for output in outputs:
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield NotebookNode(output_type="stream", name=name, text=_text(output.get("text")))
        elif kind == "error":
            lines = output.get("traceback")
            yield NotebookNode(
                output_type="error",
                ename=_text(output.get("ename")),
                evalue=_text(output.get("evalue")),
                traceback=[_text(line) for line in lines] if isinstance(lines, list | tuple) else [],
            )
        elif kind in ("execute_result", "display_data") and (data := _safe_data(output.get("data"))):
            yield _output(kind, data, **({"execution_count": None} if kind == "execute_result" else {}))


def _text(value: object) -> str:
    """Return one of nbformat's multiline strings as one text that can be encoded."""
    if isinstance(value, list | tuple):
        value = "".join(line for line in value if isinstance(line, str))
    return clean_text(value) if isinstance(value, str) else ""


def _safe_data(data: object) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    safe = {"text/plain": _text(data.get("text/plain")), "image/png": _picture(data.get("image/png"))}
    return {mime: content for mime, content in safe.items() if content}


def _picture(value: object) -> str:
    """Return the base64 text of a PNG picture, or nothing."""
    try:
        content = base64.b64decode("".join(_text(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return base64.b64encode(content).decode("ascii") if content.startswith(_PNG) else ""


def _put_notice(notebook: NotebookNode, html: str) -> None:
    """Say at the head of the notebook what happened, for whoever opens it in the formgrader."""
    taken = {cell.id for cell in notebook.cells}
    cell_id = next(name for name in map("autograder-{}".format, range(len(taken) + 1)) if name not in taken)
    notice = NotebookNode(id=cell_id, cell_type="markdown", metadata=_IS_NOTICE.copy(), source=html)
    notebook.cells.insert(0, notice)


def is_notice(cell: NotebookNode) -> bool:
    """Whether a cell of an annotated notebook was put at its head by `annotate`."""
    return bool(cell.metadata == _IS_NOTICE)
