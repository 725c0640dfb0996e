"""``public.json`` is read back as it was written, and what is wrong with it is told to a student."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment import Course
from autograder.diagnosis import Observation, Signature
from autograder.errors import AuthorError, CourseError
from autograder.kit import Cell, kit_to_json, make_kit, read_kit
from autograder.plugin import Recorder, Replay, read_reference, record_expected
from autograder.plugin.expected import decode, encode

COURSE = Course(Path(__file__).resolve().parents[1])


@pytest.fixture(name="kit")
def _kit():
    assignment = COURSE.read_assignment("optimizers")
    cells = (Cell("momentum", "solution", "code", "00ff"),)
    seen = {"test_a[0.5]": Observation("values", "dW", "f(2,)", (0.25, -1.5, 0.0), 3.0, ratio=0.5)}
    signatures = {"momentum": [Signature("climbs", {"en": "Up or down?", "ko": "위인가요?"}, seen)]}
    return make_kit(
        assignment, cells, {"test_a[0.5]": [encode(np.array([0.1, 1e-300]))]}, signatures, ("ff00",)
    )


def test_kit_survives_the_round_trip(kit, tmp_path):
    """What was written is read back, and written again it has the same bytes."""
    text = kit_to_json(kit)
    (tmp_path / "public.json").write_text(text, encoding="utf-8")
    again = read_kit(tmp_path)
    assert again == dataclasses.replace(kit, folder=tmp_path)
    assert kit_to_json(again) == text
    assert again.suite == tmp_path / "test_public.py"


def test_kit_holds_no_hidden_seed(kit):
    """The hidden seed does not leave the course."""
    assert str(COURSE.read_assignment("optimizers").hidden_seed) not in kit_to_json(kit)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no public.json"),
        (b"{", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"[]", "schema"),
        (b'{"schema": 2}', "schema 1"),
        (b'{"schema": 1}', "incomplete"),
        (b'{"schema": 1, "assignment": 1, "title": 1, "seed": 1, "libraries": 3}', "incomplete"),
    ],
)
def test_a_bad_kit_is_refused_with_a_remedy(tmp_path, content, words):
    """Missing, damaged and foreign files are told apart."""
    if content is not None:
        (tmp_path / "public.json").write_bytes(content)
    with pytest.raises(CourseError, match=words):
        read_kit(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "text",
        0.1 + 0.2,
        np.array([np.pi, -0.0, 5e-324, 1.7976931348623157e308]),
        np.zeros((0, 3)),
        np.array(7),
        np.array([[True, False]]),
        {"dx": [np.ones((2, 1), dtype=np.float32), {"nested": 1}]},
    ],
)
def test_expected_values_survive_json_bit_by_bit(value):
    """Floats, shapes and dtypes come back exactly."""
    again = decode(json.loads(json.dumps(encode(value))))
    np.testing.assert_equal(again, value)
    if isinstance(value, np.ndarray):
        assert (again.dtype, again.shape) == (value.dtype, value.shape)
        assert again.tobytes() == value.tobytes()


@pytest.mark.parametrize("value", [object(), {1: 2}, np.array([1j]), np.array([None])])
def test_expected_refuses_what_is_no_plain_data(value):
    """An author who returns an object from expected(...) is told."""
    with pytest.raises(TypeError, match="may return arrays"):
        encode(value)


def test_replay_never_asks():
    """On the student's side the question is not put; what was not recorded is an error of the kit's files."""
    replay = Replay({"test_a": [encode(1.5)]})
    assert replay.value("test_a", 0, lambda reference: pytest.fail("asked")) == 1.5
    for test_id, index in (("test_a", 1), ("test_b", 0)):
        with pytest.raises(CourseError, match="not from the same release"):
            replay.value(test_id, index, lambda reference: None)


def test_recorder_gives_what_replay_will_give():
    """Author and student see the same value, after the same round trip."""
    recorder = Recorder(None)
    value = recorder.value("test_a", 0, lambda reference: (1, np.ones(2)))
    assert value[0] == Replay(recorder.recorded).value("test_a", 0, None)[0] == 1


def test_recorded_values_of_the_course_are_complete_and_repeatable():
    """Recording twice gives the same document, and some test asks for something."""
    assignment = COURSE.read_assignment("affine")
    suite, reference = assignment.folder / "test_public.py", read_reference(COURSE.reference_path("affine"))
    first, second = (record_expected(suite, reference, seed=assignment.public_seed) for _ in range(2))
    assert json.dumps(first) == json.dumps(second)
    assert first


def test_a_reference_that_fails_the_public_suite_is_refused(tmp_path):
    """`build` does not release a suite that the reference does not pass."""
    suite, reference = tmp_path / "test_public.py", tmp_path / "wrong.py"
    suite.write_text(
        "from autograder.checks import exercise\n"
        "@exercise('e', aspect='a')\n"
        "def test_two(student):\n"
        "    '''It is two.'''\n"
        "    assert student.number() == 2\n"
    )
    reference.write_text("def number(): return 3\n")
    with pytest.raises(
        AuthorError, match=r"test_two: the reference does not pass it \(exercise 'e'\): It is two"
    ):
        record_expected(suite, read_reference(reference), seed=1)


@pytest.mark.parametrize("source", ["1 / 0\n", "def f(:\n"])
def test_a_reference_that_cannot_be_imported_is_refused(tmp_path, source):
    """The author is told the file and the exception."""
    path = tmp_path / "reference.py"
    path.write_text(source)
    with pytest.raises(AuthorError, match="cannot be imported"):
        read_reference(path)
