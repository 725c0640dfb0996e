"""What this machine offers to keep student code in, and how a worker is started behind it.

Three levels, strongest first:

- ``sealed``: bubblewrap (mount, pid, net, ipc and uts namespaces of its own) around the warm process,
  Landlock and resource limits around every submission, a seccomp filter where libseccomp is installed;
- ``restricted``: the same without bubblewrap, and only where Landlock covers TCP and signals and seccomp the
  rest (other sockets, limits and files of one's own user);
- ``process``: a plain process of the same user. Only for notebooks that one trusts, as one's own.

`probe` and `why_not` ask the kernel by trying, since no setting tells what a container or a distribution
forbids: a level can be had if its walls were raised around a process of ours and held.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import autograder
from autograder.errors import IsolationRefused
from autograder.worker.walls import Walls, landlock_abi, load_libseccomp

if TYPE_CHECKING:
    from collections.abc import Sequence

Isolation = Literal["sealed", "restricted", "process"]
LEVELS: tuple[Isolation, ...] = ("sealed", "restricted", "process")

LANDLOCK_ABI_RESTRICTED = 6
"""Version 4 brought TCP, version 6 signals and abstract sockets (Linux 6.12)."""
PASSABLE = 0o711
"""Mode of a folder in which an unprivileged user's own folder lies."""
SCRATCH_BYTES = 64 * 2**20
"""The private file system of a warm process: room for a few saved figures and arrays."""

INSIDE_WORKER = "/kit/worker"
INSIDE_CACHE = "/kit/cache"
INSIDE_SCRATCH = "/scratch"

_FIRST_UID = 2_000_000_000
"""Above the ranges that distributions and systemd give out (systemd's highest is 1,879,048,191)."""
_SPREAD = 10_000
"""Users at the upper end of what a container has, where it has not those: several graders take several."""
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")
"""Not /dev/zero: by mapping it processes share memory that is counted for none of them."""
_PYTHON_FOLDERS = ("bin", "lib", "lib64", "share", "etc", "include", "pyvenv.cfg")
"""What belongs to Python in its prefix, which may be the root of somebody's project."""
_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/fonts")


@dataclass(frozen=True)
class Machine:
    """What was found by trying."""

    bubblewrap: tuple[str, ...] | None
    """The command with the options for new namespaces that work here; None if none do."""
    why_no_bubblewrap: str
    landlock: int
    """Landlock's version; 0 if there is none."""
    seccomp: bool

    @property
    def level(self) -> Isolation:
        """The strongest level whose walls are all here; whether they can be raised is asked by `why_not`."""
        return next(level for level in LEVELS if not self.lacks(level))

    def lacks(self, level: Isolation) -> str:
        """Return which wall of a level is missing, or an empty string."""
        if level == "process":
            return ""
        if level == "sealed" and self.bubblewrap is None:
            return self.why_no_bubblewrap or "bubblewrap is missing"
        if not self.landlock:
            return "Landlock is missing"
        if level == "sealed":
            return ""
        if self.landlock < LANDLOCK_ABI_RESTRICTED:
            return f"Landlock has version {self.landlock}, and {LANDLOCK_ABI_RESTRICTED} is needed"
        return "" if self.seccomp else "libseccomp is not installed"


@functools.cache
def probe() -> Machine:
    """Return what this machine offers, found out once per process."""
    bubblewrap, why = _probe_bubblewrap()
    return Machine(bubblewrap, why, landlock_abi(), load_libseccomp() is not None)


def choose_isolation(asked: str | None) -> Isolation:
    """Return the level to grade at: the one that was asked for, else the strongest.

    Raises
    ------
    IsolationRefused
        The level cannot be had; or none was asked for and the machine offers nothing but `process`.
    """
    strongest = next(level for level in LEVELS if not why_not(level))
    if asked is None:
        if strongest == "process":
            raise IsolationRefused(
                "This machine offers no walls around student code "
                f"(sealed: {why_not('sealed')}; restricted: {why_not('restricted')}). "
                "Run `autograder doctor` for what to install, or, for notebooks that you trust, "
                "grade with --isolation process."
            )
        return strongest
    for level in LEVELS[LEVELS.index(strongest) :]:
        if level == asked:
            return level
    known = asked in LEVELS
    reason = f"cannot be had on this machine; {strongest!r} can" if known else "does not exist"
    raise IsolationRefused(
        f"The isolation level {asked!r} {reason}. "
        f"Choose one of {', '.join(LEVELS)}, or run `autograder doctor`."
    )


def why_not(level: Isolation) -> str:
    """Return why a level cannot be had on this machine, in a few words; empty if it can."""
    machine = probe()
    return machine.lacks(level) or ("" if level == "process" else _trial(level, machine))


@functools.cache
def _trial(level: Isolation, _machine: Machine) -> str:
    """Raise the walls of a level around a process of ours; return what is wrong with them."""
    worker = Path(__file__).resolve().parent / "worker"
    walls = json.dumps(dataclasses.asdict(submission_walls(level, worker, worker)))
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        Path(folder).chmod(PASSABLE)
        python = [sys.executable, "-P", "-s"]
        if level == "sealed":
            command = [*python, INSIDE_WORKER, f"trial:{walls}", INSIDE_SCRATCH]
            command = bubblewrap_command(worker, worker, command)
        else:
            command = [*python, str(worker), f"trial:{walls}", folder]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    return "" if ran.returncode == 0 else _last_line(ran.stderr) or f"exit code {ran.returncode}"


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2].strip()


# ----- bubblewrap -----

_NAMESPACES = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
# The warm process becomes an unprivileged user in each fork, ends those, and clears up after them.
_ROOT_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER")


def _probe_bubblewrap() -> tuple[tuple[str, ...] | None, str]:
    if not sys.platform.startswith("linux"):
        return None, "bubblewrap exists on Linux only"
    command = shutil.which("bwrap")
    if command is None:
        return None, "bubblewrap is not installed: on Debian or Ubuntu, install the package bubblewrap"
    why = ""
    for options in _variants():
        candidate = (command, *options)
        trial = [*candidate, "--ro-bind", "/", "/", sys.executable, "-S", "-c", ""]
        ran = subprocess.run(trial, capture_output=True, text=True, check=False, timeout=30)
        if ran.returncode == 0:
            return candidate, ""
        told = _last_line(ran.stderr).removeprefix("bwrap: ").partition(", likely")[0]
        why = f"bubblewrap cannot work here ({told or ran.returncode})"
    return None, why


def _variants() -> list[tuple[str, ...]]:
    common = (*_NAMESPACES, "--as-pid-1", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    as_user = ("--unshare-user", *common)
    if os.geteuid() != 0:
        return [as_user]
    capabilities = [part for name in _ROOT_CAPABILITIES for part in ("--cap-add", name)]
    return [(*common, *capabilities), as_user]


def bubblewrap_command(
    worker: Path, cache: Path, command: Sequence[str], hidden: Sequence[Path] = ()
) -> list[str]:
    """Return the command line that starts a worker in a file system of its own.

    Only the Python installation, the system's libraries, the worker folder and matplotlib's cache are in it,
    read-only, and an empty scratch folder. The kit itself and what is `hidden` are masked should they lie
    inside.
    """
    bubblewrap = probe().bubblewrap
    assert bubblewrap is not None
    options: list[str] = []
    folders = library_folders()
    for parent in _parents([*folders, *map(Path, (INSIDE_WORKER, INSIDE_CACHE, *_DEVICES))]):
        options += ["--perms", "0755", "--dir", str(parent)]
    for folder in folders:
        if folder.is_symlink() and any(folder.resolve().is_relative_to(other) for other in folders):
            options += ["--symlink", str(folder.readlink()), str(folder)]
        else:
            options += ["--ro-bind", str(folder), str(folder)]
    for path in _to_mask(folders, hidden):
        options += ["--tmpfs", str(path)]
    for device in _DEVICES:
        options += ["--dev-bind-try", device, device]
    options += ["--ro-bind", str(worker), INSIDE_WORKER, "--ro-bind", str(cache), INSIDE_CACHE]
    options += ["--perms", "0755", "--size", str(SCRATCH_BYTES), "--tmpfs", INSIDE_SCRATCH]
    options += ["--remount-ro", "/", "--chdir", "/", "--hostname", "sandbox"]
    return [*bubblewrap, *options, "--", *command]


def library_folders() -> list[Path]:
    """Return what a worker must be able to read: the interpreter, installed packages, system libraries."""
    prefixes = {Path(sys.base_prefix), Path(sys.prefix), Path(sys.executable).resolve().parent.parent}
    python = [prefix / name for prefix in sorted(prefixes) for name in _PYTHON_FOLDERS]
    site = [Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    found: list[Path] = []
    for folder in [*map(Path, _SYSTEM_FOLDERS), *python, *site]:
        if folder.exists() and not any(folder.is_relative_to(other) for other in found):
            found.append(folder)
    return found


def _to_mask(folders: Sequence[Path], hidden: Sequence[Path]) -> list[Path]:
    """Return the kit's own package and the hidden paths, as far as they lie in one of the folders."""
    package = Path(autograder.__file__).resolve().parent
    real = [folder.resolve() for folder in folders]
    paths = [package, *(path.resolve() for path in hidden)]
    return [path for path in paths if any(path.is_relative_to(folder) for folder in real)]


def _parents(paths: Sequence[Path]) -> list[Path]:
    """Return the folders above the given ones, outermost first: bubblewrap would close them to others."""
    parents = {parent for path in paths for parent in path.parents if parent != Path("/")}
    return sorted(parent for parent in parents if not any(parent.is_relative_to(path) for path in paths))


# ----- the walls that a submission raises around itself -----


def submission_walls(isolation: Isolation, worker: Path, cache: Path, hidden: Sequence[Path] = ()) -> Walls:
    """Return what every fork raises around itself at a level; `hidden` paths are out of its reach."""
    if isolation == "process":
        return Walls()
    inside = (INSIDE_WORKER, INSIDE_CACHE) if isolation == "sealed" else (str(worker), str(cache))
    is_inside_user = isolation == "sealed" and "--unshare-user" in (probe().bubblewrap or ())
    uid = None if is_inside_user else _other_user()
    return Walls(
        uid=uid,
        # Behind bubblewrap every folder on the way is open to all; elsewhere Python may lie in a private one.
        read_all=uid is not None and isolation == "restricted",
        landlock=True,
        seccomp=probe().seccomp,
        keep_metadata=isolation == "restricted" and uid is None,
        readable=(*_readable_folders(isolation, hidden), *inside),
        usable=_DEVICES,
    )


def _other_user() -> int | None:
    """Return a user that nobody is, to become; None if we are not root, or root where nobody else is."""
    if os.geteuid() != 0:
        return None
    wanted = _FIRST_UID + os.getpid()
    users, groups = _mapped("uid_map"), _mapped("gid_map")
    highest = max(users, key=len)[-1]
    for uid in (wanted, highest - os.getpid() % _SPREAD):
        if uid > 0 and any(uid in each for each in users) and any(uid in each for each in groups):
            return uid
    return None


def _mapped(name: str) -> list[range]:
    """Return which users or groups there are in this user namespace."""
    try:
        rows = Path("/proc/self", name).read_text(encoding="ascii").splitlines()
    except OSError:
        return [range(2**32 - 1)]
    return [range(int(first), int(first) + int(count)) for first, _, count in map(str.split, rows)]


def _readable_folders(isolation: Isolation, hidden: Sequence[Path]) -> list[str]:
    """Return the library folders; where no mount masks what lies in them, its siblings instead."""
    folders = library_folders()
    masked = _to_mask(folders, hidden) if isolation != "sealed" else []
    readable: list[str] = []
    for folder in folders:
        readable += [str(path) for path in _without(folder, masked)]
    return readable


def _without(folder: Path, excluded: Sequence[Path]) -> list[Path]:
    """Return paths that cover a folder but for the excluded ones in it."""
    resolved = folder.resolve()
    if resolved in excluded:
        return []
    if not any(path.is_relative_to(resolved) for path in excluded):
        return [folder]
    return [part for child in sorted(resolved.iterdir()) for part in _without(child, excluded)]
