"""``make demo``: grades the sample class as an instructor would, in a course folder that can be thrown away.

Everything below `.demo/` is made anew. The commands are the real ones, started as from an environment that is
not activated.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COURSE = ROOT / ".demo"
PARTS = ("assignments", "solutions", "source", "release", "nbgrader_config.py")
ASSIGNMENTS = ("affine", "optimizers")
DUE = "2026-03-06 23:59:00 UTC"
LATENESS = 'c.AssignLatePenalties.plugin_class = "late_policy.OnePointADay"\n'


def make_course() -> None:
    """Set up a course whose students have handed in."""
    shutil.rmtree(COURSE, ignore_errors=True)
    COURSE.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, COURSE / name)
    shutil.copytree(ROOT / "examples" / "submitted", COURSE / "submitted")
    shutil.copy(ROOT / "examples" / "late_policy.py", COURSE)
    with (COURSE / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\n# --- lateness ---\n\n{LATENESS}")


def run(*command: str) -> int:
    """Run a module of this environment in the course; say what is run."""
    print("$", *command, flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=COURSE, check=False).returncode


def main() -> int:
    """Grade both assignments, print the class, and say where to look next."""
    started = time.monotonic()
    make_course()
    codes = [run("nbgrader", "db", "assignment", "add", "affine", f"--duedate={DUE}")]
    codes += [run("autograder", "grade", assignment) for assignment in ASSIGNMENTS]
    page = COURSE / "feedback" / "Chiara Rossi" / "affine" / "affine.html"
    jupyter = Path(sys.executable).with_name("jupyter")
    print(f"Done in {time.monotonic() - started:.0f} s. A student's feedback: {os.path.relpath(page)}")
    start = f"cd {os.path.relpath(COURSE)} && {jupyter} lab"
    print(f"To look at the gradebook: {start}  (then the menu Nbgrader, Formgrader)")
    return 0 if codes == [0, 1, 0] and page.exists() else 1  # affine: two submissions cannot be graded


if __name__ == "__main__":
    sys.exit(main())
