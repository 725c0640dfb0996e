"""The student in this process: raw data, wrapped code, and no state from test to test."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.student import NameMissing, StudentObject, StudentRaised
from autograder.student.live import LiveStudent


def notebook(source):
    """Return the variables that a cell leaves behind."""
    namespace = {"__name__": "__main__", "np": np}
    exec(source, namespace)
    return namespace


def test_data_is_handed_over_as_it_is():
    """Arguments and results keep their identity, in both directions."""
    student = LiveStudent(notebook("kept = []\ndef keep(x):\n    kept.append(x)\n    x += 1\n    return x"))
    x = np.zeros(2)
    assert student.keep(x) is x
    assert student.kept[0] is x
    assert x.tolist() == [1, 1]


def test_objects_are_wrapped_and_unwrapped():
    """An object comes as a `StudentObject`, can be used, and goes back as itself."""
    source = "class A:\n    def me(self):\n        return self\ndef same(a, b):\n    return a is b"
    student = LiveStudent(notebook(source))
    a = student.A()
    assert isinstance(a, StudentObject)
    assert a.opaque_type_name == "A"
    assert student.same(a, a.me())


def test_subclasses_of_arrays_are_no_data():
    """A matrix is not mistaken for an array."""
    student = LiveStudent(notebook("class M(np.ndarray):\n    pass\ndef f():\n    return np.ones(2).view(M)"))
    assert isinstance(student.f(), StudentObject)
    assert student.f().opaque_type_name == "M"


def test_missing_names_are_told():
    """A name and an attribute that are not there are `NameMissing`."""
    student = LiveStudent(notebook("class A:\n    pass"))
    with pytest.raises(NameMissing, match="B is not defined: run the cell"):
        student.B  # noqa: B018
    with pytest.raises(NameMissing, match=r"A\.dW is not defined"):
        student.A().dW  # noqa: B018


@pytest.mark.parametrize(
    ("body", "type_name", "text"),
    [
        ("raise ValueError('no')", "ValueError", "no"),
        ("return dout", "NameError", "name 'dout' is not defined"),
        ("return self.x.T", "AttributeError", "'A' object has no attribute 'x'"),
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("import pytest; pytest.skip('pass me')", "Skipped", "pass me"),
        ("class E(Exception):\n            def __str__(self): return 1 / 0\n        raise E", "E", ""),
        ("return self.f()", "RecursionError", "maximum recursion depth exceeded"),
        ("raise ValueError('x' * 9999)", "ValueError", "x" * 300),
    ],
)
def test_exceptions_of_student_code_are_told(body, type_name, text):
    """Type, text and what the test was doing are kept, whatever is raised."""
    student = LiveStudent(notebook(f"class A:\n    def f(self):\n        {body}"))
    with pytest.raises(StudentRaised) as caught:
        student.A().f()
    assert caught.value.type_name == type_name
    assert caught.value.text.startswith(text)
    assert len(caught.value.text) <= 300
    assert caught.value.doing == "A.f(...)"


PROPERTIES = """
class A:
    @property
    def dW(self):
        return self.no

    @property
    def db(self):
        return 1 / 0
"""


def test_exception_in_a_property_is_not_a_missing_name():
    """Code behind an attribute may raise, even an AttributeError of its own."""
    student = LiveStudent(notebook(PROPERTIES))
    with pytest.raises(StudentRaised, match="no attribute 'no'"):
        student.A().dW  # noqa: B018
    with pytest.raises(StudentRaised, match="ZeroDivisionError"):
        student.A().db  # noqa: B018


def test_the_students_line_is_shown(tmp_path):
    """Of a failure deep inside NumPy the student sees the own line."""
    path = tmp_path / "cell.py"
    path.write_text("def f(a):\n    return np.dot(a, a)  # here\n")
    namespace = {"np": np}
    exec(compile(path.read_text(), str(path), "exec"), namespace)
    with pytest.raises(StudentRaised) as caught:
        LiveStudent(namespace).f(np.zeros((2, 3)))
    assert caught.value.line == "return np.dot(a, a)  # here"


def test_an_interrupt_passes_through():
    """Ctrl-C is no verdict."""
    student = LiveStudent(notebook("def f():\n    raise KeyboardInterrupt"))
    with pytest.raises(KeyboardInterrupt):
        student.f()


STATEFUL = {
    "class list": """
class A:
    seen = []
    def f(self):
        self.seen.append(1)
        return len(self.seen)
""",
    "class dict": """
class A:
    v = {}
    def f(self):
        self.v[len(self.v)] = 0
        return len(self.v)
""",
    "class array": """
class A:
    v = np.zeros(1)
    def f(self):
        A.v += 1
        return int(A.v[0])
""",
    "new class attribute": """
class A:
    def f(self):
        A.n = getattr(A, "n", 0) + 1
        return A.n
""",
    "rebound class attribute": """
class A:
    n = 0
    def f(self):
        A.n = A.n + 1
        return A.n
""",
    "default argument": """
class A:
    def f(self, v=[]):
        v.append(1)
        return len(v)
""",
    "global list": """
v = []
class A:
    def f(self):
        v.append(1)
        return len(v)
""",
    "global number": """
n = 0
class A:
    def f(self):
        global n
        n += 1
        return n
""",
    "new global": """
class A:
    def f(self):
        global m
        m = globals().get("m", 0) + 1
        return m
""",
    "function attribute": """
def g():
    g.n = getattr(g, "n", 0) + 1
    return g.n
class A:
    def f(self):
        return g()
""",
}


@pytest.mark.parametrize("source", STATEFUL.values(), ids=STATEFUL)
def test_each_test_begins_with_the_notebooks_state(source):
    """What code keeps between calls is kept within a test and put back before the next one."""
    namespace = notebook(source)
    names = set(namespace)
    student = LiveStudent(namespace)
    for _ in range(2):
        student.begin_test()
        assert [student.A().f(), student.A().f()] == [1, 2]
    student.begin_test()
    assert set(namespace) == names


def test_restored_objects_are_the_same_ones():
    """A list of the notebook is emptied, not replaced: other variables may hold it."""
    namespace = notebook("v = []\nalias = v\ndef f():\n    v.append(1)")
    v = namespace["v"]
    student = LiveStudent(namespace)
    student.f()
    student.begin_test()
    assert namespace["v"] is v is namespace["alias"]
    assert v == []
