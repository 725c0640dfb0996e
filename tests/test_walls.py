"""Walls: isolation level by promise, each tried from inside; and each wall alone, with the others down.

The table in ``docs/threat-model.md`` is what is tested: each of its cells is an attempt to break a promise at
a level. Where the table says that the promise is kept the attempt must fail, and where it says that it is not
the attempt must succeed, which shows that it is a real one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder import walls as walls_module
from autograder.assignment import Limits
from autograder.errors import IsolationRefused, WorkerGone
from autograder.plugin.rationale import MAX_TEXT, rationale
from autograder.sandbox import Sandbox
from autograder.student import StudentRaised
from autograder.student.remote import open_submission
from autograder.walls import LEVELS, Machine, choose_isolation, probe, submission_walls
from autograder.worker import walls as worker_walls
from autograder.worker.limits import WALL_FACTOR
from autograder.worker.walls import Walls

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[1]
DOCUMENT = REPOSITORY / "docs" / "threat-model.md"
LIMITS = Limits(
    call_cpu_s=0.5,
    cell_cpu_s=0.5,
    submission_cpu_s=4,
    memory_mib=128,
    processes=12,
    file_mib=1,
    output_kib=16,
)
PATIENT = dataclasses.replace(LIMITS, call_cpu_s=5)
is_root = hasattr(os, "geteuid") and os.geteuid() == 0

pytestmark = pytest.mark.skipif(probe().level == "process", reason="this machine offers no walls")


# ----- attempts: each returns True if it got through -----

BEFORE = """
import contextlib, ctypes, os, resource, signal, socket, time
WARM = os.getppid()
INET, UNIX, STREAM, DATAGRAM = socket.AF_INET, socket.AF_UNIX, socket.SOCK_STREAM, socket.SOCK_DGRAM
libc = ctypes.CDLL(None, use_errno=True)

def readable(path):
    with open(path, "rb") as file:
        return bool(file.read(10))

def got_through(attempt, *args):
    try:
        return bool(attempt(*args))
    except OSError:
        return False

def connected(family, kind, address):
    with socket.socket(family, kind) as sock:
        sock.settimeout(2)
        sock.connect(address)
        sock.send(b"x")
        return kind == socket.SOCK_STREAM or sock.recv(1) == b"x"

def listened():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        return True

def written(folder):
    with open(os.path.join(folder, "written"), "w") as file:
        file.write("x")
    os.unlink(os.path.join(folder, "written"))
    return True

def touched(path):
    before = os.stat(path).st_mtime
    os.utime(path, (before + 7, before + 7))
    return os.stat(path).st_mtime != before

def same_limits(pid):
    resource.prlimit(pid, resource.RLIMIT_NOFILE, resource.prlimit(pid, resource.RLIMIT_NOFILE))
    return True

def memory_of(pid):
    buffer = ctypes.create_string_buffer(8)
    shared = id(os)  # made before the fork, so it has the same address there
    here, there = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8), (ctypes.c_size_t * 2)(shared, 8)
    return libc.process_vm_readv(pid, here, 1, there, 1, 0) == 8

def traced(pid):
    return libc.ptrace(0x4206, pid, 0, 0) == 0 and libc.ptrace(17, pid, 0, 0) is not None

def made_segment():
    number = libc.shmget(0, 4096, 0o1600)
    return number >= 0 and libc.shmctl(number, 0, None) == 0

def ran_own_program():
    with open("program", "w") as file:
        file.write("#!/bin/sh\\nexit 7\\n")
    os.chmod("program", 0o755)
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(OSError):
            os.execv("./program", ["program"])
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
"""

ATTEMPTS = {
    "read the course folder": "got_through(readable, about['course file'])",
    "read the home folder": "got_through(readable, about['home file'])",
    "read /etc": "got_through(readable, '/etc/passwd')",
    "write outside its own folder": "any(got_through(written, folder) for folder in about['folders'])",
    "change modes and times of files": "got_through(touched, about['course file'])",
    "connect by TCP": "got_through(connected, INET, STREAM, ('127.0.0.1', about['tcp']))",
    "listen by TCP": "got_through(listened)",
    "send by UDP": "got_through(connected, INET, DATAGRAM, ('127.0.0.1', about['udp']))",
    "connect to a unix socket": "got_through(connected, UNIX, STREAM, about['unix'])",
    "connect to an abstract socket": "got_through(connected, UNIX, STREAM, about['abstract'])",
    "signal the process that started it": "got_through(lambda: os.kill(WARM, 0) is None)",
    "trace the process that started it": "traced(WARM)",
    "read the memory of the process that started it": "memory_of(WARM)",
    "change the limits of the process that started it": "got_through(same_limits, WARM)",
    "see other processes": "got_through(readable, f\"/proc/{about['grader']}/cmdline\")",
    "make System V shared memory": "made_segment()",
    "enter new namespaces": "libc.unshare(0x10000000) == 0",
    "run a program that it wrote": "got_through(ran_own_program)",
}
"""Promise to the attempt to break it, as an expression."""

OVERSTEPS = {
    "CPU time of a call": ("while True: pass", "a call used more than 0.5 s of CPU time"),
    "time of a call": ("time.sleep(100)", f"a call did not return within {0.5 * WALL_FACTOR:g} s"),
    "memory of a process": ("bytearray(2**30)", "the memory limit is 128 MiB"),
    "processes": (
        "[os.fork() or time.sleep(100) for _ in range(100)]",
        "the limit for processes and threads is 12",
    ),
    "open files": ("[os.open('/dev/null', 0) for _ in range(1000)]", "the limit for open files is 128"),
    "size of a file": ("open('f', 'wb').write(bytes(2**22))", "the limit for one file is 1 MiB"),
    "size of all files": (
        "[open(f'f{i}', 'wb').write(bytes(2**20)) for i in range(200)]",
        "the limit for all files together is 64 MiB",
    ),
    "number of files": (
        "[os.close(os.open(f'f{i}', os.O_CREAT)) for i in range(200_000)]",
        "more than the 20000 files and folders allowed",
    ),
    "text of an exception": ("raise ValueError('x' * 10**6)", "x" * 200),
}
"""Limit to the call that passes it, and what the student is told."""


# ----- the table in the documentation -----


def table() -> dict[str, dict[str, str]]:
    """Return the matrix of the threat model: promise to level to what stands in the cell."""
    rows = re.findall(r"^\| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    start = next(index for index, row in enumerate(cells) if row[1:] == [f"`{level}`" for level in LEVELS])
    found: dict[str, dict[str, str]] = {}
    for name, *kept in cells[start + 1 :]:
        if len(kept) != len(LEVELS):
            break
        found[name] = dict(zip(LEVELS, kept, strict=True))
    return found


CELLS = [(promise, level, words) for promise, row in table().items() for level, words in row.items()]
PROMISES = [cell for cell in CELLS if cell[0] in ATTEMPTS]
LIMITED = [cell for cell in CELLS if cell[0] in OVERSTEPS]


def test_the_table_names_every_promise_and_limit():
    """What is tested here stands in the table, and the other way round."""
    tested_apart = {"CPU time of a cell", "time of a cell", "memory of all processes", "output of a cell"}
    assert set(table()) == {*ATTEMPTS, *OVERSTEPS, *tested_apart}
    assert {words.split()[0] for _, _, words in CELLS} <= {"kept", "not"}


# ----- around the sandbox -----


@pytest.fixture(scope="module")
def about(tmp_path_factory):
    """Return what attempts are aimed at: files, listeners, folders and processes that exist."""
    root = tmp_path_factory.mktemp("targets")
    root.chmod(0o755)
    course, home = root / "course", root / "home"
    for folder in (course, home):
        folder.mkdir()
        (folder / "secret").write_text("a secret")
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        path, abstract = str(root / "socket"), f"\0autograder-{os.getpid()}"
        for address in (path, abstract):
            unix = stack.enter_context(socket.socket(socket.AF_UNIX))
            unix.bind(address)
            unix.listen()
        Path(path).chmod(0o777)
        threading.Thread(target=answer_datagrams, args=(udp,), daemon=True).start()
        yield {
            "course file": str(course / "secret"),
            "home file": str(home / "secret"),
            "folders": ["/", "/tmp", "/dev/shm", "/kit/worker", "/scratch", "..", str(course), str(root)],
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "unix": path,
            "abstract": abstract,
            "grader": os.getpid(),
        }


def answer_datagrams(sock: socket.socket) -> None:
    """Send back what comes in, until the socket is closed."""
    with contextlib.suppress(OSError):
        while True:
            data, sender = sock.recvfrom(10)
            sock.sendto(data, sender)


@pytest.fixture(scope="module")
def sandboxes():
    """Return a sandbox of each level that this machine offers, by level."""
    with contextlib.ExitStack() as stack:
        yield {
            level: stack.enter_context(Sandbox(isolation=level))
            for level in LEVELS
            if LEVELS.index(level) >= LEVELS.index(probe().level)
        }


def sandbox_of(sandboxes: dict[str, Sandbox], level: str) -> Sandbox:
    """Return the sandbox of a level, or skip the test."""
    if level not in sandboxes:
        pytest.skip(f"this machine does not offer {level}")
    return sandboxes[level]


@contextlib.contextmanager
def student_of(sandbox: Sandbox, cell: str, limits: Limits = LIMITS) -> Iterator[Any]:
    """Run one cell and yield the student of its names."""
    with open_submission(sandbox, [cell], limits) as submission:
        assert submission.reports[0].error is None
        with submission.student("e") as student:
            yield student


def attempt(sandbox: Sandbox, promise: str, about: dict[str, Any]) -> bool:
    """Return whether an attempt got through, made within a call."""
    cell = f"{BEFORE}\ndef attempt(about):\n    return {ATTEMPTS[promise]}\n"
    with student_of(sandbox, cell) as student:
        return student.attempt(about) is True


# ----- level by promise -----


@pytest.mark.parametrize(("promise", "level", "words"), PROMISES)
def test_a_promise_holds_where_the_table_says_so(sandboxes, about, promise, level, words):
    """An attempt from inside fails where the promise is kept, and succeeds where it is not."""
    sandbox = sandbox_of(sandboxes, level)
    if words.startswith("not") and not is_root:
        pytest.skip("what an ordinary user may do without walls differs between machines")
    assert attempt(sandbox, promise, about) is words.startswith("not")


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "level", "words"), LIMITED)
def test_a_limit_holds_where_the_table_says_so(sandboxes, limit, level, words):
    """A call that passes a limit ends in a sentence that names the limit and its value."""
    sandbox = sandbox_of(sandboxes, level)
    code, sentence = OVERSTEPS[limit]
    if words.startswith("not"):
        pytest.skip("what is not limited is better not tried")
    assert sentence in told(sandbox, code, LIMITS)


def told(sandbox: Sandbox, code: str, limits: Limits) -> str:
    """Return what a student is told of a call."""
    with student_of(sandbox, f"{BEFORE}\ndef attempt():\n    {code}\n", limits) as student:
        try:
            student.attempt()
        except (StudentRaised, WorkerGone) as error:
            return rationale("", "", error, reveal=True)
    return ""


@pytest.mark.parametrize("level", LEVELS)
def test_the_text_of_an_exception_is_cut(sandboxes, level):
    """A megabyte of text becomes a few lines."""
    text = told(sandbox_of(sandboxes, level), OVERSTEPS["text of an exception"][0], LIMITS)
    assert len(text) < 2 * MAX_TEXT


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("while True: pass", "the cell used more than 0.5 s of CPU time"),
        ("import time; time.sleep(100)", f"the cell took more than {0.5 * WALL_FACTOR:g} s"),
    ],
)
def test_the_time_of_a_cell_is_limited(sandboxes, level, code, sentence):
    """A cell is interrupted, and the next one runs."""
    with open_submission(sandbox_of(sandboxes, level), [code, "x = 1"], LIMITS) as submission:
        assert submission.reports[0].error == ("TimeLimit", submission.reports[0].error[1])
        assert sentence in submission.reports[0].error[1]
        assert submission.reports[1].error is None


@pytest.mark.parametrize("level", LEVELS)
def test_the_output_of_a_cell_is_limited(sandboxes, level):
    """What is beyond the limit is cut, with a note that names it."""
    with open_submission(sandbox_of(sandboxes, level), ["print('x' * 10**6)"], LIMITS) as submission:
        (output,) = submission.reports[0].outputs
    assert len(output["text"]) < 17 * 1024
    assert "the limit for the output of a cell is 16 KiB" in output["text"]


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_the_memory_of_all_processes_is_limited(sandboxes, level):
    """Processes that keep to their own limits do not get round the one for all."""
    hold = "os.fork() or (bytearray(b'x') * (100 * 2**20), time.sleep(100))"
    code = f"[{hold} for _ in range(9)] and time.sleep(100)"
    limits = dataclasses.replace(PATIENT, call_cpu_s=10, submission_cpu_s=20)
    sentence = "all its processes together held more than 256 MiB of memory"
    assert sentence in told(sandbox_of(sandboxes, level), code, limits)


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "process"])
def test_an_exercise_cannot_signal_the_process_it_was_forked_from(sandboxes, level):
    """So it can stop neither the tests of the next exercise nor the report of its own end."""
    cell = f"{BEFORE}\ndef attempt():\n    return got_through(lambda: os.kill(os.getppid(), 0) is None)\n"
    with student_of(sandbox_of(sandboxes, level), cell) as student:
        assert student.attempt() is False


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_inherited(sandboxes, level):
    """A submission has no descriptor but its channel, and an environment that says nothing of ours."""
    cell = (
        f"{BEFORE}\n"
        "def kind(fd):\n"
        "    try: return oct(os.fstat(fd).st_mode >> 12)\n"
        "    except OSError: return None\n"
        "descriptors = {fd: kind(fd) for fd in range(256) if kind(fd)}\n"
        "names = sorted(os.environ)\n"
    )
    with student_of(sandbox_of(sandboxes, level), cell) as student:
        assert student.descriptors == {0: "0o2", 1: "0o2", 2: "0o2", 3: "0o14"}
        assert not [name for name in student.names if re.search("TOKEN|SSH|PYTEST|VIRTUAL|PWD", name)]


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "process"])
def test_a_course_within_a_library_folder_is_masked(level, tmp_path, monkeypatch):
    """A course may lie where libraries do; it is out of reach all the same."""
    if LEVELS.index(level) < LEVELS.index(probe().level):
        pytest.skip(f"this machine does not offer {level}")
    library = tmp_path / "library"
    course = library / "courses" / "mine"
    course.mkdir(parents=True)
    for folder in (library, course):
        (folder / "file").write_text("text")
    tmp_path.chmod(0o755)
    folders = [*walls_module.library_folders(), library]
    monkeypatch.setattr(walls_module, "library_folders", lambda: folders)
    cell = f"{BEFORE}\ndef attempt(path):\n    return got_through(readable, path)\n"
    with (
        Sandbox(isolation=level, hidden=[course]) as sandbox,
        student_of(sandbox, cell) as student,
    ):
        assert student.attempt(str(library / "file")) is True
        assert student.attempt(str(course / "file")) is False


# ----- each wall alone -----


@contextlib.contextmanager
def only(walls: Walls, *, level: str = "process") -> Iterator[Sandbox]:
    """Open a sandbox with some of the walls and no others; bubblewrap is the level `sealed` without any."""
    with Sandbox(isolation=level) as sandbox:
        sandbox.walls = walls
        yield sandbox


ALL = submission_walls("restricted", Path(walls_module.__file__).parent / "worker", Path("/nonexistent"))

LANDLOCK = dataclasses.replace(ALL, uid=None, read_all=False, seccomp=False, keep_metadata=False)
SECCOMP = Walls(seccomp=True, keep_metadata=True)
USER = Walls(uid=ALL.uid, read_all=True)

HELD_ALONE = {
    "landlock": [
        *("read the course folder", "read the home folder", "read /etc", "write outside its own folder"),
        *("connect by TCP", "listen by TCP", "connect to an abstract socket"),
        *("signal the process that started it", "trace the process that started it"),
        *("read the memory of the process that started it", "see other processes"),
        *("run a program that it wrote",),
    ],
    "seccomp": [
        *("connect by TCP", "listen by TCP", "send by UDP", "connect to a unix socket"),
        *("connect to an abstract socket", "change modes and times of files"),
        *("trace the process that started it", "read the memory of the process that started it"),
        *("change the limits of the process that started it", "make System V shared memory"),
        *("enter new namespaces",),
    ],
    "user": [
        *("signal the process that started it", "trace the process that started it"),
        *("read the memory of the process that started it", "change modes and times of files"),
        *("change the limits of the process that started it",),
    ],
    "bubblewrap": [
        *("read the course folder", "read the home folder", "read /etc"),
        *("change modes and times of files", "connect by TCP", "send by UDP", "connect to a unix socket"),
        *("connect to an abstract socket", "see other processes"),
    ],
}
"""What each wall stops by itself. (As root, bubblewrap's other walls need the user.)"""


@pytest.mark.parametrize(
    ("wall", "promise"), [(wall, promise) for wall, promises in HELD_ALONE.items() for promise in promises]
)
def test_a_wall_holds_alone(about, wall, promise):
    """With all others down, a wall still stops what it is there for; without it, nothing would."""
    if wall == "user" and ALL.uid is None:
        pytest.skip("only root can become another user")
    if wall == "bubblewrap" and probe().bubblewrap is None:
        pytest.skip("this machine has no bubblewrap")
    if wall == "landlock" and probe().landlock < walls_module.LANDLOCK_ABI_RESTRICTED:
        pytest.skip("this kernel's Landlock covers less")
    if wall == "seccomp" and not probe().seccomp:
        pytest.skip("this machine has no libseccomp")
    walls = {"landlock": LANDLOCK, "seccomp": SECCOMP, "user": USER, "bubblewrap": Walls()}[wall]
    with only(walls, level="sealed" if wall == "bubblewrap" else "process") as sandbox:
        assert attempt(sandbox, promise, about) is False


def test_pretended_calls_do_nothing(tmp_path):
    """Behind the filter a change of mode reports success and changes nothing, and files can be copied."""
    if not probe().seccomp:
        pytest.skip("this machine has no libseccomp")
    path = tmp_path / "file"
    path.write_text("x")
    path.chmod(0o644)
    cell = (
        "import os, shutil\ndef attempt(path):\n    os.chmod(path, 0)\n    os.utime(path, (7, 7))\n"
        "    shutil.copy2(path, 'copy')\n    return os.listdir('.')"
    )
    with only(SECCOMP) as sandbox, student_of(sandbox, cell) as student:
        assert student.attempt(str(path)) == ["copy"]
    assert path.stat().st_mode & 0o777 == 0o644
    assert path.stat().st_mtime != 7


def test_a_wall_that_cannot_be_raised_ends_the_submission(monkeypatch):
    """A submission is never run behind fewer walls than its result says."""
    with only(Walls(uid=2**32 - 1)) as sandbox:
        submission = open_submission(sandbox, ["x = 1"], LIMITS)
        with pytest.raises(WorkerGone, match="could not be"):
            submission.__enter__()


def test_the_filter_is_composed_once_for_all_submissions(monkeypatch):
    """What was composed before a fork is there behind it, and libseccomp is not asked again."""
    if not probe().seccomp:
        pytest.skip("this machine has no libseccomp")
    worker_walls.make_ready(SECCOMP)
    monkeypatch.setattr(worker_walls, "load_libseccomp", lambda: pytest.fail("asked again"))
    worker_walls.make_ready(SECCOMP)


def test_a_filter_that_cannot_be_composed_is_missed_by_whoever_raises_it(monkeypatch):
    """Preparing it refuses nobody: the submission's own process says what is missing, and is not run."""
    monkeypatch.setattr(worker_walls, "load_libseccomp", lambda: None)
    worker_walls._seccomp_program.cache_clear()
    worker_walls.make_ready(SECCOMP)
    with pytest.raises(worker_walls.WallError, match="libseccomp is not installed"):
        worker_walls._seccomp(keep_metadata=True)


# ----- choosing a level -----

STRONG = Machine(("bwrap",), "", 7, seccomp=True)


@pytest.mark.parametrize(
    ("machine", "level"),
    [
        (STRONG, "sealed"),
        (dataclasses.replace(STRONG, seccomp=False), "sealed"),
        (dataclasses.replace(STRONG, landlock=0), "process"),
        (dataclasses.replace(STRONG, bubblewrap=None), "restricted"),
        (dataclasses.replace(STRONG, bubblewrap=None, landlock=5), "process"),
        (dataclasses.replace(STRONG, bubblewrap=None, seccomp=False), "process"),
    ],
)
def test_the_level_follows_from_what_the_machine_offers(machine, level):
    """No level is claimed without the walls that it is made of."""
    assert machine.level == level


def test_without_walls_grading_is_refused_unless_asked_for_by_name(monkeypatch):
    """One sentence says why and what to do."""
    weak = dataclasses.replace(STRONG, bubblewrap=None, landlock=0, why_no_bubblewrap="bubblewrap is away")
    monkeypatch.setattr(walls_module, "probe", lambda: weak)
    with pytest.raises(IsolationRefused, match=r"bubblewrap is away.*--isolation process"):
        choose_isolation(None)
    assert choose_isolation("process") == "process"
    with pytest.raises(IsolationRefused, match="cannot be had"):
        choose_isolation("sealed")
    with pytest.raises(IsolationRefused, match="does not exist"):
        choose_isolation("sealde")


# ----- what walls cost -----


def test_walls_cost_little(sandboxes):
    """Opening and ending a submission behind the strongest walls takes milliseconds."""
    sandbox = sandbox_of(sandboxes, probe().level)
    durations = []
    for _ in range(20):
        started = time.perf_counter()
        with open_submission(sandbox, [], LIMITS) as submission, submission.student("e"):
            pass
        durations.append(time.perf_counter() - started)
    assert sorted(durations)[5] < 0.05
    assert threading.active_count() < 20


@pytest.mark.skipif(probe().bubblewrap is None, reason="bubblewrap does not work on this machine")
def test_bubblewrap_is_found_from_a_checkout_in_a_temporary_folder(tmp_path, monkeypatch):
    """The trial hides no folder, so an environment under /tmp does not look like a machine without walls."""
    python = tmp_path / "python"
    python.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(python))
    assert walls_module._probe_bubblewrap()[0] is not None


# ----- memory that no process is charged for -----

UNCOUNTED = {
    "shared memory that is handed on": "mmap.mmap(-1, 4096)",
    "a device that makes shared memory": "os.open('/dev/zero', os.O_RDWR)",
    "attributes of files": "(open('f', 'w').close(), os.setxattr('f', 'user.a', b'x'))",
    "large buffers of sockets": "PAIR[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)",
    "large buffers of sockets, with bits that the kernel ignores": (
        "libc.syscall(54, PAIR[0].fileno(), ctypes.c_long(1 | 1 << 40), ctypes.c_long(7), BUFFER, 4) == 0"
    ),
}
"""What would hold memory that the watch cannot see, as an expression that gets it."""


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "process"])
@pytest.mark.parametrize("what", UNCOUNTED)
def test_no_memory_is_had_that_the_watch_cannot_see(sandboxes, level, what):
    """A limit for all processes together is none if they can keep memory elsewhere."""
    if not probe().seccomp:
        pytest.skip("this machine has no libseccomp")
    if "libc.syscall" in UNCOUNTED[what] and os.uname().machine != "x86_64":
        pytest.skip("the number of the call is that of another machine")
    cell = (
        f"{BEFORE}\nimport mmap\nPAIR = socket.socketpair()\n"
        "BUFFER = ctypes.create_string_buffer(b'\\0\\0\\1\\0')\n"
        f"def attempt():\n    got = {UNCOUNTED[what]}\n    return got is not False\n"
        "def refused():\n    return not got_through(attempt)\n"
    )
    with student_of(sandbox_of(sandboxes, level), cell) as student:
        assert student.refused() is True


def test_what_uses_the_same_calls_honestly_still_works(sandboxes):
    """Private memory, mapped files, socket pairs and event loops are not touched by it."""
    cell = (
        f"{BEFORE}\nimport asyncio, mmap, tempfile\nimport numpy as np\n"
        "def attempt():\n"
        "    with tempfile.TemporaryFile() as file:\n"
        "        file.truncate(4096)\n"
        "        mmap.mmap(file.fileno(), 4096).close()\n"
        "    mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()\n"
        "    np.memmap('x', shape=(9,), mode='w+')[:] = 1\n"
        "    return asyncio.run(asyncio.sleep(0, 7))\n"
    )
    with student_of(sandbox_of(sandboxes, probe().level), cell) as student:
        assert student.attempt() == 7
