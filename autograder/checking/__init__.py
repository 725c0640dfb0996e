"""``check("...")`` in a notebook: the public suite meets the objects of the running kernel.

Comes in: an exercise's id and the notebook's global variables; ``public.json`` and ``test_public.py`` from
the working directory. Goes out: a display of what is right and what is not, and one short `CheckFailed` if
something is not, so that "Run All" stops there and nbgrader's Validate reports it.
"""

from __future__ import annotations

import contextlib
import difflib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.diagnosis import Observations, diagnose
from autograder.errors import AutograderError, CourseError
from autograder.kit import read_kit
from autograder.pictures import Pictures
from autograder.plugin import ExerciseTests, Job, Replay, run_suite
from autograder.scoring import score
from autograder.student.live import LiveStudent
from autograder.words import ENGLISH

from .told import summary, words_of
from .view import CheckView, show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.kit import Kit
    from autograder.plugin.suite import SuiteTest
    from autograder.result import ExerciseResult


class CheckFailed(Exception):  # noqa: N818 - a verdict about an answer, not an error of the kit
    """Something is not right yet; the sentence says what. Notebooks show it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython prints in the place of a traceback."""
        return [f"{type(self).__name__}: {self}"]


def check_exercise(exercise_id: str, namespace: dict[str, Any], folder: Path | None = None) -> None:
    """Check one exercise and show the result.

    Parameters
    ----------
    exercise_id : str
        Such as ``"affine-backward"``.
    namespace : dict of str to object
        The notebook's global variables.
    folder : Path, optional
        Where the kit lies; the working directory by default.

    Raises
    ------
    CheckFailed
        For the student: something is not right, or could not be checked.
    """
    printed, words = io.StringIO(), ENGLISH
    try:
        kit = read_kit(folder or Path.cwd())
        words, pictures = words_of(kit), Pictures()
        with contextlib.redirect_stdout(printed):
            result = check_live(kit, exercise_id, namespace, pictures)
    except AutograderError as error:
        raise CheckFailed(words.tell(str(error))) from None
    show(CheckView(result, "" if result.passed else printed.getvalue(), pictures.seen, words))
    if not result.passed:
        raise CheckFailed(summary(result, words))


def check_live(kit: Kit, exercise_id: str, namespace: dict[str, Any], pictures: Pictures) -> ExerciseResult:
    """Run the public tests of one exercise on the objects of a namespace; keep what can be seen of failures.

    Raises
    ------
    CourseError
        The kit knows no such exercise, or its suite is missing.
    """
    _refuse_unknown(kit, exercise_id)
    student = LiveStudent(namespace)
    tested: list[ExerciseTests] = []
    observed = Observations()

    def saw(test: SuiteTest, error: BaseException | None, parameters: Mapping[str, Any]) -> None:
        observed.saw(test, error, parameters)
        pictures.saw(test, error, parameters)

    try:
        suite_tests = run_suite(
            kit.suite,
            [Job(lambda _: contextlib.nullcontext(student), tested.extend, saw)],
            seed=kit.seed,
            expected=Replay(kit.expected),
            only=[exercise_id],
            reveal=True,
        )
    finally:
        student.begin_test()  # the notebook goes on with the state that it had
    exercises = score(kit, dict(tested), suite_tests)
    checked = next(exercise for exercise in exercises if exercise.id == exercise_id)
    return diagnose(checked, observed, kit.signatures.get(exercise_id, ()), kit.language)


def _refuse_unknown(kit: Kit, exercise_id: str) -> None:
    ids = [exercise.id for exercise in kit.exercises]
    if exercise_id not in ids:
        near = difflib.get_close_matches(str(exercise_id), ids, n=1)
        known = f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(ids)}."
        raise CourseError(f"The assignment {kit.assignment!r} has no exercise {exercise_id!r}. {known}")
