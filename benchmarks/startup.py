"""How long one waits: the commands, and `check()` in a notebook, beside a bare Python as the yardstick.

    .venv/bin/python benchmarks/startup.py [--rounds 5]

Prints medians; the commands take turns. The notebook is the solved one, beside the files that students have.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from measuring import environment, note, run, table, warm_libraries, wrong

REPOSITORY = Path(__file__).resolve().parents[1]

NOTEBOOK = """
import json, sys, time
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.io import capture_output

shell, first, later = InteractiveShell.instance(), [], []
cells = [cell for cell in json.load(open(sys.argv[1]))["cells"] if cell["cell_type"] == "code"]
sources = ["".join(cell["source"]) for cell in cells]
checks = [source for source in sources if source.startswith("check(")]

def run(source):
    started = time.monotonic()
    with capture_output():
        shell.run_cell(source, store_history=True).raise_error()
    return time.monotonic() - started

for source in sources:
    if source not in checks:
        run(source)
first = run(checks[0])
later = {source: [run(source) for _ in range(5)] for source in checks}
print(json.dumps({"first": first, "later": later}))
"""
"""What runs a notebook's cells and times its `check` cells, in a process that is as a kernel is."""


def commands(notebook: Path) -> dict[str, list[str]]:
    """Return what is timed: its name to the command."""
    python = [sys.executable, "-c"]
    kit = [str(Path(sys.executable).with_name("autograder"))]
    return {
        "python -c pass": [*python, "pass"],
        "import nbformat": [*python, "import nbformat"],
        "autograder --help": [*kit, "--help"],
        f"autograder check {notebook.name}": [*kit, "check", str(notebook)],
    }


def checks(notebook: Path, env: dict[str, str]) -> tuple[float, dict[str, float]]:
    """Return how long the first check of a kernel takes, and the median of later ones for each cell."""
    output = run([sys.executable, "-c", NOTEBOOK, str(notebook)], notebook.parent, env).output
    times = json.loads(output.splitlines()[-1])
    if not times["later"]:
        wrong(f"{notebook.name} has no check cells")
    return times["first"], {source: median(seconds) for source, seconds in times["later"].items()}


def measure(root: Path, assignment: str, rounds: int, env: dict[str, str]) -> list[list[str]]:
    """Return the lines of the table for one assignment."""
    folder = Path(shutil.copytree(REPOSITORY / "release" / assignment, root / assignment))
    notebook = Path(shutil.copy(REPOSITORY / "source" / assignment / f"{assignment}.ipynb", folder))
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        note(f"{assignment}, round {number + 1}")
        for name, command in commands(notebook).items():
            times.setdefault(name, []).append(run(command, folder, env).wall_s)
        first, later = checks(notebook, env)
        times.setdefault(f"{assignment}: a kernel's first check()", []).append(first)
        for source, seconds in later.items():
            times.setdefault(f"{assignment}: {source}, later", []).append(seconds)
    yardstick = median(times["python -c pass"])
    return [
        [name, f"{1000 * median(seconds):.0f} ms", f"{median(seconds) / yardstick:.1f}"]
        for name, seconds in times.items()
    ]


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many are printed")
    parser.add_argument("--assignments", nargs="+", default=["affine", "optimizers"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        env = environment(Path(folder))
        warm_libraries(env)
        for assignment in chosen.assignments:
            rows = measure(Path(folder), assignment, chosen.rounds, env)
            table(f"How long one waits ({assignment})", ("what", "median", "times python -c pass"), rows)


if __name__ == "__main__":
    main()
