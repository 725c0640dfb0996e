"""One pytest of our own, shut off from its surroundings.

It runs in a student's kernel, in the grader and inside other pytests, so it reads no conftest, no ini file
and no plugin but ours, prints nothing, writes no cache and no bytecode, and leaves the process as it was.
"""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from typing import TYPE_CHECKING

import pytest

from autograder.errors import AuthorError, CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNUSED_PLUGINS = (
    "cacheprovider",
    "capture",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "legacypath",
    "logging",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "threadexception",
    "unittest",
    "unraisableexception",
    "warnings",
)
"""They print, write files, or swap hooks of the process that belong to the student's kernel."""


class SuitePlugin:
    """The base of our plugins: it does `visit` in the place of pytest's own loop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.failure: BaseException | None = None

    def visit(self, items: list[pytest.Item]) -> None:
        """Do what there is to do with the collected tests."""
        raise NotImplementedError

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known."""
        config.addinivalue_line(
            "markers", "exercise(id, aspect): the exercise and aspect that a test belongs to"
        )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the reason why a suite could not be read."""
        if report.failed:
            reason = str(report.longrepr).strip().splitlines()[-1]
            self.failure = AuthorError(self.path, "", f"pytest cannot read it ({reason})", "Correct that")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Replace pytest's loop; what goes wrong is raised again by `run_pytest`."""
        if self.failure is None:
            try:
                self.visit(session.items)
            except BaseException as error:  # noqa: BLE001 - it is raised again outside of pytest
                self.failure = error
        return True

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep pytest's own failure and say that it needs no printing."""
        self.failure = self.failure or excinfo.value
        return True


def run_pytest(plugin: SuitePlugin) -> None:
    """Collect the plugin's file and let the plugin visit its tests.

    Raises
    ------
    CourseError
        There is no such file.
    AuthorError
        The file cannot be imported.
    """
    if not plugin.path.is_file():
        raise CourseError(f"There is no test suite {plugin.path}.")
    with _undisturbed(plugin.path.stem):
        pytest.main(_arguments(plugin.path), plugins=[plugin])
    if plugin.failure is not None:
        raise plugin.failure


def _arguments(path: Path) -> list[str]:
    return [
        str(path),
        f"--rootdir={path.parent}",
        "-c",
        os.devnull,
        "--noconftest",
        "--import-mode=importlib",
        "--assert=plain",
        *(f"-pno:{name}" for name in _UNUSED_PLUGINS),
    ]


@contextlib.contextmanager
def _undisturbed(module_name: str) -> Iterator[None]:
    """Put back what pytest and the suite change in this process."""
    environment = dict(os.environ)
    module = sys.modules.pop(module_name, None)
    dont_write_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    last = {name: getattr(sys, name) for name in _LAST if hasattr(sys, name)}
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        _restore_environment(environment)
        _restore_last(last)
        sys.dont_write_bytecode = dont_write_bytecode
        sys.modules.pop(module_name, None)
        if module is not None:
            sys.modules[module_name] = module


_LAST = ("last_type", "last_value", "last_traceback", "last_exc")
"""What ``%debug`` looks at; pytest sets it for every failed test."""


def _restore_environment(environment: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("PYTEST_") and name not in environment]:
        del os.environ[name]
    os.environ.update({name: value for name, value in environment.items() if name.startswith("PYTEST_")})


def _restore_last(last: dict[str, object]) -> None:
    for name in _LAST:
        if name in last:
            setattr(sys, name, last[name])
        elif hasattr(sys, name):
            delattr(sys, name)
