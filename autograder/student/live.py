"""The student whose names live in this very process: a notebook's own objects.

Data is handed over as it is, so identity and mutation are those of Python. Functions, classes and objects
are wrapped, so that an exception in student code arrives as `StudentRaised` and a missing name as
`NameMissing`, as they do from a worker. Nothing is protected here: it is the student's own kernel.
"""

from __future__ import annotations

import copy
import linecache
import types
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from . import NameMissing, StudentObject, StudentRaised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Namespace = dict[str, Any]

_DATA_TYPES = (type(None), bool, int, float, complex, str, list, tuple, dict, np.ndarray)
_MAX_TEXT = 300


class LiveStudent:
    """The names of a namespace.

    Parameters
    ----------
    namespace : dict of str to object
        A notebook's global variables. Plain data that its functions and classes keep between calls is put
        back before each test; the objects stay the same ones.
    """

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace
        self._kept = list(_kept_data(namespace))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the student made of it
        if name not in self._namespace:
            raise NameMissing(name, "run the cell that defines it")
        return _hand_over(self._namespace[name], name, self._namespace)

    def begin_test(self) -> None:
        """Put back what earlier tests left in class attributes, default arguments and global variables."""
        for kept in self._kept:
            kept.restore()


class LiveObject(StudentObject):
    """A function, class or object of the student; `label` is how a message calls it."""

    def __init__(self, value: Any, label: str, namespace: Namespace) -> None:  # noqa: ANN401
        super().__init__(0, type(value).__name__, is_callable=callable(value))
        self._value, self._label, self._namespace = value, label, namespace

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        label = f"{self._label}.{name}"
        try:
            value = getattr(self._value, name)
        except AttributeError as error:
            if error.obj is not self._value or error.name != name:
                raise _student_raised(error, label, self._namespace) from None
            raise NameMissing(label) from None
        except BaseException as error:  # noqa: BLE001 - student code may raise anything
            raise _student_raised(error, label, self._namespace) from None
        return _hand_over(value, label, self._namespace)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call what the student wrote."""
        arguments = [_take_back(value) for value in args]
        named = {name: _take_back(value) for name, value in kwargs.items()}
        try:
            result = self._value(*arguments, **named)
        except BaseException as error:  # noqa: BLE001 - the same
            raise _student_raised(error, f"{self._label}(...)", self._namespace) from None
        return _hand_over(result, type(result).__name__, self._namespace)


def _hand_over(value: Any, label: str, namespace: Namespace) -> Any:  # noqa: ANN401
    if type(value) in _DATA_TYPES or isinstance(value, np.generic):
        return value
    return LiveObject(value, label, namespace)


def _take_back(value: Any) -> Any:  # noqa: ANN401
    return value._value if isinstance(value, LiveObject) else value  # noqa: SLF001 - our own wrapper


def _student_raised(error: BaseException, doing: str, namespace: Namespace) -> BaseException:
    """Return the verdict about an exception of student code; an interrupt is the student's own wish."""
    if isinstance(error, KeyboardInterrupt):
        return error
    try:
        text = str(error)[:_MAX_TEXT]
    except Exception:  # noqa: BLE001 - an exception of student code may be broken itself
        text = ""
    return StudentRaised(type(error).__name__, text, _line(error, namespace), doing)


def _line(error: BaseException, namespace: Namespace) -> str:
    """Return the innermost source line that belongs to the notebook."""
    line, step = "", error.__traceback__
    while step is not None:
        if step.tb_frame.f_globals is namespace:
            line = linecache.getline(step.tb_frame.f_code.co_filename, step.tb_lineno, namespace).strip()
        step = step.tb_next
    return line


# ----- what a notebook keeps between calls -----


class _Kept:
    """One plain value that outlives a call, and the way to put it back."""

    def __init__(self, value: Any, bind: Callable[[Any], None]) -> None:  # noqa: ANN401
        self._value, self._bind = value, bind
        self._copy = copy.deepcopy(value)

    def restore(self) -> None:
        """Bind the very same object again and give it the contents that it had."""
        fresh = copy.deepcopy(self._copy)
        if type(self._value) is dict:
            self._value.clear()
            self._value.update(fresh)
        elif type(self._value) is list:
            self._value[:] = fresh
        elif type(self._value) is np.ndarray:
            self._value[...] = fresh
        self._bind(self._value)


class _Added:
    """The attributes that a class or function does not have yet."""

    def __init__(self, owner: type | types.FunctionType) -> None:
        self._owner, self._names = owner, set(vars(owner))

    def restore(self) -> None:
        """Take away the data that student code has stored since."""
        for name in set(vars(self._owner)) - self._names:
            if _is_plain(vars(self._owner)[name]):
                delattr(self._owner, name)


class _AddedGlobals:
    """The global variables that functions may make."""

    def __init__(self, namespace: Namespace, names: set[str]) -> None:
        self._namespace, self._names = namespace, names

    def restore(self) -> None:
        """Take them away."""
        for name in self._names:
            self._namespace.pop(name, None)


def _kept_data(namespace: Namespace) -> Iterator[_Kept | _Added | _AddedGlobals]:
    """Yield all places where the functions and classes of a notebook can keep data."""
    home = namespace.get("__name__")
    classes = [value for value in namespace.values() if type(value) is type and value.__module__ == home]
    functions = [
        value
        for owner in (namespace, *map(vars, classes))
        for value in owner.values()
        if isinstance(value, types.FunctionType) and value.__globals__ is namespace
    ]
    owners: list[type | types.FunctionType] = [*classes, *functions]
    for owner in owners:
        yield _Added(owner)
        yield from _kept_attributes(owner)
    for function in functions:
        for value in function.__defaults__ or ():
            if type(value) in (dict, list, np.ndarray) and _is_plain(value):
                yield _Kept(value, _stay)
    yield from _kept_globals(
        namespace, {name for function in functions for name in function.__code__.co_names}
    )


def _kept_attributes(owner: type | types.FunctionType) -> Iterator[_Kept]:
    for name, value in list(vars(owner).items()):
        if not name.startswith("__") and _is_plain(value):
            yield _Kept(value, partial(setattr, owner, name))


def _kept_globals(namespace: Namespace, names: set[str]) -> Iterator[_Kept | _AddedGlobals]:
    for name in names & set(namespace):
        if _is_plain(namespace[name]):
            yield _Kept(namespace[name], partial(namespace.__setitem__, name))
    yield _AddedGlobals(namespace, names - set(namespace))


def _stay(_: object) -> None:
    """Bind nothing: a default argument is still where it was."""


def _is_plain(value: object) -> bool:
    """Whether a value is data of moderate size that can be copied without running student code."""
    if type(value) in (list, tuple, dict):
        items = list(value.values()) if isinstance(value, dict) else list(value)  # type: ignore[call-overload]
        return len(items) < 1000 and all(map(_is_plain, items))  # noqa: PLR2004 - longer: data, not state
    if type(value) is np.ndarray:
        return not value.dtype.hasobject and value.size < 10**6
    return type(value) in (type(None), bool, int, float, complex, str) or isinstance(value, np.generic)
