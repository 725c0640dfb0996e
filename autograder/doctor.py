"""What this machine offers to keep student code in, and how to get more, in words for an instructor.

`examine` asks the machine; `advise` turns what was found into sentences and touches nothing, so that every
kind of machine can be tested on any.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.walls import LANDLOCK_ABI_RESTRICTED, LEVELS, Isolation, Machine, probe, why_not
from autograder.watch import CAN_WATCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEANING: dict[Isolation, str] = {
    "sealed": "student code sees no files, processes or network of this machine",
    "restricted": "student code can open none of your files and reach no network, but learns what exists",
    "process": "no walls: only for notebooks that you would run yourself",
}


@dataclass(frozen=True)
class Found:
    """A machine, and the surroundings that decide about its walls."""

    machine: Machine
    why_not: Mapping[Isolation, str]
    """For each level why it cannot be had; empty if it can."""
    is_linux: bool = True
    is_container: bool = False
    forbids_namespaces: str = ""
    """The setting by which this system keeps ordinary users from making namespaces."""
    can_watch: bool = True

    @property
    def level(self) -> Isolation:
        """The strongest level that can be had."""
        return next(level for level in LEVELS if not self.why_not[level])


def examine() -> Found:
    """Look at this machine."""
    return Found(
        machine=probe(),
        why_not={level: why_not(level) for level in LEVELS},
        is_linux=sys.platform.startswith("linux"),
        is_container=_is_container(),
        forbids_namespaces=_forbids_namespaces(),
        can_watch=CAN_WATCH,
    )


_SETTINGS = (
    ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),  # Ubuntu from 23.10
    ("kernel.unprivileged_userns_clone", "0", "1"),  # Debian before 11
    ("user.max_user_namespaces", "0", "15000"),  # Red Hat 7, and hardened systems
)
"""Name of a kernel's setting, the value that forbids namespaces to ordinary users, one that allows them."""


def _forbids_namespaces() -> str:
    """Return the setting that has to be made, as ``sysctl`` takes it; empty if none stands in the way."""
    for name, forbidding, allowing in _SETTINGS:
        try:
            value = Path("/proc/sys", *name.split(".")).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if value == forbidding:
            return f"{name}={allowing}"
    return ""


def _is_container() -> bool:
    """Whether this looks like the inside of Docker, Podman, Kubernetes or LXC."""
    marks = (Path("/.dockerenv"), Path("/run/.containerenv"), Path("/var/run/secrets/kubernetes.io"))
    return "container" in os.environ or any(path.exists() for path in marks)


# ----- in words -----


def rows(found: Found) -> list[tuple[str, str]]:
    """Return each wall with what became of it."""
    machine = found.machine
    landlock = f"version {machine.landlock}" if machine.landlock else "this kernel offers none"
    if 0 < machine.landlock < LANDLOCK_ABI_RESTRICTED:
        landlock += f" (alone it needs version {LANDLOCK_ABI_RESTRICTED}: Linux 6.12)"
    return [
        ("bubblewrap", machine.why_no_bubblewrap or "works"),
        ("Landlock", landlock),
        ("libseccomp", "works" if machine.seccomp else "is not installed"),
        ("memory watch", "works" if found.can_watch else "this kernel does not tell who started whom"),
    ]


def levels(found: Found) -> list[tuple[str, str, str]]:
    """Return each level, whether it can be had, and what it means."""
    words = {
        level: "can be had" if not why else f"cannot be had: {why}" for level, why in found.why_not.items()
    }
    return [(level, words[level], MEANING[level]) for level in LEVELS]


def advise(found: Found) -> Iterator[str]:
    """Yield what to do for more, the most useful first; nothing if there is no more to be had."""
    if not found.is_linux:
        yield "Grade on Linux. On Windows, WSL 2 is one; on a Mac, a virtual machine or a container."
        return
    if not found.machine.seccomp:
        yield "Install libseccomp: on Debian or Ubuntu the package libseccomp2, elsewhere libseccomp."
    if found.why_not["sealed"]:
        yield from _towards_sealed(found)
    if found.why_not["restricted"] and found.why_not["sealed"]:
        yield from _towards_restricted(found)
    if not found.can_watch:
        yield "Grade one submission at a time (--jobs 1): their memory together is not limited here."


def _towards_sealed(found: Found) -> Iterator[str]:
    why = found.machine.why_no_bubblewrap
    if "not installed" in why:
        yield "Install bubblewrap: on Debian, Ubuntu and Fedora the package of that name."
    elif found.forbids_namespaces:
        yield (
            "This system forbids ordinary users the namespaces that bubblewrap makes. Allow them: "
            f"sudo sysctl -w {found.forbids_namespaces}"
        )
    elif why and found.is_container:
        yield (
            "This is a container, and it forbids the namespaces that bubblewrap makes. Start it with "
            "--security-opt seccomp=unconfined --security-opt apparmor=unconfined (Docker and Podman), or "
            "grade outside of it."
        )
    elif why:
        yield (
            "Something forbids the namespaces that bubblewrap makes: a container around this system, or a "
            "policy of its administrators. Grade outside of it, or ask them to allow user namespaces."
        )
    if not found.machine.landlock:
        yield (
            "Use a kernel with Landlock: Linux 5.13 or newer, with landlock among the names in "
            "/sys/kernel/security/lsm. In a container, the program that runs it may be too old to pass it on."
        )


def _towards_restricted(found: Found) -> Iterator[str]:
    if 0 < found.machine.landlock < LANDLOCK_ABI_RESTRICTED:
        yield "Or use Linux 6.12 or newer, where `restricted` needs no bubblewrap."
    why = found.why_not["restricted"]
    if "walls cannot be raised" in why or "cannot be limited" in why or "its user cannot" in why:
        yield (
            "Grade as an ordinary user instead of root (in Docker: --user 1000), from an environment that "
            "this user can read."
        )
