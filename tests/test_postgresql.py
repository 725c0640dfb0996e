"""A gradebook in PostgreSQL: a real server, the rows of SQLite, nbgrader's commands, clear sentences."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.pool import NullPool

from autograder.errors import CourseError

if TYPE_CHECKING:
    from autograder.assignment import Course

pytestmark = pytest.mark.slow

PROGRAMS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *os.get_exec_path())
PASSWORD = "open-sesame"


class Server:
    """A PostgreSQL server on loopback, with a new database for each test."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.databases = programs, folder, 0
        # the server refuses to run as root
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> None:
        """Make the server's files and start it."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self.user:
            shutil.chown(secret, self.user)
        options = ("-U", "teacher", "-A", "scram-sha-256", "--pwfile", str(secret), "-E", "UTF8")
        self._run("initdb", "-D", str(self.folder / "data"), "--locale=C", "--no-sync", *options)
        self._ctl("start", "-o", f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off")

    def stop(self) -> None:
        """End the server."""
        self._ctl("stop", "-m", "immediate")

    def _ctl(self, verb: str, *options: str) -> None:
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", verb, "-w", "-D", data, "-l", log, *options)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """Return the URL of a database."""
        return f"postgresql+psycopg://teacher:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        self.databases += 1
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"create database gradebook{self.databases}")
        return self.url(f"gradebook{self.databases}")


@pytest.fixture(scope="module")
def server():
    """Return a server; skipped where PostgreSQL is not installed, but for CI."""
    found = [Path(folder) for folder in PROGRAMS if (Path(folder) / "initdb").exists()]
    if not found:
        assert not os.environ.get("CI"), "CI must have PostgreSQL: install the package postgresql"
        pytest.skip("PostgreSQL's server is not installed: on Debian or Ubuntu, the package postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gradebook-server-"))
    server = Server(found[0], folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def shared(server, monkeypatch):
    """Return the URL of an empty gradebook in PostgreSQL, which the environment names."""
    url = server.new_database()
    monkeypatch.setenv("AUTOGRADER_DB_URL", url)
    return url


def tables(url: str) -> dict[str, list[dict[str, object]]]:
    """Return the whole gradebook by table, whatever database it is in."""
    engine, found = create_engine(url, poolclass=NullPool), MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in sorted(found.tables.items())
        }


def hand_in(classroom) -> None:
    """Hand in right, half right, wrong, late and unreadable work."""
    classroom.submit("ana", classroom.right)
    classroom.submit(
        "ben", {**classroom.right, "scale": "pass  # half"}, timestamp_txt="2031-01-01 00:00:00 UTC"
    )
    classroom.submit("박지훈", {})
    classroom.submit_bytes("dan", b"no notebook")


def grade_and_lose_the_server(classroom, server) -> None:
    """Grade, while the server ends all connections after each submission."""
    from autograder.gradebook import open_record  # noqa: PLC0415 - nbgrader takes seconds to import

    ending = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
    with open_record(classroom.course, classroom.assignment) as record:
        for student, graded in classroom.graded(record.template):
            record.write(student, graded)
            with create_engine(server.url(), poolclass=NullPool).connect() as connection:
                connection.exec_driver_sql(ending)


def run(command: str, *arguments: str, course: Course) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in a course folder."""
    return subprocess.run(
        [sys.executable, "-m", command, *arguments],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_rows_are_those_of_sqlite(classroom, server, monkeypatch):
    """Table by table, but for generated ids, after a grading and a second one."""
    hand_in(classroom)
    classroom.grade()
    classroom.grade()
    expected = classroom.named(tables(f"sqlite:///{classroom.course.root / 'gradebook.db'}"))
    url = server.new_database()
    monkeypatch.setenv("AUTOGRADER_DB_URL", url)
    (classroom.course.root / "gradebook.db").unlink()
    classroom.grade()
    classroom.grade()
    assert classroom.named(tables(url)) == expected
    assert not (classroom.course.root / "gradebook.db").exists()


def test_a_name_that_is_too_long_for_the_server_stops_nobody(classroom, shared):
    """SQLite takes any length; a server does not, and the class goes on."""
    classroom.submit("x" * 200, classroom.right)
    classroom.submit("zoe", classroom.right)
    recorded = classroom.grade()
    assert "longer than 128 characters" in recorded["x" * 200].problems[0]
    assert [row["id"] for row in tables(shared)["student"]] == ["zoe"]


def test_commands_of_nbgrader_read_it(classroom, shared):
    """`nbgrader export` and `nbgrader generate_feedback` find the scores."""
    hand_in(classroom)
    classroom.grade()
    shutil.rmtree(classroom.course.root / "feedback")
    exported = run("nbgrader", "export", "--to=grades.csv", course=classroom.course)
    assert exported.returncode == 0, exported.stderr
    assert "박지훈" in (classroom.course.root / "grades.csv").read_text(encoding="utf-8")
    made = run("nbgrader", "generate_feedback", "scale", "--force", course=classroom.course)
    assert made.returncode == 0, made.stderr
    assert (classroom.folder("feedback", "ana") / "scale.html").exists()
    assert PASSWORD not in exported.stderr + made.stderr


def test_two_machines_may_grade_at_once(course, shared, tmp_path):
    """Two course folders, one empty gradebook: one run waits for the other, and both end well."""
    for name in ("ana", "ben", "chi"):
        course.hand_in(name)
    shutil.copytree(course.course.root, tmp_path / "second")
    command = [sys.executable, "-m", "autograder", "grade", "affine", "--isolation=process", "--jobs=1"]
    folders = [course.course.root, tmp_path / "second"]
    runs = [subprocess.Popen([*command, f"--course={folder}"], stderr=subprocess.PIPE) for folder in folders]
    said = [each.communicate(timeout=600)[1].decode() for each in runs]
    assert [each.returncode for each in runs] == [0, 0], said
    found = tables(shared)
    assert sorted(row["id"] for row in found["student"]) == ["ana", "ben", "chi"]
    assert len(found["submitted_notebook"]) == 3


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+psycopg://teacher:{password}@127.0.0.1:1/x", "The gradebook's server cannot be used ("),
        ("postgresql+psycopg://teacher:{password}1@127.0.0.1:{port}/x", "password authentication failed"),
        ("postgresql+psycopg://teacher:{password}@127.0.0.1:{port}/none", "does not exist"),
        ("postgresql+psycopg://teacher:x@{password}@127.0.0.1:{port}/x", "must have %40 for @"),
        ("postgresql+nothing://teacher:{password}@127.0.0.1:{port}/x", "nbgrader_config.py cannot be used"),
        ("teacher:{password}", "not of the form dialect+driver://user@host/name"),
    ],
    ids=["away", "password", "database", "at sign", "driver", "no URL"],
)
def test_a_gradebook_that_cannot_be_used_is_one_sentence(classroom, cli, server, monkeypatch, *, url, says):
    """Exit code 2, and never the password."""
    classroom.submit("ana", classroom.right)
    monkeypatch.setenv("AUTOGRADER_DB_URL", url.format(password=PASSWORD, port=server.port))
    code, out, err = cli("grade", "scale", "--isolation=process", f"--course={classroom.course.root}")
    said = [line for line in err.splitlines() if "No walls" not in line]
    assert (code, out, len(said)) == (2, "", 1), err
    assert says in said[0]
    assert PASSWORD not in err


def test_a_server_that_goes_away_loses_nothing_that_was_graded(classroom, server, shared):
    """The run ends with one sentence; the next one has the same rows as if nothing had happened."""
    hand_in(classroom)
    with pytest.raises(CourseError, match="server cannot be used") as error:
        grade_and_lose_the_server(classroom, server)
    assert PASSWORD not in str(error.value)
    classroom.grade()
    assert len(tables(shared)["submitted_notebook"]) == 4
