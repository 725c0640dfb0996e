"""`autograder prove` finds the holes that are cut into suites, references and bank, and says what to mend."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import grading, misconceptions, prove
from autograder.assignment import Course
from autograder.cli import app
from autograder.errors import AuthorError
from autograder.misconceptions import ALTERNATIVES, MISCONCEPTIONS, Alternative, Misconception
from autograder.prove import Plan, proof_to_json, read_equivalent_mutants
from autograder.prove import trials as trials_module
from autograder.prove.idle import idle_tests, kept_tests
from autograder.prove.inputs import shared_inputs
from autograder.prove.mutants import mutants

ROOT = Path(__file__).resolve().parents[1]
COURSE = Course(ROOT)


@pytest.fixture(name="course")
def _course(tmp_path, monkeypatch):
    """Return a copy of the course with suites that may be changed, and a bank that may be, too."""
    for name in ("assignments", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "autograder" / "suites", tmp_path / "suites")
    monkeypatch.setattr(grading, "SUITES", tmp_path / "suites")
    for name in ("MISCONCEPTIONS", "ALTERNATIVES"):
        table = dict(getattr(misconceptions, name))
        monkeypatch.setattr(misconceptions, name, table)
    return Course(tmp_path)


def proved(course, exercise="bias-gradient", assignment="affine"):
    """Prove one exercise alone and return its proof and the holes of the assignment."""
    plan = Plan(course, course.read_assignment(assignment))
    for table in (plan.solutions, plan.stubs):
        for other in set(table) - {exercise}:
            del table[other]
    proof = prove.prove(plan)
    own = next(entry for entry in proof.exercises if entry.id == exercise)
    return own, [hole for hole in proof.holes if "hands the student" in hole]


def edit(path, old, new, count=1):
    """Change a file that must hold the text."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def add(table, exercise, *entries):
    """Put entries into the bank of this test."""
    known = getattr(misconceptions, table)
    known[exercise] = (*known[exercise], *entries)


def wrong(name="new", code="def bias_gradient(dY):\n    return dY.std(axis=0)\n", **changes):
    """Return a misconception for the bank of this test."""
    entry = Misconception(name, "an idea", "Why?", ("values", "clean"), code)
    return dataclasses.replace(entry, **changes)


# ----- the whole -----


@pytest.mark.slow
def test_everything_is_proved_and_the_pages_are_current(tmp_path):
    """The command is green: wrong ideas caught and named, right answers paid, mutants met or explained."""
    result = CliRunner().invoke(app, ["prove", "--course", str(ROOT), "--json", "--pages", str(tmp_path)])
    for page in tmp_path.iterdir():
        assert page.read_bytes() == (ROOT / "docs" / "exercises" / page.name).read_bytes()
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["schema"] == 1
    for exercise in document["exercises"]:
        assert exercise["reference"]
        assert exercise["stub"]
        wrong_ones, right, mutant = (exercise[key] for key in ("misconceptions", "alternatives", "mutants"))
        assert wrong_ones["caught"] == wrong_ones["total"] >= 40
        assert wrong_ones["named"] >= 0.95 * wrong_ones["total"]
        assert right["passed"] == right["total"] >= 12
        assert mutant["killed"] + mutant["equivalent"] == mutant["total"] >= 10
        assert mutant["survivors"] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", COURSE.assignment_names())
def test_no_hidden_test_is_idle(name):
    """Without any one test something wrong would be paid or lose its name, or a comment excuses it."""
    plan = Plan(COURSE, COURSE.read_assignment(name))
    idle = {exercise: list(idle_tests(tried)) for exercise, tried in plan.try_all(public=False).items()}
    assert idle == {exercise: [] for exercise in idle}


def test_a_deleted_test_is_a_hole(course):
    """Without the test of opposite signs a wrong answer would be paid, and the sentence says which."""
    suite = course.root / "suites" / "test_affine.py"
    text = suite.read_text(encoding="utf-8")
    cut = re.sub(
        r"@exercise[^@]*def test_bias_gradient_lets_opposite.*?(?=\n@exercise)", "", text, flags=re.DOTALL
    )
    assert cut != text
    suite.write_text(cut, encoding="utf-8")
    proof, _ = proved(course)
    assert not proof.complete
    assert proof.misconceptions["caught"] < proof.misconceptions["total"]
    holes = [hole for hole in proof.holes if "last-sample-forgotten" in hole]
    assert any("exercise('bias-gradient', aspect='values')" in hole for hole in holes)
    assert all(str(suite) in hole for hole in holes)


@pytest.mark.slow
def test_an_idle_test_is_found_and_a_reason_excuses_it(course):
    """A second test of the same thing is idle, unless a comment above it says why it is kept."""
    suite = course.root / "suites" / "test_affine.py"
    twin = '''

@exercise("bias-gradient", aspect="values")
def test_twin(student, draw):
    """dB is the sum once more."""
    dY = draw(5, 3)
    check_array("dB", student.bias_gradient(dY.copy()), dY.sum(axis=0))
'''
    with suite.open("a", encoding="utf-8") as file:
        file.write(twin)
    tried = Plan(course, course.read_assignment("affine")).try_all(public=False)["bias-gradient"]
    assert list(idle_tests(tried)) == ["test_twin"]
    edit(
        suite,
        '\n@exercise("bias-gradient", aspect="values")\ndef test_twin',
        '\n# kept: for this test\n@exercise("bias-gradient", aspect="values")\ndef test_twin',
    )
    assert kept_tests(suite) == {"test_twin"}
    assert list(idle_tests(tried)) == []


# ----- holes in the suites -----


def test_a_reference_that_fails_is_a_hole(course):
    """What the reference does not pass is named with the test."""
    edit(course.root / "solutions" / "affine.py", "np.sum(dY, axis=0)", "np.mean(dY, axis=0)")
    edit(
        course.root / "assignments" / "affine" / "test_public.py",
        'check_array("dB", student.bias_gradient(dY), dB)',
        "pass",
    )
    proof, _ = proved(course)
    assert not proof.reference
    assert any("refuses the reference" in hole and "test_bias_gradient_" in hole for hole in proof.holes)


def test_a_stub_that_earns_is_a_hole(course):
    """An aspect that pays for doing nothing is named."""
    (course.root / "suites" / "test_affine.py").write_text(
        (ROOT / "autograder/suites/test_affine.py")
        .read_text(encoding="utf-8")
        .replace('check_array("dB", student.bias_gradient(dY), expected)', "pass")
        .replace('check_array("dB", student.bias_gradient(np.zeros((5, 3))), np.zeros(3))', "pass"),
        encoding="utf-8",
    )
    proof, _ = proved(course)
    assert not proof.stub
    assert any("the untouched stub earns the aspect 'values'" in hole for hole in proof.holes)


@pytest.mark.slow
def test_a_surviving_mutant_is_a_hole_and_says_where_its_neighbours_are_met(course):
    """Without the batch of one and others, a mutant survives; the sentence names the aspect of that line."""
    suite = course.root / "suites" / "test_optimizers.py"
    edit(suite, 'check_unchanged("grads", grads, before)', "pass")
    edit(suite, 'check_same_object(f"params[{key!r}]", params.get(key), array)', "pass")
    proof, _ = proved(course, "momentum", "optimizers")
    survivor = "update: params[key] += self.v[key] → params[key] = params[key] + self.v[key]"
    assert survivor in proof.mutants["survivors"]
    (hole,) = (hole for hole in proof.holes if f"`{survivor}`" in hole)
    assert "Other faults of this statement are met by" in hole
    assert "equivalent_mutants.toml" in hole


@pytest.mark.slow
def test_a_check_that_never_rejects_is_a_hole(course):
    """A test that nothing has ever failed proves nothing."""
    with (course.root / "suites" / "test_affine.py").open("a", encoding="utf-8") as file:
        file.write(
            '\n\n@exercise("bias-gradient", aspect="clean")\ndef test_nothing(student):\n    """Nothing."""\n'
        )
    proof, _ = proved(course)
    assert any("test_nothing has never rejected an answer" in hole for hole in proof.holes)


def test_an_input_that_both_suites_hand_out_is_a_hole(course):
    """A hidden test on the numbers of the public one is named with it."""
    edit(
        course.root / "suites" / "test_affine.py",
        "    large, small = draw(3, 4, unit=LARGE), draw(1, 4)\n",
        "    student.bias_gradient(np.array([[1.0, 2.0, 3.0], [11.0, 12.0, 13.0]]))\n"
        "    large, small = draw(3, 4, unit=LARGE), draw(1, 4)\n",
    )
    _, holes = proved(course)
    (hole,) = holes
    assert "test_bias_gradient_lets_opposite_signs_cancel" in hole
    assert "test_bias_gradient_of_the_worked_example" in hole


def test_shared_inputs_are_seen():
    """The comparison sees what it has to see: a suite shares every input with itself."""
    plan = Plan(COURSE, COURSE.read_assignment("affine"))
    shared = shared_inputs(plan.hidden, plan.hidden, plan.reference, kinds=(False, False))
    assert ("test_backward_uses_the_latest_x",) * 2 in shared
    assert shared_inputs(plan.public, plan.hidden, plan.reference) == []


# ----- holes in the bank -----


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (wrong(hint=" "), "'new' has no hint. Write a question"),
        (wrong(idea=""), "'new' has no idea"),
        (wrong(name="batch-mean"), "two entries have the id 'batch-mean'"),
        (wrong(aspects=()), "'new' names no aspect"),
        (wrong(aspects=("values", "clean", "db")), "'new' names the aspect 'db'"),
        (wrong(code="def bias_gradient(dY)\n"), "'new' does not run (SyntaxError"),
        (wrong(code="import nowhere_to_be_found\n"), "'new' does not run (ModuleNotFoundError"),
        (wrong(code="def bias_gradient(dY):\n    return dY.sum(axis=0)\n"), "rejects 'new' (an idea)"),
        (wrong(aspects=("clean",)), "loses the aspect 'values' too: test_bias_gradient"),
    ],
)
def test_a_bad_misconception_is_named_with_file_and_remedy(course, entry, words):
    """What is wrong with an entry, and what to do."""
    add("MISCONCEPTIONS", "bias-gradient", entry)
    proof, _ = proved(course)
    assert any(words in hole for hole in proof.holes), proof.holes


def test_a_refused_alternative_is_a_hole(course):
    """A right answer that loses points is named with the test that refuses it."""
    add(
        "ALTERNATIVES",
        "bias-gradient",
        Alternative("odd", "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"),
    )
    proof, _ = proved(course)
    assert proof.alternatives["passed"] == proof.alternatives["total"] - 1
    assert any("refuses the right answer 'odd'" in hole for hole in proof.holes)


@pytest.mark.slow
def test_an_exercise_without_a_bank_is_a_hole(course):
    """The sentence says which file to write and where to enter it."""
    for table in ("MISCONCEPTIONS", "ALTERNATIVES"):
        del getattr(misconceptions, table)["bias-gradient"]
    proof, _ = proved(course)
    assert any("'bias-gradient' has no misconceptions. Write" in hole for hole in proof.holes)
    assert any("0 alternatives" in hole for hole in proof.holes)


def test_ideas_that_cannot_be_told_apart_are_a_hole(course):
    """Twins in the bank take each other's names."""
    entries = MISCONCEPTIONS["bias-gradient"][:4]
    twins = [dataclasses.replace(entry, id=f"{entry.id}-too") for entry in entries]
    add("MISCONCEPTIONS", "bias-gradient", *twins)
    proof, _ = proved(course)
    assert proof.misconceptions["named"] < 0.95 * proof.misconceptions["total"]
    assert any("cannot be told from others" in hole and "wrong-axis-too" in hole for hole in proof.holes)


@pytest.mark.slow
def test_a_stale_explanation_is_a_hole(course, monkeypatch):
    """A mutant that is met, or that is made no more, needs no excuse."""
    told = {"bias-gradient": {"bias_gradient: gone → gone": "It is right.", "bias_gradient: x → y": " "}}
    monkeypatch.setattr(prove, "read_equivalent_mutants", lambda _: told)
    proof, _ = proved(course)
    assert any("`bias_gradient: gone → gone` is no surviving mutant" in hole for hole in proof.holes)
    assert any("`bias_gradient: x → y` has no reason" in hole for hole in proof.holes)


@pytest.mark.parametrize("content", ["no toml", "[[momentum]]\nmutant = 'a'\n", "momentum = 3\n"])
def test_a_damaged_list_of_equivalent_mutants_is_refused(tmp_path, content):
    """File and form are named."""
    path = tmp_path / "equivalent_mutants.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuthorError, match="Write \\[\\[exercise-id\\]\\]"):
        read_equivalent_mutants(path)


@pytest.mark.slow
def test_holes_make_the_command_fail(course):
    """Exit 1, the holes on standard error, the document whole."""
    add("MISCONCEPTIONS", "bias-gradient", wrong(hint=""))
    result = CliRunner().invoke(app, ["prove", "affine", "--course", str(course.root), "--json"])
    assert result.exit_code == 1
    assert [entry["id"] for entry in json.loads(result.stdout)["exercises"]] == [
        "bias-gradient",
        "affine-backward",
        "affine-debug",
    ]
    assert "has no hint" in result.stderr


# ----- trials and mutants -----


@pytest.mark.slow
def test_an_endless_answer_is_given_up(course, monkeypatch):
    """A mutant that loops forever costs its limit, once, and is met."""
    monkeypatch.setattr(trials_module, "TIME_LIMIT_S", 0.2)
    add(
        "MISCONCEPTIONS",
        "bias-gradient",
        wrong(code="def bias_gradient(dY):\n    while True:\n        pass\n"),
    )
    proof, _ = proved(course)
    assert proof.misconceptions["caught"] == proof.misconceptions["total"]


SOLUTION = '''
class Layer:
    """Words."""

    def __init__(self, W):
        self.W = W

    def backward(self, dout):
        """Words."""
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)
'''
STUB = SOLUTION.replace(
    "        self.db = np.sum(dout, axis=0)\n        return np.dot(dout, self.W.T)\n",
    "        raise NotImplementedError\n",
)


@pytest.mark.parametrize(
    "after",
    [
        "return np.dot(dout, self.W)",
        "return np.dot(dout.T, self.W.T)",
        "return np.dot(self.W.T, dout)",
        "return np.multiply(dout, self.W.T)",
        "return -np.dot(dout, self.W.T)",
        "np.dot(dout, self.W.T)",
        "return np.dot(dout, self.db.T)",
        "self.db = np.sum(dout, axis=1)",
        "self.db = np.sum(dout)",
        "self.db = np.sum(dout, axis=0, keepdims=True)",
        "self.db = np.mean(dout, axis=0)",
        "self.db += np.sum(dout, axis=0)",
        "self.W = np.sum(dout, axis=0)",
        "pass",
    ],
)
def test_the_faults_of_the_field_are_among_the_mutants(after):
    """Transposes, axes, kept dimensions, order, signs, other functions, neighbours' names, dropped lines."""
    assert any(mutant.name.endswith(f"→ {after}") for mutant in mutants(SOLUTION, STUB))


def test_given_code_is_not_mutated():
    """What a student receives and leaves alone is no subject."""
    found = mutants(SOLUTION, STUB)
    assert found
    assert all(mutant.name.startswith("backward: ") and "self.W = W" in mutant.code for mutant in found)


def test_mutants_differ_from_the_solution_and_from_each_other():
    """No mutant is the reference in disguise, and none is counted twice."""
    codes = [mutant.code for mutant in mutants(SOLUTION, STUB)]
    assert len(codes) == len(set(codes))
    assert all("Layer" in code for code in codes)


def test_json_is_by_contract():
    """The keys that others rely on."""
    proof = prove.ExerciseProof(
        "a",
        True,
        True,
        {"caught": 1, "total": 1, "named": 1},
        {"passed": 1, "total": 1},
        {"killed": 1, "equivalent": 0, "total": 1, "survivors": []},
        (),
    )
    (entry,) = json.loads(proof_to_json([proof]))["exercises"]
    assert list(entry) == ["id", "reference", "stub", "misconceptions", "alternatives", "mutants"]


def test_every_exercise_has_twelve_alternatives():
    """Fewer right answers say little about whom a suite refuses."""
    assert all(len(entries) >= 12 for entries in ALTERNATIVES.values())
