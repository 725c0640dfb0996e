"""Walls that a process raises around itself before student code runs in it.

In this order, each of them final: an unprivileged user (where we are root), no new privileges, Landlock (the
file system, TCP, signals and abstract sockets out of reach) and a seccomp filter (other kinds of sockets, and
what one may do to other processes and files of one's own user). They hold for all that the process starts.
What is asked for and cannot be had raises `WallError`: a submission is never run behind fewer walls than its
result records.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import os
from dataclasses import dataclass, field
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None

# linux/prctl.h
_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38

_SECCOMP_MODE_FILTER = 2  # linux/seccomp.h

# linux/capability.h
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_READ_SEARCH = 1 << 2

# The same numbers on every architecture since Linux 5.13 (linux/landlock.h, asm-generic/unistd.h).
_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_ADD_RULE = 445
_LANDLOCK_RESTRICT_SELF = 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_FS_EXECUTE, _FS_WRITE_FILE, _FS_READ_FILE, _FS_READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FS_REFER, _FS_TRUNCATE, _FS_IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FS_ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_FS_ALL = (1 << 16) - 1
_FS_MAKE_SPECIAL = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 11)
"""Making character devices, sockets, fifos and block devices: no notebook needs them."""
_FS_READ = _FS_EXECUTE | _FS_READ_FILE | _FS_READ_DIR
_FS_ON_FILES = _FS_EXECUTE | _FS_WRITE_FILE | _FS_READ_FILE | _FS_TRUNCATE | _FS_IOCTL_DEV

_ABI_NET = 4
_NET_TCP = 0b11
_ABI_SCOPE = 6
_SCOPE_ALL = 0b11

_ACT_ALLOW = 0x7FFF0000
_ACT_ERRNO = 0x00050000

FORBIDDEN_CALLS = (
    # the network, by any address family; socketpair, which asyncio needs, stays
    *("socket", "connect", "bind", "listen", "accept", "accept4"),
    # other processes
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise"),
    # what would outlive the processes that made it
    *("shmget", "shmat", "semget", "msgget", "mq_open", "memfd_create", "memfd_secret"),
    *("add_key", "request_key", "keyctl"),
    # new namespaces and mounts, where a process is root once more
    *("unshare", "setns", "clone3", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr"),
    # kernel parts with a history, of no use to a notebook
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("open_by_handle_at", "name_to_handle_at", "fanotify_init", "init_module", "finit_module", "kexec_load"),
    *("personality", "swapon", "reboot", "acct", "quotactl", "syslog", "lookup_dcookie", "vhangup"),
    # what is counted for the whole machine, or tells of other people's files
    *("io_setup", "inotify_add_watch"),
    # attributes of files are kept in memory that no limit counts
    *("setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr"),
    "removexattrat",
)
PRETENDED_METADATA_CALLS = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "futimesat", "utimensat"),
)
"""Landlock does not cover these, so a process could lock its user out of the user's own files. They report
success and do nothing, because copying a file ends with some of them."""

CONFINED_CALLS: dict[str, dict[int, int]] = {
    "socketpair": {0: 1},  # AF_UNIX, which asyncio needs
    # the same user may lower the limits and the priority of all its processes: a way to end them
    "prlimit64": {0: 0},
    "sched_setaffinity": {0: 0},
    "sched_setscheduler": {0: 0},
    "sched_setparam": {0: 0},
    "sched_setattr": {0: 0},
    "setpriority": {0: 0, 1: 0},  # PRIO_PROCESS, this one
    "ioprio_set": {0: 1, 1: 0},  # IOPRIO_WHO_PROCESS, this one
}
"""Calls that are allowed with these arguments (index to value) alone."""
_LOW = 0xFFFFFFFF
"""Of an int, the kernel reads these bits and no others."""

UNCOUNTED_MEMORY: tuple[tuple[str, tuple[tuple[int, int, int], ...]], ...] = (
    # MAP_SHARED with MAP_ANONYMOUS: handed on from process to process, it is held by all and counted for none
    *((name, ((3, 0x2F, 0x21),)) for name in ("mmap", "mmap2")),
    *((name, ((3, 0x40000, 0x40000),)) for name in ("mmap", "mmap2")),  # MAP_HUGETLB is in nobody's size
    # SOL_SOCKET with SO_SNDBUF and SO_RCVBUF, also by force: what waits in a socket is the kernel's
    *(("setsockopt", ((1, _LOW, 1), (2, _LOW, option))) for option in (7, 8, 32, 33)),
)
"""Calls that are refused where each of these arguments (index, mask, value) is so: they get memory that the
watch over all processes cannot see."""
_NAMESPACE_FLAGS = 0x7E020000
"""CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID and NET in the first argument of clone (linux/sched.h)."""


class WallError(RuntimeError):
    """A wall that was asked for cannot be raised."""


@dataclass(frozen=True)
class Walls:
    """Which walls to raise. The trusted side decides; each can be left out, so that each can be tested."""

    uid: int | None = None
    """The user and group to become."""
    read_all: bool = False
    """Keep reading what permissions hide from that user, if we may: Landlock alone says what can be read."""
    landlock: bool = False
    seccomp: bool = False
    keep_metadata: bool = False
    """Whether the seccomp filter covers modes, owners and times of files: needed where our user's own files
    can be named."""
    readable: tuple[str, ...] = ()
    """Folders and files that Landlock leaves readable."""
    usable: tuple[str, ...] = field(default=())
    """Devices that it leaves readable and writable."""


def raise_walls(walls: Walls, writable: str) -> None:
    """Raise the walls around this process; only `writable`, a folder, can be written to afterwards."""
    if walls.uid is not None:
        _become(walls.uid, read_all=walls.read_all)
    elif walls.landlock:
        _keep_capability(0)  # root of a user namespace, which knows nobody else to become
    if walls.landlock or walls.seccomp:
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if walls.landlock:
        _landlock(walls, writable)
    if walls.seccomp:
        _seccomp(keep_metadata=walls.keep_metadata)


def make_ready(walls: Walls) -> None:
    """Do once, before a process is forked that raises these walls, what is the same for all that are."""
    if walls.seccomp:
        with contextlib.suppress(WallError):  # whoever raises the walls says so
            _seccomp_program(keep_metadata=walls.keep_metadata)


def shut_off_signals() -> None:
    """Take the power to signal its parent from this process; the parent keeps its own.

    A Landlock domain within the one that stands: an exercise's process cannot stop the submission's process
    that it was forked from. Does nothing where Landlock does not cover signals.
    """
    if landlock_abi() >= _ABI_SCOPE:
        attr = _RulesetAttr(0, 0, _SCOPE_ALL)
        _restrict_self(_landlock_call(_LANDLOCK_CREATE_RULESET, ctypes.byref(attr), ctypes.sizeof(attr), 0))


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _become(uid: int, *, read_all: bool) -> None:
    """Become an unprivileged user; of root's capabilities at most CAP_DAC_READ_SEARCH stays."""
    if read_all:
        _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    if read_all and not _keep_capability(_CAP_DAC_READ_SEARCH) and not _keep_capability(0):
        raise WallError(f"capset failed: {os.strerror(ctypes.get_errno())}")


def _keep_capability(mask: int) -> bool:
    """Give up all capabilities but one; return whether that could be done: a container's root has few."""
    assert _LIBC is not None
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)(_CapabilityData(mask, mask, 0))
    return bool(_LIBC.capset(ctypes.byref(header), ctypes.byref(data)) == 0)


def hide_from_debuggers() -> None:
    """Make this process undumpable: others of its user can neither trace it nor read its memory."""
    if _LIBC is not None and hasattr(_LIBC, "prctl"):
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _prctl(option: int, value: int) -> None:
    assert _LIBC is not None
    if _LIBC.prctl(option, value, 0, 0, 0) != 0:
        raise WallError(f"prctl({option}) failed: {os.strerror(ctypes.get_errno())}")


# ----- Landlock -----


class _RulesetAttr(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneathAttr(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def landlock_abi() -> int:
    """Return the kernel's Landlock version, 0 where there is none."""
    if _LIBC is None or not hasattr(_LIBC, "prctl"):
        return 0
    version = _LIBC.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    return max(0, int(version))


def _landlock(walls: Walls, writable: str) -> None:
    abi = landlock_abi()
    if abi < 1:
        raise WallError("this kernel has no Landlock")
    handled = _FS_ALL_BY_ABI.get(abi, _FS_ALL)
    attr = _RulesetAttr(handled, _NET_TCP if abi >= _ABI_NET else 0, _SCOPE_ALL if abi >= _ABI_SCOPE else 0)
    ruleset = _landlock_call(_LANDLOCK_CREATE_RULESET, ctypes.byref(attr), ctypes.sizeof(attr), 0)
    for path in walls.readable:
        _allow(ruleset, path, _FS_READ & handled)
    for path in walls.usable:
        _allow(ruleset, path, (_FS_READ_FILE | _FS_WRITE_FILE) & handled)
    _allow(ruleset, writable, handled & ~_FS_MAKE_SPECIAL & ~_FS_EXECUTE)
    _restrict_self(ruleset)


def _restrict_self(ruleset: int) -> None:
    _landlock_call(_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - no pathlib between fork and walls
            access &= _FS_ON_FILES
        rule = _PathBeneathAttr(access, parent)
        _landlock_call(_LANDLOCK_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _landlock_call(number: int, *args: Any) -> int:  # noqa: ANN401 - ctypes values
    assert _LIBC is not None
    result = int(_LIBC.syscall(number, *args))
    if result < 0:
        raise WallError(f"Landlock refused: {os.strerror(ctypes.get_errno())}")
    return result


# ----- seccomp, by the system's libseccomp -----


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("datum_a", ctypes.c_uint64),
        ("datum_b", ctypes.c_uint64),
    )


_CMP_NE = 1
_CMP_MASKED_EQ = 7


def load_libseccomp() -> ctypes.CDLL | None:
    """Return the library, or None where it is not installed."""
    try:
        library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    rule: Any = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(_Comparison)]
    library.seccomp_rule_add_array.argtypes = rule
    return library


def _seccomp(*, keep_metadata: bool) -> None:
    install(_seccomp_program(keep_metadata=keep_metadata))


@functools.cache  # composing it takes libseccomp longer than all other walls together
def _seccomp_program(*, keep_metadata: bool) -> bytes:
    library = load_libseccomp()
    if library is None:
        raise WallError("libseccomp is not installed")
    filter_ = _Filter(library)
    for name in FORBIDDEN_CALLS:
        # glibc asks for clone3 first and falls back to clone only where the kernel lacks it.
        filter_.refuse(name, errno.ENOSYS if name == "clone3" else errno.EPERM)
    for bit in (1 << shift for shift in range(64) if _NAMESPACE_FLAGS >> shift & 1):
        filter_.refuse("clone", errno.EPERM, _Comparison(0, _CMP_MASKED_EQ, bit, bit))
    for name, arguments in CONFINED_CALLS.items():
        for index, value in arguments.items():
            # All 64 bits are compared: an int with something in the upper half is refused as well.
            filter_.refuse(name, errno.EPERM, _Comparison(index, _CMP_NE, value, 0))
    for name, conditions in UNCOUNTED_MEMORY:
        comparisons = [_Comparison(index, _CMP_MASKED_EQ, mask, value) for index, mask, value in conditions]
        filter_.refuse(name, errno.ENOMEM, *comparisons)
    if keep_metadata:
        for name in PRETENDED_METADATA_CALLS:
            filter_.refuse(name, 0)
    return filter_.program()


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


_INSTRUCTION_BYTES = 8  # struct sock_filter, linux/filter.h
_MAX_PROGRAM_BYTES = 4096 * _INSTRUCTION_BYTES


def install(program: bytes) -> None:
    """Put this process behind a compiled filter, for good; it has given up new privileges before."""
    assert _LIBC is not None
    given = ctypes.byref(_Program(len(program) // _INSTRUCTION_BYTES, program))
    if _LIBC.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, given, 0, 0) != 0:
        raise WallError(f"the seccomp filter was refused: {os.strerror(ctypes.get_errno())}")


class _Filter:
    """A seccomp filter that allows everything but what it refuses."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.library = library
        self.context = library.seccomp_init(_ACT_ALLOW)

    def refuse(self, name: str, code: int, *comparisons: _Comparison) -> None:
        """Let a call return an error, 0 for success; with a comparison, only where that holds."""
        number = self.library.seccomp_syscall_resolve_name(name.encode("ascii"))
        if number >= 0:  # a call that this architecture or library does not know cannot be made either
            array = (_Comparison * len(comparisons))(*comparisons) if comparisons else None
            add = self.library.seccomp_rule_add_array
            _check(add(self.context, _ACT_ERRNO | code, number, len(comparisons), array))

    def program(self) -> bytes:
        """Return the filter as the kernel takes it, and forget it here."""
        reader, writer = os.pipe()  # holds 64 KiB, and the kernel takes filters of 32 KiB at most
        try:
            _check(self.library.seccomp_export_bpf(self.context, writer))
            return os.read(reader, _MAX_PROGRAM_BYTES)
        finally:
            self.library.seccomp_release(self.context)
            os.close(reader)
            os.close(writer)


def _check(result: int) -> None:
    if result != 0:
        raise WallError(f"libseccomp refused: {os.strerror(-result)}")
