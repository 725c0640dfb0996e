"""The README as somebody reads it who types what it says."""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


@dataclass
class Terminal:
    """A shell in a folder, with what was typed so far left to be typed of a section.

    Parameters
    ----------
    folder : Path
        Where commands are typed.
    environment : dict of str to str
        What the shell knows.
    todo : list of str
        The commands of a section, in their order.
    """

    folder: Path
    environment: dict[str, str]
    todo: list[str] = field(default_factory=list)

    def read(self, readme: Path, heading: str) -> None:
        """Take the commands of a section of a README."""
        _, _, rest = readme.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
        blocks = _BLOCK.findall(rest.partition("\n## ")[0])
        self.todo = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
        assert self.todo

    def next(self, command: str) -> str:
        """Return the next command, which has to be this one, word for word."""
        assert self.todo.pop(0) == command
        return command

    def type(self, command: str, *, code: int = 0, folder: Path | None = None) -> str:
        """Type the next command, which has to be this one; return what it said."""
        return self.run(self.next(command), code=code, folder=folder)

    def run(self, command: str, *, code: int = 0, folder: Path | None = None) -> str:
        """Run a command, which has to end with this code; return what it said."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder or self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"$ {command}\n{done.stdout[-3000:]}"
        return done.stdout


def shell(home: Path, tools: Path) -> dict[str, str]:
    """Return the environment of a user with an empty home, whose tools are those of an environment.

    JupyterLab may be started by root, as in a container, and the browser that it opens is a file that it
    writes the address to.
    """
    settings, opened = home / "config", home / "opened"
    settings.mkdir(parents=True)
    lab = [
        "c = get_config()",
        "c.ServerApp.allow_root = True",
        "c.LabApp.expose_app_in_browser = True",  # to scroll to cells
    ]
    (settings / "jupyter_lab_config.py").write_text("\n".join(lab))
    exchange = home / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    (settings / "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n")
    browser = home / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "VIRTUAL_"))}
    kept.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    return kept | {
        "HOME": str(home),
        "BROWSER": str(browser),
        "JUPYTER_CONFIG_DIR": str(settings),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }


def address(home: Path, log: Path, timeout_s: float = 120) -> str:
    """Return where JupyterLab has sent the browser."""
    deadline = time.monotonic() + timeout_s
    while not (home / "opened").exists():
        assert time.monotonic() < deadline, log.read_text()[-3000:]
        time.sleep(0.2)
    return (home / "opened").read_text().strip()
