"""What grading found, as pages that a student reads.

Records come in, text and HTML go out: pure functions, no files. Names and rationales may hold what a student
typed, so everything is escaped; a page carries its own style, loads nothing and runs nothing.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.result import ExerciseResult, SubmissionResult

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls that a browser or terminal would act on, with those that reverse the direction of text."""

_MARKS = {"passed": "✓", "failed": "✗", "error": "!", "skipped": "-"}

_STYLE = """
.autograder { font-family: system-ui, sans-serif; line-height: 1.45; }
.autograder table { border-collapse: collapse; margin: .3em 0; }
.autograder th, .autograder td { padding: .15em .8em .15em 0; text-align: left; vertical-align: top; }
.autograder pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
.autograder .passed { color: #1a6b2f; } .autograder .failed, .autograder .error { color: #a4161a; }
.autograder :is(.hint, .reason, .note) { border-left: .25em solid #b8860b; padding-left: .7em; }
"""

_EXERCISE = """\
<div class="autograder"><style>{{ style }}</style>
<p><strong>{{ exercise.id }}</strong>:
{{ points(exercise.score) }} of {{ points(exercise.max_score) }} points</p>
<table>{% for aspect in exercise.aspects %}
<tr class="{{ 'passed' if aspect.score == aspect.max_score else 'failed' }}"><th>{{ aspect.id }}</th>
<td>{{ points(aspect.score) }} / {{ points(aspect.max_score) }}</td></tr>{% endfor %}</table>
{% if exercise.hint %}<p class="hint">{{ exercise.hint }}</p>{% endif %}
<table>{% for test in exercise.tests %}
<tr><td class="{{ test.outcome }}" title="{{ test.outcome }}">{{ marks[test.outcome] }}</td>
<td>{{ test.aspect }}</td><td><pre>{{ test.rationale }}</pre></td></tr>{% endfor %}</table></div>
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>body { max-width: 50em; margin: 2em auto; padding: 0 1em; } {{ style }}</style></head>
<body class="autograder"><h1>{{ title }}</h1>
{% if result.student %}<p>{{ result.student }}</p>{% endif %}
<p><strong>{{ points(result.score) }} of {{ points(result.max_score) }} points</strong> in the exercises
that are graded automatically
{%- if penalty %}, before {{ points(penalty) }} points for lateness{% endif %}.</p>
{% if result.reason %}
<p class="reason">This submission could not be graded. {{ result.reason }}</p>{% endif %}
{% for note in notes %}<p class="note">{{ note }}</p>{% endfor %}
{% for exercise in result.exercises %}<h2>{{ exercise.id }}</h2>{{ fragment(exercise) }}{% endfor %}
{% if written %}<h2>Questions answered in words</h2><table>{% for answer in written %}
<tr><th>{{ answer.id }}</th>
<td>{{ "not yet graded" if answer.score is none else points(answer.score) }}
/ {{ points(answer.max_score) }}</td>
<td><pre>{{ answer.comment or "" }}</pre></td></tr>{% endfor %}</table>{% endif %}
</body></html>
"""


@dataclass(frozen=True)
class WrittenAnswer:
    """What a person gave for a question that is answered in words."""

    id: str
    score: float | None
    """None until a person has graded it."""
    max_score: float
    comment: str | None = None


def visible(text: str) -> str:
    """Return a text with its control characters made visible, so that it is shown and not obeyed."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def points(number: float) -> str:
    """Return a number of points as one writes it: 2, 2.5."""
    return f"{number:g}"


def exercise_html(exercise: ExerciseResult) -> str:
    """Return an exercise's result as a piece of HTML, for the place beneath its test cell."""
    return _render(_EXERCISE, exercise=exercise)


def exercise_text(exercise: ExerciseResult) -> str:
    """Return the same as plain text."""
    return visible("\n".join(_lines(exercise)))


def _lines(exercise: ExerciseResult) -> Iterator[str]:
    yield f"{exercise.id}: {points(exercise.score)} of {points(exercise.max_score)} points"
    for aspect in exercise.aspects:
        yield f"  {aspect.id}: {points(aspect.score)} / {points(aspect.max_score)}"
    if exercise.hint:
        yield f"  Hint: {exercise.hint}"
    for test in exercise.tests:
        yield f"{_MARKS[test.outcome]} {test.aspect}: {test.rationale}"


def notice_html(reason: str | None, notes: Sequence[str]) -> str:
    """Return what stands at the head of a graded notebook: why it could not be graded, what was put right."""
    template = (
        '<div class="autograder">{% if reason %}<p><strong>This submission could not be graded.</strong> '
        "{{ reason }}</p>{% endif %}{% for note in notes %}<p>{{ note }}</p>{% endfor %}</div>"
    )
    return _render(template, reason=reason, notes=notes)


def feedback_page(
    title: str,
    result: SubmissionResult,
    *,
    notes: Sequence[str] = (),
    penalty: float = 0.0,
    written: Sequence[WrittenAnswer] = (),
) -> str:
    """Return one student's feedback as an HTML page that needs no other file.

    Parameters
    ----------
    title : str
        The assignment's title.
    result : SubmissionResult
        What grading found.
    notes : sequence of str
        What was put right in the notebook.
    penalty : float
        Points taken off for lateness.
    written : sequence of WrittenAnswer
        The questions that a person grades.
    """
    return _render(_PAGE, title=title, result=result, notes=notes, penalty=penalty, written=written)


def _render(template: str, **values: object) -> str:
    return _compiled(template).render(values)


@functools.cache
def _compiled(template: str) -> Template:
    return _ENVIRONMENT.from_string(template)


def _fragment(exercise: ExerciseResult) -> Markup:
    return Markup(exercise_html(exercise))  # noqa: S704 - rendered, and so escaped, by the template above


def _environment() -> Environment:
    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=_finalize)
    style = Markup(_STYLE)  # noqa: S704 - our own text
    environment.globals.update(points=points, marks=_MARKS, fragment=_fragment, style=style)
    return environment


def _finalize(value: object) -> object:
    """Make control characters visible in every value that a template writes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_ENVIRONMENT = _environment()
