"""The state that the notebook left is put back before every test, in place."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from autograder.worker.snapshot import Snapshot


def notebook(source: str) -> dict[str, object]:
    """Return the namespace that a notebook cell leaves."""
    namespace: dict[str, object] = {"__name__": "__main__", "np": np}
    exec(textwrap.dedent(source), namespace)
    return namespace


@pytest.mark.parametrize(
    ("source", "change", "probe"),
    [
        ("x = 1", "x = 2", "x"),
        ("x = [1, [2]]", "x[1].append(3); x.append(4)", "x"),
        ("x = {'a': {'b': 1}}", "x['a']['b'] = 2; x['c'] = 3", "x"),
        ("x = {1, 2}", "x.add(3)", "sorted(x)"),
        ("x = np.zeros(3)", "x += 1", "x.tolist()"),
        ("x = np.zeros((2, 3))", "x.shape = (6,)", "x.shape"),
        ("x = np.zeros(3)", "x.dtype = 'i8'", "x.dtype.str"),
        ("x = np.array([np.nan, -0.0])", "x[1] = 0.0", "str(x)"),
        ("x = np.arange(6.0).reshape(2, 3).T", "x += 1", "x.tolist()"),
        ("x = [True]", "x[0] = 1", "x"),
        ("x = {'a': 1, 'b': 2}", "x['a'] = x.pop('a')", "list(x)"),
        ("x = ([],)", "x[0].append(1)", "x"),
        ("class A:\n    v = {}", "A.v['W'] = 1", "A.v"),
        ("class A:\n    t = 0", "A.t += 1", "A.t"),
        ("class A:\n    pass", "A.seen = True", "hasattr(A, 'seen')"),
        ("class A:\n    t = 0", "del A.t", "hasattr(A, 't')"),
        ("class A:\n    def f(self): return 1", "A.f = lambda self: 2", "A().f()"),
        ("class A:\n    v = []\nclass B(A): pass\ndel A", "B.v.append(1)", "B.v"),
        (
            "class A:\n    @classmethod\n    def f(cls, seen=[]): seen.append(1); return seen",
            "A.f()",
            "len(A.f())",
        ),
        ("def f(v={}): return v", "f()['a'] = 1", "f()"),
        ("def f(*, v={}): return v", "f()['a'] = 1", "f()"),
        ("def f(v=1): return v", "f.__defaults__ = (2,)", "f()"),
        ("def f(): return getattr(f, 'n', 0)", "f.n = 5", "f()"),
        (
            "def make(n):\n    def f():\n        nonlocal n; n += 1; return n\n    return f\nf = make(0)",
            "f()",
            "f()",
        ),
        ("class A:\n    pass\na = A(); a.v = [1]", "a.v.append(2); a.w = 3", "vars(a)"),
        ("class A:\n    pass\na = A(); a.W = np.zeros(2)", "a.W[:] = 5", "a.W.tolist()"),
        ("class A:\n    pass\na = A()", "del a", "'a' in globals()"),
        ("x = 1", "y = 2", "'y' in globals()"),
    ],
)
def test_what_a_test_changes_is_put_back(source, change, probe):
    """Names, containers, arrays, classes, defaults, closures and instances are as the notebook left them."""
    namespace = notebook(source)
    before = repr(eval(probe, namespace))
    fresh = notebook(source)
    snapshot = Snapshot(fresh)
    for _ in range(2):
        exec(change, fresh)
        changed = repr(eval(probe, fresh))
        snapshot.restore()
        assert repr(eval(probe, fresh)) == before
        snapshot.restore()
    assert changed != before


def test_objects_keep_their_identity():
    """What shared an array before shares it afterwards: nothing is replaced by a copy."""
    namespace = notebook("W = np.zeros(2)\nparams = {'W': W}\nalso = [params]")
    W, params = namespace["W"], namespace["params"]
    snapshot = Snapshot(namespace)
    params["W"] = None
    W[:] = 3
    del namespace["W"]
    snapshot.restore()
    assert namespace["W"] is W
    assert namespace["params"] is params
    assert params["W"] is W
    assert namespace["also"][0] is params
    np.testing.assert_array_equal(W, [0, 0])


def test_cycles_end():
    """A list that contains itself is put back like any other."""
    namespace = notebook("x = [1]\nx.append(x)")
    snapshot = Snapshot(namespace)
    namespace["x"].clear()
    snapshot.restore()
    assert namespace["x"][1] is namespace["x"]


def test_a_long_list_of_numbers_keeps_the_other_names_in_reach():
    """Plain numbers do not use up the budget of objects."""
    namespace = notebook("kept = [0]\nlong = list(range(100_000))")
    snapshot = Snapshot(namespace)
    namespace["kept"].append(1)
    snapshot.restore()
    assert namespace["kept"] == [0]


def test_a_data_set_is_left_alone():
    """A large array is not copied: it is data, not state."""
    namespace = notebook("data = np.zeros(2**22)")
    snapshot = Snapshot(namespace)
    namespace["data"][0] = 1
    snapshot.restore()
    assert namespace["data"][0] == 1


def test_private_names_of_the_shell_are_left_alone():
    """IPython's own names (``_``, ``_i1``) neither come back nor go."""
    namespace = notebook("x = 1")
    snapshot = Snapshot(namespace)
    namespace["_i1"] = "x"
    snapshot.restore()
    assert namespace["_i1"] == "x"


def test_no_student_code_runs():
    """Copying hooks, comparisons and attribute hooks of student classes are never called."""
    namespace = notebook("""
        calls = []
        class Meta(type):
            def __getattribute__(cls, name): calls.append(name); return type.__getattribute__(cls, name)
            def __setattr__(cls, name, value): calls.append(name)
        class A(metaclass=Meta):
            v = []
            def __deepcopy__(self, memo): calls.append("copy"); return self
            def __getattribute__(self, name): calls.append(name); return object.__getattribute__(self, name)
            def __eq__(self, other): calls.append("eq"); return True
            __hash__ = None
        a = A()
        class Number(int):
            def __deepcopy__(self, memo): raise RuntimeError
        n = Number(3)
    """)
    calls = namespace["calls"]
    calls.clear()
    Snapshot(namespace).restore()
    assert calls == []


def test_what_cannot_be_put_back_does_not_stop_the_rest():
    """An array that became read-only stays; the names after it are put back."""
    namespace = notebook("x = np.zeros(2)\ny = [1]")
    snapshot = Snapshot(namespace)
    namespace["x"][:] = 1
    namespace["x"].flags.writeable = False
    namespace["y"].append(2)
    snapshot.restore()
    assert namespace["y"] == [1]


def test_objects_of_libraries_are_left_alone():
    """Modules and objects that the notebook did not define are not walked into."""
    namespace = notebook("import decimal\ncontext = decimal.Context()")
    snapshot = Snapshot(namespace)
    namespace["context"].prec = 5
    snapshot.restore()
    assert namespace["context"].prec == 5
