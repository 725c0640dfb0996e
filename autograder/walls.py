"""What this machine offers to keep student code in, and how a worker is started behind it.

Three levels, strongest first:

- ``sealed``: bubblewrap (mount, pid, net, ipc and uts namespaces of its own) around the warm process,
  Landlock and resource limits around every submission, a seccomp filter where libseccomp is installed;
- ``restricted``: the same without bubblewrap, and only where Landlock covers TCP and signals and seccomp the
  rest (other sockets, limits and files of one's own user);
- ``process``: a plain process of the same user. Only for notebooks that one trusts, as one's own.

`probe` asks the kernel by trying, since no setting tells what a container or a distribution forbids.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
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
SCRATCH_BYTES = 64 * 2**20
"""The private file system of a warm process: room for a few saved figures and arrays."""

INSIDE_WORKER = "/kit/worker"
INSIDE_CACHE = "/kit/cache"
INSIDE_SCRATCH = "/scratch"

_FIRST_UID = 2_000_000_000
"""Above the ranges that distributions and systemd give out (systemd's highest is 1,879,048,191)."""
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
        """The strongest level that can be had."""
        if self.bubblewrap is not None and self.landlock:
            return "sealed"
        if self.landlock >= LANDLOCK_ABI_RESTRICTED and self.seccomp:
            return "restricted"
        return "process"


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
    strongest = probe().level
    if asked is None:
        if strongest == "process":
            raise IsolationRefused(
                "This machine offers no walls around student code "
                f"({probe().why_no_bubblewrap}; Landlock version {probe().landlock}; "
                f"libseccomp {'works' if probe().seccomp else 'is not installed'}). "
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
        why = f"bubblewrap cannot work here: {ran.stderr.strip().splitlines()[-1:] or ran.returncode}"
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
    is_root = os.geteuid() == 0 and "--unshare-user" not in (probe().bubblewrap or ())
    return Walls(
        uid=_FIRST_UID + os.getpid() if is_root else None,
        # Behind bubblewrap every folder on the way is open to all; elsewhere Python may lie in a private one.
        read_all=is_root and isolation == "restricted",
        landlock=True,
        seccomp=probe().seccomp,
        keep_metadata=isolation == "restricted" and not is_root,
        readable=(*_readable_folders(isolation, hidden), *inside),
        usable=_DEVICES,
    )


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
