"""How large the class page of 3,000 students is, and how long making it and opening it take.

    .venv/bin/python benchmarks/class_page.py [STUDENTS]

Prints one line a step. It is opened in Chromium, by Playwright; the best of a few times counts, because
whatever else the machine does only makes them longer.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from autograder.assignment import Assignment, Course
from autograder.misconceptions import MISCONCEPTIONS
from autograder.report import class_page, class_table
from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def student(number: int, assignment: Assignment) -> SubmissionResult:
    """Return a result: every third exercise is wrong, each in one of the known ways."""
    if number % 50 == 0:
        reason = f"{assignment.name}.ipynb is empty; save your notebook and submit again."
        return SubmissionResult(f"student {number:05}", "ungradable", reason, 0.0, assignment.max_score, ())
    answers = []
    for place, exercise in enumerate(assignment.exercises):
        known = MISCONCEPTIONS[exercise.id]
        is_right = (number + place) % 3 > 0
        wrong = None if is_right else known[number % len(known)].id
        tests = (TestResult("t", exercise.aspects[0].id, "passed" if is_right else "failed", "It is right."),)
        aspects = tuple(
            AspectResult(each.id, each.points if is_right else 0.0, each.points) for each in exercise.aspects
        )
        score = exercise.points if is_right else 0.0
        answers.append(ExerciseResult(exercise.id, score, exercise.points, wrong, None, aspects, tests))
    score = sum(answer.score for answer in answers)
    return SubmissionResult(
        f"student {number:05}", "graded", None, score, assignment.max_score, tuple(answers)
    )


def best_opening_s(path: Path) -> float:
    """Return how long it takes until a page is drawn."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        times = []
        for _ in range(TIMES):
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            started = time.monotonic()
            page.goto(path.as_uri(), wait_until="load")
            page.evaluate(DRAWN)
            times.append(time.monotonic() - started)
            page.close()
        browser.close()
    return min(times)


def main() -> int:
    """Make the page of a class, and open it."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    assignment = Course(ROOT).read_assignment("affine")
    results = [student(number, assignment) for number in range(students)]
    ideas = {(exercise, each.id): each.idea for exercise, known in MISCONCEPTIONS.items() for each in known}
    started = time.process_time()
    html = class_page(assignment, results, ideas=ideas, seconds={})
    print(f"made      {time.process_time() - started:.2f} s (CPU), of {students} students")
    print(f"page      {len(html.encode()) / 1e6:.2f} MB")
    print(f"table     {len(class_table(assignment, results).encode()) / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.html"
        path.write_text(html, encoding="utf-8")
        print(f"opens in  {best_opening_s(path):.2f} s (Chromium, until it is drawn)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
