"""One submission in its own process: run the cells once, then let each exercise be tested in a fork.

Requests on the submission's channel, answered in order::

    ("run", cells, skip, pictures)  -> before each cell ("cell", i), after it ("ran", i, outputs, error),
                                       then ("done",)
    ("fork",) + one fd              -> ("forked",); the child serves `ObjectServer` requests on that fd;
                                       then, when the child has ended, ("ended", what, number)
    ("kill",)                       -> ends the child at once; ("ended", ...) follows
    ("serve",)                      -> where there is no fork: this very process serves the tests, here

`cells` is a list of sources; the indices in `skip` are not run. `pictures` says for each cell of how many of
its figures the other side has pictures: they are not drawn. ``what`` is "exit" or "signal".
"""

from __future__ import annotations

import builtins
import contextlib
import os
import random
import select
import signal
import socket
import time
from typing import TYPE_CHECKING, Any

from .cells import CellRunner, WorkerShell, refuse_input
from .limits import die_with_parent
from .objects import Objects, ObjectServer
from .walls import shut_off_signals
from .wire import Channel, StreamEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

_REAP_S = 0.1
_PAUSE_S = 0.002


class Submission:
    """Serves one submission's channel, in a process that has its limits and walls already."""

    def __init__(
        self, shell: WorkerShell, channel: Channel, limits: Mapping[str, float], *, is_walled: bool
    ) -> None:
        self.shell = shell
        self.channel = channel
        self.limits = limits
        self.is_walled = is_walled
        self._objects: Objects | None = None
        builtins.input = refuse_input  # the way that IPython's own `input` cannot be undone by `del`
        shell.user_ns.pop("input", None)

    def serve(self) -> None:
        """Answer requests until the stream ends."""
        with contextlib.suppress(StreamEnded):
            while True:
                request = self.channel.receive()
                doing: Any = {"run": self.run, "fork": self.fork, "serve": self.serve_here}[request[0]]
                doing(*request[1:])

    def run(self, cells: list[str], skip: list[int], pictures: list[int]) -> None:
        """Run the cells in order; a cell that fails ends alone."""
        runner = CellRunner(
            self.shell, cpu_s=self.limits["cell_cpu_s"], output_kib=int(self.limits["output_kib"])
        )
        for index, source in enumerate(cells):
            if index in skip:
                continue
            self.channel.send(("cell", index))
            ran = runner.run(source, pictures[index])
            self.channel.send(("ran", index, ran.outputs, ran.error))
        self.channel.send(("done",))

    def fork(self) -> None:
        """Fork a child for one exercise and report how it ended."""
        _, fds, _, _ = socket.recv_fds(self.channel.sock, 1, 1)
        self.objects()  # here, once for all children
        drawn = random.getstate()
        child = os.fork()
        if child == 0:
            self._be_exercise(socket.socket(fileno=fds[0]), drawn)
        os.close(fds[0])
        self.channel.send(("forked",))
        status = self._wait(child)
        _reap_orphans()
        ended = (
            ("signal", os.WTERMSIG(status)) if os.WIFSIGNALED(status) else ("exit", os.WEXITSTATUS(status))
        )
        self.channel.send(("ended", *ended))

    def _be_exercise(self, sock: socket.socket, drawn: tuple[Any, ...]) -> None:
        code = 1
        try:
            random.setstate(drawn)  # Python reseeds this generator in every fork
            self.channel.close()
            die_with_parent()
            os.setpgid(0, 0)
            if self.is_walled:
                shut_off_signals()
            self._serve_objects(Channel(sock))
            code = 0
        finally:
            os._exit(code)

    def _wait(self, child: int) -> int:
        """Wait for the child's end, killing it when the channel says so or ends."""
        pidfd = os.pidfd_open(child) if hasattr(os, "pidfd_open") else None
        if pidfd is not None:
            watched: list[Any] = [pidfd, self.channel.sock]
            ready, _, _ = select.select(watched, [], [])
            os.close(pidfd)
            if pidfd in ready:
                return os.waitpid(child, 0)[1]
        else:  # no pidfd (macOS): the trusted side always says when to end the child
            select.select([self.channel.sock], [], [])
        with contextlib.suppress(StreamEnded):
            self.channel.receive()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        os.kill(
            child, signal.SIGKILL
        )  # it may have left its group; it is still there, as it was not waited for
        return os.waitpid(child, 0)[1]

    def serve_here(self) -> None:
        """Serve the tests of the remaining exercises from this very process."""
        self._serve_objects(self.channel)

    def objects(self) -> Objects:
        """Return what the notebook defined."""
        self._objects = self._objects or Objects(self.shell.user_ns)
        return self._objects

    def _serve_objects(self, channel: Channel) -> None:
        ObjectServer(self.objects(), channel, call_cpu_s=self.limits["call_cpu_s"]).serve()


def _reap_orphans() -> None:
    """Take leave of what an exercise's process has left behind: the dead count as processes, too.

    They become ours when that process ends, and a moment after it was killed with its group they are dead.
    What has left the group lives on until the submission ends.
    """
    deadline = time.monotonic() + _REAP_S
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0] or time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
