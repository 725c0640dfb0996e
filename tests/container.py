"""Run a program as in a container that has no more rights than the usual ones: ``container.py PROGRAM...``.

No new namespaces, no mounts, no new privileges; root keeps the capabilities that Docker leaves it. With
``--without-landlock`` the container is one of an old program that does not know Landlock.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

from autograder.worker import walls

CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
"""Numbers of those that Docker leaves (linux/capability.h); CAP_DAC_READ_SEARCH, 2, is not among them."""
REFUSED = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "move_mount", "open_tree", "fsopen", "fsconfig"),
    *("fsmount", "fspick", "mount_setattr", "bpf", "perf_event_open", "userfaultfd", "open_by_handle_at"),
    *("keyctl", "add_key", "request_key", "kexec_load", "swapon", "reboot", "acct", "quotactl"),
)
LANDLOCK = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
PR_CAPBSET_DROP = 24


def enter(*, without_landlock: bool) -> None:
    """Give up what a container does not have."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        for number in set(range(41)) - set(CAPABILITIES):
            libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
        assert walls._keep_capability(sum(1 << number for number in CAPABILITIES))
    libc.prctl(walls._PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    filter_ = walls._Filter(walls.load_libseccomp())
    for name in REFUSED:
        filter_.refuse(name, errno.EPERM)
    filter_.refuse("clone3", errno.ENOSYS)
    for bit in (1 << shift for shift in range(64) if walls._NAMESPACE_FLAGS >> shift & 1):
        filter_.refuse("clone", errno.EPERM, walls._Comparison(0, walls._CMP_MASKED_EQ, bit, bit))
    for name in LANDLOCK if without_landlock else ():
        filter_.refuse(name, errno.ENOSYS)
    walls.install(filter_.program())


if __name__ == "__main__":
    program = [word for word in sys.argv[1:] if word != "--without-landlock"]
    enter(without_landlock=len(program) < len(sys.argv) - 1)
    os.execv(program[0], program)
