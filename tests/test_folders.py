"""Emptying a folder that somebody filled to annoy whoever empties it."""

from __future__ import annotations

import os
import time

import pytest

from autograder.worker.folders import FolderError, empty_folder


def soon() -> float:
    """Return a deadline that is far enough."""
    return time.monotonic() + 60


def test_files_links_and_closed_folders_go(tmp_path):
    """What links point to stays; permissions are no obstacle."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("x")
    folder = tmp_path / "folder"
    (folder / "closed" / "inner").mkdir(parents=True)
    (folder / "closed" / "inner" / "file").write_text("x")
    (folder / "to-outside").symlink_to(outside)
    (folder / "closed" / "loop").symlink_to("loop")
    (folder / os.fsdecode(b"\xff\n")).write_text("x")
    for closed in (folder / "closed" / "inner", folder / "closed", folder):
        closed.chmod(0)
    empty_folder(str(folder), soon())
    assert not folder.exists()
    assert (outside / "file").read_text() == "x"


def test_depth_is_no_obstacle(tmp_path):
    """Folders may be nested deeper than a path can be long or a recursion can go."""
    folder = tmp_path / "folder"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(2000):
        os.mkdir("d" * 50, dir_fd=here)
        deeper = os.open("d" * 50, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    empty_folder(str(folder), soon())
    assert not folder.exists()


def test_a_name_that_looks_like_ours_is_no_obstacle(tmp_path):
    """Folders that are moved up get names that nobody can have taken."""
    for name in ("a/1", "b/1", "1/a", "1/1/1"):
        (tmp_path / "folder" / name).mkdir(parents=True)
    empty_folder(str(tmp_path / "folder"), soon())
    assert not (tmp_path / "folder").exists()


def test_time_is_limited(tmp_path):
    """A folder that would take too long is left to others."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("x")
    with pytest.raises(FolderError):
        empty_folder(str(tmp_path / "folder"), time.monotonic() - 1)
