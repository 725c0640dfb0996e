"""What a result depends on, as one key: as long as the key is the same, grading again would give the same.

The kit's own code goes in (engine, hidden suite, bank of known answers), what the author wrote (the
reference, ``assignment.toml``, the public suite, the source notebook), the isolation level, the versions of
what runs the student's code, and the submission itself.
"""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = Path(__file__).resolve().parent
_RUNNING = ("numpy", "ipython", "pytest")
"""Packages that have a part in every result."""


def fingerprint(*parts: str | bytes) -> str:
    """Return one key for some texts; no two lists of texts have the same one."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@functools.cache
def engine_fingerprint() -> str:
    """Return the key of the kit's own code, hidden suites and bank."""
    paths = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".toml", ".css", ".html"})
    named = ((path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in paths)
    return fingerprint(*(part for pair in named for part in pair))


def surroundings(libraries: Iterable[str]) -> str:
    """Return what runs the student's code: Python, NumPy and the libraries that an assignment declares."""
    packages = sorted({*_RUNNING, *(name.partition(".")[0] for name in libraries)})
    versions = (f"{name} {_version(name)}" for name in packages)
    return ", ".join((f"{platform.python_implementation()} {platform.python_version()}", *versions))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a module of the standard library, or one by another name
        return "unknown"
