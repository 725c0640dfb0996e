"""An auto-graded exercise kit for deep learning from scratch.

In a notebook: ``from autograder import check``, then ``check("affine-backward")``.

The modules in reading order; each imports only from those above it::

    errors          every error that the kit raises on purpose, and who reads it
    result          what grading found: frozen records and their JSON form
    worker/         the only code that shares a process with student code; `worker.wire` is the language
                    that both sides speak
    assignment      what assignment.toml says
    sandbox         the walls around a worker
    doctor          what this machine offers, and how to get more
    checks/         what a suite says about an answer: arrays, gradients, traces
    diagnosis/      which idea is wrong: answers compared with what misconceptions show
    pictures/       what can be seen of a failed public test, and how it is drawn
    kit             what a student's copy of an assignment knows: public.json
    notebook/       a submitted file into the cells that are run
    student/        the names that a notebook defined: live in this process, or remote in a worker
    report          results into feedback
    plugin/         suites meet submissions: one pytest, its fixtures, its outcomes
    rehearsal       what hidden tests will ask, learned from the reference
    scoring         outcomes into points
    bank            known answers meet a suite: the signatures of misconceptions
    signatures      those of a hidden suite, made once on a machine
    wording         the words of an assignment in a language, for whoever writes pages about it
    checking/       check("...") in a notebook
    authoring/      text and reference into the source notebook and the release
    public_cases    what a student may see of a wrong answer: pictures of public cases
    grading         a submission, or a class of them, into results
    gradebook       results into nbgrader
    prove/          the suites are graded: misconceptions, right answers, mutants
    cli             the commands, in the order of the flow
    suites/         hidden tests, one file per assignment         (instructors only)
    misconceptions/ known wrong and right answers, and hints      (instructors only)
"""

from __future__ import annotations

import sys

__all__ = ["check"]


def check(exercise: str) -> None:
    """Check your work on one exercise with the public tests, and show what is right and what is not.

    Parameters
    ----------
    exercise : str
        The exercise's name, such as ``"affine-backward"``.

    Raises
    ------
    autograder.checking.CheckFailed
        Something is not right yet.
    """
    from autograder.checking import check_exercise  # noqa: PLC0415 - pytest is loaded only when it is needed

    check_exercise(exercise, sys._getframe(1).f_globals)  # noqa: SLF001 - the caller is the notebook
