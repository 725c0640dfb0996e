"""Makes the sample class from the release and from ``class.toml``, which says what each student changed.

Run it after `autograder build`: ``python examples/make_class.py``. The text around the exercises is left out of
the notebooks to keep them short, as students may delete it.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import textwrap
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SUBMITTED = ROOT / "examples" / "submitted"

STUB = re.compile(r"^( *)raise NotImplementedError\(.*\)$", re.MULTILINE)


def files() -> dict[Path, str]:
    """Return every file of the sample class: its path below examples/submitted, and its content."""
    made: dict[Path, str] = {}
    document = tomllib.loads((ROOT / "examples" / "class.toml").read_text(encoding="utf-8"))
    usual = document.pop("usual")
    for assignment, students in document.items():
        path = ROOT / "release" / assignment / f"{assignment}.ipynb"
        release = json.loads(path.read_text(encoding="utf-8"))
        for student, wishes in students.items():
            folder = Path(student, assignment)
            content = wishes.get("content") or as_text(notebook(release, usual[assignment], wishes))
            made[folder / wishes.get("file_name", f"{assignment}.ipynb")] = content.lstrip()
            if "timestamp" in wishes:
                made[folder / "timestamp.txt"] = wishes["timestamp"] + "\n"
    return made


def notebook(release: dict[str, Any], usual: dict[str, Any], wishes: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook of one student."""
    made = copy.deepcopy(release)
    made["cells"] = [cell for cell in made["cells"] if grade_id(cell) not in wishes.get("deleted", [])]
    if not wishes.get("untouched"):
        for exercise, answer in {**usual, **wishes}.items():
            if exercise in usual:
                change(cell_of(made, exercise), answer)
    for exercise, answer in wishes.get("earlier", {}).items():
        original = cell_of(release, exercise)
        attempt = {**copy.deepcopy(original), "id": f"{exercise}-copy"}
        change(attempt, answer)
        made["cells"].insert(made["cells"].index(cell_of(made, exercise)), attempt)
    for question, text in wishes.get("written", {}).items():
        (cell,) = [cell for cell in made["cells"] if cell["id"] == f"answer_{question}"]
        cell["source"] = text.strip()
    if "setup" in wishes:
        cell = next(cell for cell in made["cells"] if cell["cell_type"] == "code")
        cell["source"] = f"{wishes['setup']}\n{source(cell)}"
    made["cells"] = [cell for cell in made["cells"] if is_kept(cell)]
    return made


def change(cell: dict[str, Any], answer: str | dict[str, str]) -> None:
    """Put an answer into a solution cell."""
    text = source(cell)
    if isinstance(answer, dict):
        for old, new in answer.items():
            assert old in text, f"{old!r} does not stand in the cell {grade_id(cell)!r}"
            text = text.replace(old, new)
    elif re.match(r"\s*(def|class) ", answer):
        text = answer.strip()
    else:
        stub = STUB.search(text)
        assert stub, f"the cell {grade_id(cell)!r} has no stub"
        text = text[: stub.start()] + textwrap.indent(answer.strip(), stub[1]) + text[stub.end() :]
    cell["source"] = text


def is_kept(cell: dict[str, Any]) -> bool:
    """Whether a cell is code, a question or an answer."""
    return cell["cell_type"] == "code" or bool(grade_id(cell)) or cell["id"].startswith("answer_")


def cell_of(made: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Return the cell of an exercise."""
    (cell,) = [cell for cell in made["cells"] if grade_id(cell) == wanted]
    return cell


def grade_id(cell: dict[str, Any]) -> str:
    """Return nbgrader's name of a cell, empty if it has none."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def source(cell: dict[str, Any]) -> str:
    """Return a cell's text."""
    return "".join(cell["source"])


def as_text(made: dict[str, Any]) -> str:
    """Return a notebook as JupyterLab saves it."""
    for cell in made["cells"]:
        cell["source"] = source(cell).splitlines(keepends=True)
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write examples/submitted anew."""
    shutil.rmtree(SUBMITTED, ignore_errors=True)
    for path, content in files().items():
        (SUBMITTED / path).parent.mkdir(parents=True, exist_ok=True)
        (SUBMITTED / path).write_text(content, encoding="utf-8")
    print(f"wrote {SUBMITTED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
