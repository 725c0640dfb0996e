"""Start a worker: ``python .../worker CONNECTION SCRATCH LIBRARY...``.

CONNECTION is ``fd:N`` (an inherited control socket: be the warm process), ``tcp:PORT`` (systems without
fork: read the token and the limits from standard input, connect to that port of this machine and serve one
submission) or ``trial:WALLS`` (raise these walls, given as JSON, and say on standard error if they do not
stand). SCRATCH is where submissions get folders. This folder is made importable as a package of its
own, `worker`, so that nothing beside it is.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sys
from pathlib import Path


def _become_package() -> None:
    folder = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        "worker", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["worker"] = module
    spec.loader.exec_module(module)
    # A folder that is run puts itself first on the path; its modules must not shadow a student's imports.
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != folder]


def _detach_standard_streams() -> None:
    """Point fds 0, 1 and 2 at nothing: the wire is not among them, and nothing is ever read from them."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def try_walls(order: str, scratch: str) -> None:
    """Raise walls as every submission will, and end with a sentence if one does not hold."""
    from worker import trial  # noqa: PLC0415 - importable only now

    if problem := trial.problem(json.loads(order), scratch):
        sys.exit(problem)


def main(connection: str, scratch: str, libraries: list[str]) -> None:
    """Serve until the other side is gone."""
    kind, _, number = connection.partition(":")
    if kind == "trial":
        try_walls(number, scratch)
        return
    from worker import server, walls, wire  # noqa: PLC0415 - importable only now

    if kind == "fd":
        control = wire.Channel(socket.socket(fileno=int(number)))
        shell = server.warm_up(libraries, scratch)
        control.send(("warm",))
        server.hand_over_folder(control, scratch)
        _detach_standard_streams()
        server.Server(control, shell, scratch).serve()
    else:
        order = json.loads(sys.stdin.readline())
        shell = server.warm_up(libraries, scratch)
        sock = socket.create_connection(("127.0.0.1", int(number)))
        sock.sendall(order["token"].encode("ascii"))
        _detach_standard_streams()
        server.be_submission(wire.Channel(sock), shell, order["limits"], scratch, walls.Walls(), None, None)


if __name__ == "__main__":
    _become_package()
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
