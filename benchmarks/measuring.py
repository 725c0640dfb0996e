"""What the benchmarks share: commands that are timed, the memory of a tree of processes, tables.

Whatever is compared is measured in one run of one program, one after the other: a machine that is busy makes
all figures longer, and leaves their ratios nearly as they are.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EVERY_S = 0.2
"""How often memory is looked at; the kernel keeps the peak of a process for as long as it lives."""


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall_s: float
    cpu_s: float
    """Of the command and of all processes that it started and saw to their end."""
    output: str
    peak_mib: Mapping[str, float] = field(default_factory=dict)
    """Role to the largest resident memory of one process in it: `parent`, `process`, `worker`."""


def environment(home: Path) -> dict[str, str]:
    """Return the environment of commands that find neither settings nor caches of whoever measures."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTHON"))}
    return kept | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "XDG_CACHE_HOME": str(home / "cache"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONWARNINGS": "ignore",
    }


def warm_libraries(env: Mapping[str, str]) -> None:
    """Have matplotlib list the machine's fonts, once in each new cache: theirs, and that of our workers."""
    fonts = "from autograder.sandbox import prepare_cache; prepare_cache(['matplotlib.pyplot'])"
    run([sys.executable, "-c", f"import matplotlib.pyplot; {fonts}"], Path(), env)


def run(
    command: Sequence[str], folder: Path, env: Mapping[str, str], *, watched: bool = False, code: int = 0
) -> Cost:
    """Run a command and return what it took; ends this program if the command fails.

    Parameters
    ----------
    command, folder, env
        What to run, where, and with which environment.
    watched : bool
        Whether to look at the memory of its processes, which takes a little of the machine.
    code : int
        How it has to end.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        watch = MemoryWatch(process.pid)
        if watched:
            watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        if process.returncode != code:
            err.seek(0)
            said = err.read().decode(errors="replace")[-2000:]
            wrong(f"{' '.join(command)} ended with {process.returncode}, not {code}:\n{said}")
        out.seek(0)
        return Cost(wall_s, usage.ru_utime + usage.ru_stime, out.read().decode(), dict(watch.peak_mib))


def wrong(sentence: str) -> NoReturn:
    """End this program: what was measured has no right results, so its times say nothing."""
    sys.exit(f"Not right: {sentence}")


# ----- memory -----


class MemoryWatch(threading.Thread):
    """Looks at the peak resident memory of a process and of its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_mib: defaultdict[str, float] = defaultdict(float)
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the end."""
        while not self._ended.wait(EVERY_S):
            for pid in descendants(self.pid):
                role = "parent" if pid == self.pid else _role(pid)
                self.peak_mib[role] = max(self.peak_mib[role], _peak_mib(pid))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        if self.is_alive():
            self.join()


def descendants(root: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    children = defaultdict(list)
    for pid, parent in _processes():
        children[parent].append(pid)
    found = [root]
    for pid in found:  # grows while it is gone through
        found += children[pid]
    return found


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        if text := _read(folder / "stat"):
            yield int(folder.name), int(text.rpartition(")")[2].split()[1])


def _peak_mib(pid: int) -> float:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _role(pid: int) -> str:
    command = _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")
    return "worker" if "/worker " in command else "process" if "spawn_main" in command else "other"


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:  # it has ended
        return ""


# ----- tables -----


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that reads well as text and as Markdown."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    print(f"\n{title}\n")
    for cells in (head, ["-" * width for width in widths], *rows):
        padded = [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        print("| " + " | ".join(padded) + " |")
    sys.stdout.flush()


def note(text: str) -> None:
    """Say on standard error how far it is."""
    print(text, file=sys.stderr, flush=True)
