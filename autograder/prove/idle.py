"""Tests that could be deleted without anyone noticing.

A test earns its place if without it a wrong answer or mutant would earn an aspect that it must not, or two
misconceptions could no longer be told apart. One that is kept for another reason says so in a comment right
above it, ``# kept: …``.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from autograder import misconceptions as bank
from autograder.bank import signature_of
from autograder.diagnosis import Observations, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .proof import Tried
    from .trials import Trial

_KEPT = re.compile(r"^# kept: .+\n(?:#.*\n|@.*\n|    .*\n|\)\n)*def (test_\w+)", re.MULTILINE)


def idle_tests(tried: Tried) -> Iterator[str]:
    """Yield the name of each test function that is idle and not said to be kept.

    Parameters
    ----------
    tried : Tried
        The hidden suite's trials of one exercise.
    """
    kept = kept_tests(tried.suite)
    needed = {test for trial in tried.trials if trial.variant.kind != "stub" for test in _alone(trial)}
    for name in dict.fromkeys(_function(test.id) for test in tried.tests):
        if name not in kept and name not in needed and not _is_needed_for_names(name, tried):
            yield name


def kept_tests(suite: Path) -> set[str]:
    """Return the tests of a suite that are kept for a reason stated above them."""
    return set(_KEPT.findall(suite.read_text(encoding="utf-8")))


def _alone(trial: Trial) -> Iterator[str]:
    """Yield each test function that alone takes an aspect from an answer: without it the aspect would pay."""
    failed: dict[str, set[str]] = {}
    for test in trial.failed:
        failed.setdefault(test.aspect, set()).add(_function(test.id))
    for functions in failed.values():
        if len(functions) == 1:
            yield from functions


def _is_needed_for_names(name: str, tried: Tried) -> bool:
    """Whether without a test some misconception is no longer named as itself."""
    trials = [trial for trial in tried.of("misconception") if trial.result is not None]
    return any(named != trial.variant.id for trial, named in zip(trials, _named(trials, name), strict=True))


def _named(trials: Sequence[Trial], without: str) -> Iterator[str | None]:
    """Yield what the diagnosis says of each trial, with a test left out."""
    seen = [
        Observations({test: found for test, found in trial.observed.items() if _function(test) != without})
        for trial in trials
    ]
    known = {entry.id: entry for entry in bank.MISCONCEPTIONS[trials[0].variant.exercise]} if trials else {}
    signatures = [
        signature_of(known[trial.variant.id], observed) for trial, observed in zip(trials, seen, strict=True)
    ]
    for trial, observed in zip(trials, seen, strict=True):
        assert trial.result is not None
        tests = tuple(test for test in trial.result.tests if _function(test.id) != without)
        result = dataclasses.replace(trial.result, tests=tests)
        yield diagnose(result, observed, signatures).misconception


def _function(test_id: str) -> str:
    return test_id.partition("[")[0]
