"""`autograder doctor`: the level that a machine offers, and how to get more, in an instructor's words."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import walls
from autograder.doctor import Found, advise, examine, levels, rows
from autograder.walls import LEVELS, Machine, probe, why_not

CONTAINER = Path(__file__).with_name("container.py")
NO_BUBBLEWRAP = "bubblewrap is not installed"
FORBIDDEN = "bubblewrap cannot work here (No permissions to create new namespace)"
STRONG = Machine(("bwrap",), "", 7, seccomp=True)
needs_walls = pytest.mark.skipif(
    probe().landlock < walls.LANDLOCK_ABI_RESTRICTED or not probe().seccomp,
    reason="this machine does not offer `restricted`",
)


def found(machine: Machine, **more) -> Found:
    """Return what is found on a machine whose walls hold if they are there."""
    return Found(machine, {level: machine.lacks(level) for level in LEVELS}, **more)


def without(**lacking) -> Machine:
    """Return a strong machine that lacks something."""
    return dataclasses.replace(STRONG, **lacking)


MACHINES = {
    "all is well": (found(STRONG), "sealed", []),
    "no bubblewrap": (
        found(without(bubblewrap=None, why_no_bubblewrap=NO_BUBBLEWRAP)),
        "restricted",
        ["Install bubblewrap"],
    ),
    "no libseccomp": (found(without(seccomp=False)), "sealed", ["libseccomp2"]),
    "an old kernel without bubblewrap": (
        found(without(bubblewrap=None, why_no_bubblewrap=NO_BUBBLEWRAP, landlock=4)),
        "process",
        ["Install bubblewrap", "Linux 6.12"],
    ),
    "no Landlock": (found(without(landlock=0)), "process", ["Linux 5.13"]),
    "an ordinary container": (
        found(without(bubblewrap=None, why_no_bubblewrap=FORBIDDEN), is_container=True),
        "restricted",
        ["--security-opt seccomp=unconfined"],
    ),
    "an old container": (
        found(without(bubblewrap=None, why_no_bubblewrap=FORBIDDEN, landlock=0), is_container=True),
        "process",
        ["--security-opt seccomp=unconfined", "too old"],
    ),
    "Ubuntu": (
        found(
            without(bubblewrap=None, why_no_bubblewrap=FORBIDDEN),
            forbids_namespaces="kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        "restricted",
        ["sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"],
    ),
    "an administrator's policy": (
        found(without(bubblewrap=None, why_no_bubblewrap=FORBIDDEN)),
        "restricted",
        ["user namespaces"],
    ),
    "a kernel that does not tell": (found(STRONG, can_watch=False), "sealed", ["--jobs 1"]),
    "a root without rights": (
        Found(STRONG, {"sealed": "x", "restricted": "its walls cannot be raised (x)", "process": ""}),
        "process",
        ["--user 1000"],
    ),
    "no Linux": (
        found(without(bubblewrap=None, landlock=0, seccomp=False), is_linux=False),
        "process",
        ["WSL 2"],
    ),
}


@pytest.mark.parametrize(("machine", "level", "words"), MACHINES.values(), ids=MACHINES)
def test_each_kind_of_machine_gets_its_advice(machine, level, words):
    """The level that can be had, and one sentence for each thing that would give more."""
    assert machine.level == level
    advice = list(advise(machine))
    assert len(advice) == len(words)
    assert all(word in sentence for word, sentence in zip(words, advice, strict=True))
    assert len(rows(machine)) == 4
    assert [name for name, _, _ in levels(machine)] == list(LEVELS)


def test_this_machine_is_examined_by_trying():
    """A level that can be had was had: its walls stood around a process of ours."""
    assert examine().why_not == {level: why_not(level) for level in LEVELS}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"uid": 2**32 - 1}, "its walls cannot be raised"),
        ({"readable": ("/usr/lib",)}, "its user cannot read"),
        ({"uid": None, "landlock": False}, "the number of its processes cannot be limited"),
    ],
)
def test_walls_that_do_not_hold_are_found_by_trying(monkeypatch, change, words):
    """What would make every submission ungradable, or unlimited, is known before the first one."""
    if os.geteuid() != 0:
        pytest.skip("only root lacks limits and becomes others")
    real = walls.submission_walls
    monkeypatch.setattr(walls, "submission_walls", lambda *args: dataclasses.replace(real(*args), **change))
    walls._trial.cache_clear()
    try:
        assert words in walls._trial("restricted", probe())
    finally:
        walls._trial.cache_clear()


# ----- inside a container -----


def inside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program inside a container."""
    return subprocess.run(
        [sys.executable, CONTAINER, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(CONTAINER.parents[1]), "COLUMNS": "200", **environment},
    )


def is_private() -> bool:
    """Whether the interpreter lies in a folder of root's that nobody else may pass."""
    folders = Path(sys.executable).resolve().parents
    return os.geteuid() == 0 and not all(folder.stat().st_mode & 0o001 for folder in folders)


needs_passage = pytest.mark.skipif(is_private(), reason="the interpreter lies in a private folder of root's")


@needs_walls
@needs_passage
def test_in_an_unprivileged_container_restricted_can_be_had():
    """No namespaces, few capabilities: bubblewrap cannot work, the other walls can."""
    ran = inside(sys.executable, "-m", "autograder", "doctor", container="docker")
    assert ran.returncode == 0, ran.stderr
    assert "`autograder grade` uses: restricted" in ran.stdout
    assert "--security-opt" in ran.stdout


@needs_walls
def test_in_an_old_container_nothing_can_be_had_and_grade_refuses():
    """Where Landlock is hidden as well, one sentence says so."""
    old = "--without-landlock"
    ran = inside(old, sys.executable, "-m", "autograder", "doctor", container="docker")
    assert ran.returncode == 1
    assert "uses: nothing, unless it is told --isolation process" in ran.stdout
    ran = inside(
        old, sys.executable, "-c", "from autograder.walls import choose_isolation; choose_isolation(None)"
    )
    assert "IsolationRefused" in ran.stderr
    assert "restricted: Landlock is missing" in ran.stderr


PROGRAM = '''
from autograder.assignment import Limits
from autograder.sandbox import Sandbox
from autograder.student.remote import open_submission

CELL = """
import os, socket
def attempt():
    for bad in (lambda: open("/etc/passwd"), lambda: socket.socket(), lambda: os.kill(os.getppid(), 0)):
        try:
            bad()
        except OSError:
            continue
        return "got through"
    open("file", "w").close()
    return "kept"
"""
with Sandbox(isolation="restricted") as sandbox, open_submission(sandbox, [CELL], Limits()) as submission:
    with submission.student("e") as student:
        print(student.attempt())
'''


@needs_walls
@pytest.mark.skipif(not is_private(), reason="everybody may pass to the interpreter")
def test_in_a_container_an_interpreter_of_roots_own_is_found_out_by_trying():
    """Root may not read there what permissions hide, so its submissions could import nothing."""
    ran = inside(sys.executable, "-m", "autograder", "doctor", container="docker")
    assert ran.returncode == 1
    assert "Permission denied" in ran.stdout
    assert "--user 1000" in ran.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes others")
def test_root_of_a_container_becomes_another_user_with_the_capabilities_that_it_has():
    """It has none to keep for reading, and goes on without."""
    become = (
        "import os; from autograder.worker.walls import _become; _become(2_000_000_001, read_all=True); "
        "print(os.getuid(), [line for line in open('/proc/self/status') if line.startswith('CapEff')])"
    )
    ran = inside(sys.executable, "-c", become)
    assert ran.stdout == "2000000001 ['CapEff:\\t0000000000000000\\n']\n", ran.stderr


@needs_walls
@needs_passage
def test_a_submission_is_kept_in_inside_an_unprivileged_container():
    """Root has not all capabilities there: the walls must not need one that is missing."""
    ran = inside(sys.executable, "-c", PROGRAM, TMPDIR="/tmp")
    assert ran.stdout == "kept\n", ran.stderr[-2000:]


NUMBER = os.getpid() % 10_000


@pytest.mark.parametrize(
    ("users", "other"),
    [
        (["0 0 4294967295"], 2_000_000_000 + os.getpid()),
        (["0 100000 65536"], 65535 - NUMBER),
        (["0 1000 1", "1 100000 65536"], 65536 - NUMBER),
        (["0 1000 1"], None),
    ],
)
def test_root_becomes_a_user_that_there_is(monkeypatch, users, other):
    """A rootless container knows some users only, or nobody but its root, who is then an ordinary user."""
    rows = [map(int, user.split()) for user in users]
    ranges = [range(first, first + count) for first, _, count in rows]
    monkeypatch.setattr(walls, "_mapped", lambda _name: ranges)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert walls._other_user() == other
