"""From a path to a plain notebook of format 4, or to the one sentence that tells a student why not.

Nothing here trusts the file: it is opened without following links or waiting for a writer, measured before
it is read, and taken apart into the few fields that grading needs (types, sources, nbgrader's flags,
pictures). Of saved outputs the PNG pictures are kept and all else is dropped: grading runs the code itself,
but a figure costs more to draw than an exercise to test.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import stat
import string
from typing import TYPE_CHECKING, Any

from autograder.errors import Ungradable

if TYPE_CHECKING:
    from nbformat import NotebookNode
else:
    from autograder.notebook.nodes import NotebookNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_NOTEBOOK_BYTES = 20 * 2**20
"""A notebook with its figures has a few MB."""

MAX_CHARACTERS = 2**20
"""Of all cells together: a hundred times what an assignment has. Each is read a dozen times on the way."""
MAX_PICTURES = 50
"""Of one cell: pasted into it, or saved with it."""
MAX_SAVED = 2**20
"""Characters of the pictures that were saved with one cell: four times what a cell may display by default
(`Limits.output_kib`), since some screens double both sides of a figure."""
MAX_CELLS = 2000
"""An assignment has some dozens; the cap bounds the work that one submission can cause."""

_FORMAT = 4
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # nbformat's schema, format 4.5
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PICTURE = re.compile(r"image/(png|jpeg|gif|webp)")
_BASE64 = f"{string.ascii_letters}{string.digits}+/{string.whitespace}".encode("ascii")
_MAX_PADDING = 2
_SHOWN_NAME = 60


def find_submission(folder: Path, assignment: str) -> Path:
    """Return where a collected submission has its notebook. The file itself may still be unreadable.

    Parameters
    ----------
    folder : Path
        ``submitted/<student>/<assignment>``.
    assignment : str
        The notebook must be called ``<assignment>.ipynb``.

    Raises
    ------
    Ungradable
        For the student: a folder is a link, or no file has the expected name. A file of another name is never
        taken in its place, because which one was meant is not ours to guess.
    """
    for each in (folder.parent, folder):
        if each.is_symlink():
            raise Ungradable(f"The folder {each.name!r} is a symbolic link; submit the files themselves.")
    if not folder.is_dir():
        raise Ungradable(
            f"There is no folder {folder.name!r} in this submission; submit the assignment again."
        )
    path = folder / f"{assignment}.ipynb"
    if not os.path.lexists(path):
        raise Ungradable(_instead_of(path, sorted(_notebooks(folder))))
    return path


def _notebooks(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.lower().endswith(".ipynb"):
                yield shown(entry.name)


def _instead_of(path: Path, found: list[str]) -> str:
    if not found:
        return f"There is no {path.name} in this submission; submit the notebook under this name."
    if len(found) == 1:
        return f"The notebook must be called {path.name}, but {found[0]} was submitted; rename it."
    names = ", ".join(found[:3]) + (", ..." if len(found) > 3 else "")  # noqa: PLR2004 - enough to recognise them
    return (
        f"The notebook must be called {path.name}, but there are {len(found)} others ({names}); submit one."
    )


def shown(name: str) -> str:
    """Return a name that a student chose, quoted, escaped and cut, fit for a sentence."""
    return repr(name if len(name) <= _SHOWN_NAME else name[: _SHOWN_NAME - 3] + "...")


def read_submission(path: Path) -> NotebookNode:
    """Read one submitted notebook.

    Returns
    -------
    NotebookNode
        Format 4.5: ids are valid and unique, sources are text that can be encoded, outputs are PNG pictures.

    Raises
    ------
    Ungradable
        For the student: the file is missing, no regular file, too large, damaged, or no notebook.
    """
    return _parsed(read_regular_file(path, MAX_NOTEBOOK_BYTES), path.name)


def read_collected(folder: Path, assignment: str) -> bytes:
    """Return the content of the notebook in a collected submission, of whatever kind it is.

    Raises
    ------
    Ungradable
        For the student: what `find_submission` and `read_regular_file` raise.
    """
    return read_regular_file(find_submission(folder, assignment), MAX_NOTEBOOK_BYTES)


def parse_submission(content: bytes, assignment: str) -> NotebookNode:
    """Return the notebook that a file's content is; raises what `read_submission` does."""
    return _parsed(content, f"{assignment}.ipynb")


def _parsed(content: bytes, name: str) -> NotebookNode:
    return normalise(_parse(_decode(content, name), name), name)


def read_regular_file(path: Path, limit_bytes: int) -> bytes:
    """Return a file's content without following a link, waiting for a FIFO or reading more than allowed.

    Raises
    ------
    Ungradable
        It is missing, is something other than a regular file, cannot be read, or is too large.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        _refuse_unless_regular(path.name, path.lstat())
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, so that the flags hold
            _refuse_unless_regular(path.name, os.fstat(file.fileno()))
            _refuse_if_larger(path.name, os.fstat(file.fileno()).st_size, limit_bytes)
            data = file.read(limit_bytes + 1)
    except FileNotFoundError:
        raise Ungradable(f"There is no {path.name}; submit the notebook under this name.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Ungradable(f"{path.name} cannot be read ({why}); submit it again.") from None
    _refuse_if_larger(path.name, len(data), limit_bytes)
    return data


def _refuse_unless_regular(name: str, status: os.stat_result) -> None:
    kinds = {stat.S_IFLNK: "a symbolic link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe"}
    if not stat.S_ISREG(status.st_mode):
        kind = kinds.get(stat.S_IFMT(status.st_mode), "a device or socket")
        raise Ungradable(f"{name} is {kind}, not a file; submit the notebook itself.")


def _refuse_if_larger(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise Ungradable(
            f"{name} has {size / 2**20:.1f} MiB, more than the {limit / 2**20:g} MiB allowed; "
            "clear its outputs, save it and submit again."
        )


def _decode(data: bytes, name: str) -> str:
    if not data.strip():
        raise Ungradable(f"{name} is empty; save your notebook and submit again.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Ungradable(f"{name} is UTF-16 text, not UTF-8; save it with JupyterLab and submit that file.")
    if b"\0" in data:
        raise Ungradable(
            f"{name} contains null bytes, as after a broken copy or synchronisation; submit an intact file."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise Ungradable(
            f"{name} is not UTF-8 text (byte 0x{byte:02x} at position {error.start}); "
            "save it with JupyterLab and submit that file."
        ) from None


def _parse(text: str, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Ungradable(_not_json(text, name, error)) from None
    except (RecursionError, MemoryError):
        raise Ungradable(
            f"{name} is nested far too deeply for a notebook; submit the file JupyterLab saves."
        ) from None
    except ValueError:  # an integer of thousands of digits
        raise Ungradable(
            f"{name} holds a number too long to read; submit the file JupyterLab saves."
        ) from None


def _not_json(text: str, name: str, error: json.JSONDecodeError) -> str:
    breaks_off = error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())
    if breaks_off and text.lstrip().startswith("{"):
        return (
            f"{name} breaks off in line {error.lineno}, as after an incomplete upload; submit the whole file."
        )
    if text.lstrip().startswith("<"):
        return f"{name} is a web page, not a notebook; download the .ipynb file itself and submit that."
    return (
        f"{name} is no notebook: it is not JSON (line {error.lineno}, column {error.colno}); "
        "submit the file JupyterLab saves."
    )


def normalise(document: object, name: str = "This file") -> NotebookNode:
    """Return a JSON document as a plain notebook of format 4.5; unknown and malformed parts are left out.

    Raises
    ------
    Ungradable
        For the student: it is no notebook at all, is of a format after 4, or is too large.
    """
    cells = list(_cells(document, name))
    if len(cells) > MAX_CELLS:
        raise Ungradable(
            f"{name} has {len(cells)} cells, more than the {MAX_CELLS} allowed; delete what you added."
        )
    taken: set[str] = set()
    plain = [_plain_cell(cell, index, taken) for index, cell in enumerate(cells)]
    if (size := sum(len(cell.source) for cell in plain)) > MAX_CHARACTERS:
        raise Ungradable(
            f"{name} holds {size / 1e6:.1f} million characters of text and code, and 1 million is allowed; "
            "delete what you added."
        )
    return NotebookNode(nbformat=_FORMAT, nbformat_minor=5, metadata=NotebookNode(), cells=plain)


def _cells(document: object, name: str) -> Iterator[dict[str, Any]]:
    """Yield the cells that are objects; formats before 4 keep them in worksheets."""
    version = document.get("nbformat") if isinstance(document, dict) else None
    if (
        not isinstance(document, dict)
        or isinstance(version, bool)
        or not isinstance(version, int)
        or version < 1
    ):
        raise Ungradable(f"{name} is JSON but no notebook; submit the file JupyterLab saves.")
    if version > _FORMAT:
        raise Ungradable(f"{name} is of notebook format {version}, and format 4 is needed; save it as such.")
    lists = [document.get("cells")]
    if version < _FORMAT and isinstance(sheets := document.get("worksheets"), list):
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    if not any(isinstance(cells, list) for cells in lists):
        raise Ungradable(
            f"{name} has no list of cells, so it is no notebook; submit the file JupyterLab saves."
        )
    for cells in lists:
        yield from (cell for cell in cells or () if isinstance(cell, dict)) if isinstance(cells, list) else ()


def _plain_cell(cell: dict[str, Any], index: int, taken: set[str]) -> NotebookNode:
    kind = cell.get("cell_type")
    source = clean_text(_joined(cell.get("source", cell.get("input"))))
    if kind == "heading":  # format 3
        level = cell.get("level")
        marks = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)  # noqa: PLR2004 - as in HTML
        kind, source = "markdown", f"{marks} {source}"
    if kind not in ("code", "markdown"):
        kind = "raw"
    plain = NotebookNode(
        id=_cell_id(cell, index, taken), cell_type=kind, metadata=_flags(cell), source=source
    )
    if kind == "code":
        plain.outputs, plain.execution_count = list(_saved_pictures(cell)), None
    elif attachments := _attachments(cell):
        plain.attachments = attachments
    return plain


def _saved_pictures(cell: dict[str, Any]) -> Iterator[NotebookNode]:
    """Yield the first PNG pictures among a cell's saved outputs, as they find room; others are drawn anew."""
    room = MAX_SAVED
    for picture in itertools.islice(_saved_pngs(cell), MAX_PICTURES):
        room -= len(picture)
        if room < 0:
            return
        shown = NotebookNode({"image/png": picture})
        yield NotebookNode(output_type="display_data", data=shown, metadata=NotebookNode())


def _saved_pngs(cell: dict[str, Any]) -> Iterator[str]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        picture = "".join(_joined(data.get("image/png")).split()) if isinstance(data, dict) else ""
        if picture and _is_base64(picture):
            yield picture


def _joined(source: object) -> str:
    """Return a multiline string of nbformat: one text, or a list of lines."""
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _is_base64(text: str) -> bool:
    """Whether a text is base64, padded at its end at most; a pattern would take ten times as long."""
    padded = text.rstrip()
    body = padded.rstrip("=")
    is_padding = len(padded) - len(body) <= _MAX_PADDING
    return is_padding and body.isascii() and not body.encode("ascii").translate(None, _BASE64)


def clean_text(text: str) -> str:
    """Return a text that can be encoded: half a surrogate pair becomes U+FFFD."""
    if text.isascii():  # nearly every text, and all pictures
        return text
    return _LONE_SURROGATE.sub("\ufffd", text)


def _cell_id(cell: dict[str, Any], index: int, taken: set[str]) -> str:
    wanted = cell.get("id")
    valid = isinstance(wanted, str) and _CELL_ID.fullmatch(wanted)
    return unused_id(wanted if valid and isinstance(wanted, str) else f"submitted-{index}", taken)


def unused_id(wanted: str, taken: set[str]) -> str:
    """Return the id, or the first free one made from it; it is then taken."""
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted[:50]}-{number}"
    taken.add(candidate)
    return candidate


def _flags(cell: dict[str, Any]) -> NotebookNode:
    """Return nbgrader's metadata of a cell as submitted, plain values only; all other metadata is dropped."""
    metadata = cell.get("metadata")
    submitted = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(submitted, dict):
        return NotebookNode()
    known = ("grade", "grade_id", "locked", "points", "solution", "task")
    plain = {key: submitted[key] for key in known if isinstance(submitted.get(key), bool | int | float | str)}
    return NotebookNode(nbgrader=NotebookNode(plain))


def _attachments(cell: dict[str, Any]) -> NotebookNode:
    """Return the pictures that were pasted into a text cell; anything else is dropped."""
    submitted = cell.get("attachments")
    kept = NotebookNode()
    named = submitted.items() if isinstance(submitted, dict) else ()
    for name, bundle in itertools.islice(named, MAX_PICTURES):
        if isinstance(bundle, dict) and (pictures := dict(_pictures(bundle.items()))):
            kept[clean_text(name)] = NotebookNode(pictures)
    return kept


def _pictures(bundle: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for mime, content in bundle:
        with contextlib.suppress(TypeError):
            data = _joined(content)
            if _PICTURE.fullmatch(mime) and data and _is_base64(data):
                yield mime, data
