"""The submitted cells in a notebook that has the assignment's structure.

What the student wrote is theirs: every code cell stays, in the order in which it was submitted. What the
assignment gave is the assignment's: locked cells, points, flags, types and ids come from the source and from
nowhere else, so nothing that was edited, deleted, copied or renamed changes what a cell is worth.
"""

from __future__ import annotations

import copy
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.notebook.figures import FIGURE, is_figure
from autograder.notebook.reading import unused_id

if TYPE_CHECKING:
    from nbformat import NotebookNode
else:
    from autograder.notebook.nodes import NotebookNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEFINITION = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_BEGIN, _END = "BEGIN MARK SCHEME", "END MARK SCHEME"
_FLAGS = ("grade", "locked", "points", "solution", "task")


def repair(submitted: NotebookNode, source: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Return the submission with the structure of the assignment, and what was put right.

    Parameters
    ----------
    submitted : NotebookNode
        What `read_submission` or `normalise` returned; it is left as it was.
    source : NotebookNode
        The assignment's notebook as the gradebook keeps it (`autograder.gradebook.template`): stubs in
        solution cells, mark schemes in task cells, checksums.

    Returns
    -------
    notebook : NotebookNode
        Every cell of `source` that has a ``grade_id`` is in it exactly once.
    notes : list of str
        Sentences for the student; they quote nothing that a student typed.

    Notes
    -----
    Repairing a repaired notebook changes nothing. A missing solution cell is replaced by a comment, never by
    the source's content, so the worst that a wrong `source` can do is to pay nothing.
    """
    cells = submitted.cells
    work = _Repair(
        given=[cell for cell in source.cells if _grade_id(cell)],
        figures={cell.source for cell in source.cells if is_figure(cell)},
    )
    found = work.match(cells)
    work.place(cells, found)
    work.insert_missing(found)
    metadata = copy.deepcopy(source.metadata)
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=work.cells), work.notes


@dataclass
class _Repair:
    given: list[NotebookNode]
    """The cells that are the assignment's, in its order."""
    figures: set[str]
    """The sources of its figure cells."""
    cells: list[NotebookNode] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def match(self, cells: list[NotebookNode]) -> dict[int, NotebookNode]:
        """Return which submitted cell is which given one: by grade id, else by cell id, text or definition.

        Of several with one grade id the last counts, as in nbgrader and as in the kernel, where the last
        definition of a name holds; of locked ones the last that still has its text.
        """
        found: dict[int, NotebookNode] = {}
        known = {_grade_id(cell) for cell in self.given}
        grade_ids = [_grade_id(cell) for cell in cells]
        for given in self.given:
            wanted = _grade_id(given)
            copies = [index for index, grade_id in enumerate(grade_ids) if grade_id == wanted]
            if copies:
                intact = [index for index in copies if len(copies) > 1 and _same_text(cells[index], given)]
                found[(intact or copies)[-1]] = given
            if len(copies) > 1:
                self.notes.append(
                    f"The cell {wanted!r} was there {len(copies)} times; "
                    "one of them counts as such, and the others were run like any other cell."
                )
        strays = [index for index, grade_id in enumerate(grade_ids) if grade_id not in known]
        for alike in (_same_cell_id, _same_text, _same_definition):
            self._match_strays(cells, strays, found, alike)
        return found

    def _match_strays(
        self,
        cells: list[NotebookNode],
        strays: list[int],
        found: dict[int, NotebookNode],
        alike: Callable[[NotebookNode, NotebookNode], bool],
    ) -> None:
        placed = {_grade_id(given) for given in found.values()}
        for given in self.given:
            if _grade_id(given) in placed:
                continue
            free = [index for index in strays if index not in found and alike(cells[index], given)]
            if free:
                found[free[-1]] = given

    def place(self, cells: list[NotebookNode], found: dict[int, NotebookNode]) -> None:
        """Fill the result with the submitted cells, in their order."""
        taken = {given.get("id", "") for given in self.given}
        for index, cell in enumerate(cells):
            if index in found:
                self.cells.append(_restored(cell, found[index], taken))
                self.notes.extend(_changes(cell, found[index]))
                self.cells.extend(_written_into(cell, found[index], taken))
            else:
                own = _own(cell, unused_id(cell.id, taken))
                if own.cell_type == "code" and own.source in self.figures:
                    own.metadata.tags = [FIGURE]
                self.cells.append(own)

    def insert_missing(self, found: dict[int, NotebookNode]) -> None:
        """Put each missing given cell behind the one that precedes it in the source."""
        present = {_grade_id(given) for given in found.values()}
        taken = {cell.id for cell in self.cells}
        position = 0
        for given in self.given:
            grade_id = _grade_id(given)
            if grade_id not in present:
                self.cells.insert(position, _replacement(given, taken))
                self.notes.append(f"The cell {grade_id!r} was missing and has been put back.")
            position = 1 + next(
                place
                for place in itertools.chain(range(position, len(self.cells)), range(position))
                if _grade_id(self.cells[place]) == grade_id
            )


def _grade_id(cell: NotebookNode) -> str:
    nbgrader = cell.metadata.get("nbgrader") or {}
    grade_id = nbgrader.get("grade_id")
    return grade_id if isinstance(grade_id, str) else ""


def _is_locked(given: NotebookNode) -> bool:
    """Whether the source's text holds, by nbgrader's own rule: solution cells never, graded cells always."""
    flags = given.metadata.nbgrader
    return not flags.get("solution") and bool(flags.get("grade") or flags.get("locked") or flags.get("task"))


def _same_cell_id(cell: NotebookNode, given: NotebookNode) -> bool:
    return bool(cell.id == given.get("id"))


def _same_text(cell: NotebookNode, given: NotebookNode) -> bool:
    return _is_locked(given) and bool(cell.source.strip()) and not _text_differs(cell, given)


def _same_definition(cell: NotebookNode, given: NotebookNode) -> bool:
    if _is_locked(given) or cell.cell_type != "code":
        return False
    return not set(_DEFINITION.findall(cell.source)).isdisjoint(_DEFINITION.findall(given.source))


def _text_differs(cell: NotebookNode, given: NotebookNode) -> bool:
    """Whether a locked cell holds other text than was given; a mark scheme is in it once it was repaired."""
    return cell.source.split() not in (given.source.split(), without_mark_scheme(given.source).split())


def without_mark_scheme(text: str) -> str:
    """Return a question as students see it; in one pass, since a student may have written the text."""
    kept, at = [], 0
    while (begin := text.find(_BEGIN, at)) >= 0 and (end := text.find(_END, begin)) >= 0:
        kept.append(text[at : max(at, text.rfind("\n", at, begin) + 1)])
        at = text.find("\n", end) + 1 or len(text)
    return "".join([*kept, text[at:]])


def _restored(cell: NotebookNode, given: NotebookNode, taken: set[str]) -> NotebookNode:
    """Return the given cell, with the student's text where a student was to write."""
    is_same = not _is_locked(given) or not _text_differs(cell, given)
    text = given.source if _is_locked(given) else cell.source
    restored = _like(given, text, taken, pictures=cell.get("outputs") if is_same else None)
    attachments = given.get("attachments") if _is_locked(given) else cell.get("attachments")
    if attachments and restored.cell_type != "code":
        restored.attachments = copy.deepcopy(attachments)
    return restored


def _replacement(given: NotebookNode, taken: set[str]) -> NotebookNode:
    if _is_locked(given):
        return _restored(given, given, taken)
    mark = "# " if given.cell_type == "code" else ""
    return _like(given, f"{mark}The cell {_grade_id(given)!r} was missing from this submission.", taken)


def _like(
    given: NotebookNode, text: str, taken: set[str], pictures: list[NotebookNode] | None = None
) -> NotebookNode:
    cell_id = given.get("id") or unused_id(f"given-{_grade_id(given)}"[:50], taken)
    cell = NotebookNode(
        id=cell_id, cell_type=given.cell_type, metadata=copy.deepcopy(given.metadata), source=text
    )
    return _with_outputs(cell, pictures)


def _own(cell: NotebookNode, cell_id: str) -> NotebookNode:
    """Return a cell that is the student's alone: no metadata at all, so it is worth nothing by itself."""
    own = NotebookNode(id=cell_id, cell_type=cell.cell_type, metadata=NotebookNode(), source=cell.source)
    if attachments := cell.get("attachments"):
        own.attachments = attachments
    return _with_outputs(own, cell.get("outputs"))


def _with_outputs(cell: NotebookNode, pictures: list[NotebookNode] | None) -> NotebookNode:
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = list(pictures or ()), None
    return cell


def _written_into(cell: NotebookNode, given: NotebookNode, taken: set[str]) -> Iterator[NotebookNode]:
    """Keep what a student wrote into a locked cell: code still runs, an answer is still read by a person."""
    if _is_locked(given) and cell.source.strip() and _text_differs(cell, given):
        yield _own(cell, unused_id(f"written-in-{_grade_id(given)}"[:50], taken))


def _changes(cell: NotebookNode, given: NotebookNode) -> Iterator[str]:
    """Say what of a given cell was not as it was given."""
    grade_id, flags = _grade_id(given), cell.metadata.get("nbgrader") or {}
    if cell.cell_type != given.cell_type:
        yield f"The cell {grade_id!r} had become a {cell.cell_type} cell and was read as {given.cell_type}."
    if _grade_id(cell) != grade_id:
        yield f"The cell {grade_id!r} had lost its name and was recognised by its place or content."
    elif any(flags.get(key) != given.metadata.nbgrader.get(key) for key in _FLAGS):
        yield f"The points or settings of the cell {grade_id!r} had been changed; the assignment's own hold."
    if _is_locked(given) and _text_differs(cell, given):
        kept = ", and what you wrote there follows it" if cell.source.strip() else ""
        yield f"The cell {grade_id!r} is locked: its own text was put back{kept}."
