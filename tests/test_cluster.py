"""A class on a real Dask cluster of this machine: the same document, whatever becomes of the workers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from autograder.walls import probe

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Classroom

pytestmark = pytest.mark.slow

PATIENCE_S = 120
STOP_S = 20
MEAN = {"bias-gradient": "def bias_gradient(dY):\n    return dY.mean(axis=0)"}
DIES = {"bias-gradient": "import os\n\ndef bias_gradient(dY):\n    os._exit(0)"}
# Dask loads a file twice in one process, so what it changes must bear that: a subclass does
KILLER = """
import os
from autograder import engine

class Killer(engine.Engine):
    def grade(self, collected, source):
        if collected.student == "eve":
            os._exit(9)
        return super().grade(collected, source)

engine.Engine = Killer
"""
BOTTOMLESS = """
from autograder import engine

class Bottomless(engine.Engine):
    def grade(self, collected, source):
        return self.grade(collected, source)

engine.Engine = Bottomless
"""
OTHER_VERSION = """
from autograder import engine

engine.engine_fingerprint = lambda: "of another version"
"""
IMPATIENT = "import autograder.cluster as c; c.ALONE_S = 3.0; from autograder.cli import main; main()"


def wait_until(condition, what: str) -> None:
    """Wait for something that happens in other processes."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.05)


class Dask:
    """A scheduler and workers, started with Dask's own commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmp = folder / "tmp"
        self.tmp.mkdir()
        self.processes: list[subprocess.Popen[bytes]] = []
        # given up at once: a task that takes a worker along is tried alone by the kit
        self.environment = os.environ | {
            "TMPDIR": str(self.tmp),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
            "DASK_TEMPORARY_DIRECTORY": str(self.tmp),
        }
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.start("dask_scheduler", *options)
        wait_until(lambda: file.exists() and file.read_text().endswith("}"), "the scheduler listens")
        self.address = json.loads(file.read_text())["address"]

    def start(self, command: str, *options: str) -> subprocess.Popen[bytes]:
        """Start one of Dask's commands."""
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{command}", *options],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def worker(self, preload: str = "", *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker and wait until the scheduler knows it."""
        log = self.folder / f"{len(self.processes)}.log"
        options = ["--nthreads", "1", "--no-dashboard", "--nanny" if nanny else "--no-nanny"]
        if preload:
            (self.folder / "preloaded.py").write_text(preload)
            options += ["--preload", str(self.folder / "preloaded.py")]
        process = self.start("dask_worker", self.address, *options)
        wait_until(lambda: b"Registered to" in log.read_bytes(), "the worker is registered")
        return process

    def left_over(self) -> list[Path]:
        """Return temporary files and folders of the kit."""
        return sorted(self.tmp.rglob("autograder-*"))

    def descendants(self) -> list[str]:
        """Return what the workers have started."""
        found: list[str] = []
        for process in self.processes[1:]:
            with contextlib.suppress(psutil.NoSuchProcess):
                found += [child.name() for child in psutil.Process(process.pid).children(recursive=True)]
        return found

    def stop(self) -> None:
        """End everything, the scheduler last: a worker may hang when both are told at the same moment."""
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def dask(tmp_path):
    """Return a Dask scheduler without workers; nothing of the kit may be left of it."""
    folder = tmp_path / "dask"
    folder.mkdir()
    dask = Dask(folder)
    try:
        yield dask
    finally:
        dask.stop()


@pytest.fixture
def klass(course):
    """Return a class of right, wrong and dying answers and a file that is no notebook."""
    for number, name in enumerate(["ana", "ben", "chi", "dan", "eve", "fay", "gus", "hal", "ida", "jon"]):
        course.hand_in(name, MEAN if number % 2 else DIES if number == 2 else None)
    course.submit_bytes("kim", b"no notebook")
    return course


def start(course: Classroom, *arguments: str, program: tuple[str, ...] = ("-m", "autograder")):
    """Start `autograder grade --json` in a process of its own."""
    options = ("--json", f"--isolation={probe().level}", f"--course={course.course.root}")
    return subprocess.Popen(
        [sys.executable, *program, "grade", "affine", *options, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Wait for the end of a command, which is ended if it takes too long: standard output and error."""
    try:
        return process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()


def grade(course: Classroom, *arguments: str) -> tuple[int, bytes, str]:
    """Grade: exit code, document, standard error."""
    with start(course, *arguments) as process:
        out, err = ended(process)
    return process.returncode, out, err.decode()


def results(course: Classroom) -> int:
    """Return how many results are kept."""
    return len(list((course.course.root / ".autograder" / "results").rglob("*.json")))


def sentence(err: str) -> str:
    """Return the one line that is said, without the warning about missing walls."""
    (said,) = [line for line in err.splitlines() if "No walls" not in line]
    return said


def test_a_cluster_gives_the_document_of_one_machine(dask, klass):
    """Byte for byte; when the class is done, nothing of it is left on the workers."""
    dask.worker()
    dask.worker()
    code, document, err = grade(klass, f"--scheduler={dask.address}")
    assert (code, err.count("Traceback")) == (1, 0)
    assert dask.left_over() == []
    assert dask.descendants() == []
    assert grade(klass, "--force")[:2] == (1, document)


def test_a_worker_that_is_killed_loses_nothing(dask, klass):
    """What it had is graded by the other one; its sandbox ends with it, its files with the next worker."""
    doomed = dask.worker()
    dask.worker()
    with start(klass, f"--scheduler={dask.address}") as process:
        wait_until(lambda: results(klass) >= 1, "something is graded")
        wait_until(lambda: psutil.Process(doomed.pid).children(), "the worker has a sandbox")
        sandboxes = psutil.Process(doomed.pid).children(recursive=True)
        doomed.kill()
        assert results(klass) < 11
        document, _ = ended(process)
    assert process.returncode == 1
    assert len(json.loads(document)["submissions"]) == 11
    wait_until(lambda: not any(each.is_running() for each in sandboxes), "its sandbox ends")
    dask.worker()
    assert dask.left_over() == []
    assert grade(klass, "--force")[:2] == (1, document)


def test_a_submission_that_takes_workers_along_is_ungradable(dask, klass):
    """It is tried a few times, then recorded with the reason; the class goes on."""
    dask.worker(KILLER, nanny=True)
    dask.worker(KILLER, nanny=True)
    code, out, _ = grade(klass, f"--scheduler={dask.address}")
    found = {each["student"]: each for each in json.loads(out)["submissions"]}
    assert code == 1
    assert [name for name, each in found.items() if each["status"] != "graded"] == ["eve", "kim"]
    assert "ended unexpectedly, twice" in found["eve"]["reason"]


def test_a_fault_whose_traceback_cannot_be_sent_ends_the_run_with_one_sentence(dask, course):
    """Dask loses an error with such a traceback; nobody waits for it for ever."""
    course.hand_in("ana")
    dask.worker(BOTTOMLESS)
    code, out, err = grade(course, f"--scheduler={dask.address}")
    assert (code, out) == (2, b"")
    assert sentence(err).startswith("This is a fault of the kit, not yours (RecursionError: ")


def test_workers_that_are_all_gone_end_the_run_with_one_sentence(dask, klass):
    """What was graded is kept, and nothing waits for ever."""
    only = dask.worker()
    with start(klass, f"--scheduler={dask.address}", program=("-c", IMPATIENT)) as process:
        wait_until(lambda: results(klass) >= 1, "something is graded")
        only.send_signal(signal.SIGKILL)
        out, err = ended(process)
    assert (process.returncode, out) == (2, b"")
    assert "are gone" in err.decode()
    assert "Traceback" not in err.decode()
    assert results(klass) >= 1


def test_an_address_where_nobody_listens_is_one_sentence(course):
    """The connection is refused, and that is said at once."""
    course.hand_in("ana")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code, out, err = grade(course, f"--scheduler=tcp://127.0.0.1:{port}")
    assert (code, out) == (2, b"")
    assert sentence(err).startswith(f"No Dask scheduler answers at tcp://127.0.0.1:{port} (")
    assert "refused" in err


def test_a_scheduler_without_workers_is_one_sentence(dask, course):
    """It says how to start some."""
    course.hand_in("ana")
    code, out, err = grade(course, f"--scheduler={dask.address}")
    assert (code, out) == (2, b"")
    assert sentence(err).endswith(f"has no workers; start some: dask worker {dask.address}")


def test_a_worker_with_another_version_of_the_kit_is_one_sentence(dask, course):
    """Results of two versions never stand side by side."""
    course.hand_in("ana")
    dask.worker(OTHER_VERSION)
    code, out, err = grade(course, f"--scheduler={dask.address}")
    assert (code, out) == (2, b"")
    assert sentence(err).startswith("A worker has another version of the kit (")
