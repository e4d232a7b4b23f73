"""The command line as its user starts it, without the second that Python takes to load its modules.

One process for each that runs tests has loaded them, and a copy of it (a fork) becomes the command: with arguments,
folder, environment and streams of its own, so that nothing of one run reaches another. What depends on how Python itself
starts (its own variables, the order of sets, what a command imports) is tested with `fresh=True`, which starts Python.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "afterword"
PATIENCE = 240
"""Seconds after which a command is held to hang."""

LOADED = ("afterword.operations.site", "mkdocs.commands.build", "material.plugins.search.plugin", "lunr")
"""What commands load late, beside the modules of the commands themselves."""


def afterword(
    *arguments: str | Path, folder: Path, code: int | None = 0, fresh: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command line as its user does, in `folder`, and expect an exit code (None: any)."""
    command = [str(PROGRAM), *map(str, arguments)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    if fresh or not hasattr(os, "fork"):
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=PATIENCE,
        )
    else:
        done = _running(environment).run(command, folder, environment)
    if code is not None:
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


class _Loaded:
    """The process that has the modules loaded, seen from the tests."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = _of_python(environment)
        ours, theirs = socket.socketpair()
        self.socket = ours
        with theirs:
            # -P: like the installed command, it finds no modules beside itself.
            command = [sys.executable, "-P", __file__, str(theirs.fileno())]
            self.process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])

    def run(
        self, command: list[str], folder: Path, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Become `command` in a copy; its output is read from pipes until it ends."""
        request = json.dumps([command, str(Path(folder).resolve()), environment]).encode()
        pipes = [os.pipe(), os.pipe()]
        socket.send_fds(self.socket, [len(request).to_bytes(8, "big")], [end for _, end in pipes])
        self.socket.sendall(request)
        for _, end in pipes:
            os.close(end)
        outputs = [b"", b""]

        def read(place: int) -> None:
            with os.fdopen(pipes[place][0], "rb") as stream:
                outputs[place] = stream.read()

        readers = [threading.Thread(target=read, args=[place], daemon=True) for place in (0, 1)]
        for reader in readers:
            reader.start()
        self.socket.settimeout(PATIENCE)
        try:
            answer = self.socket.recv(4)
        except TimeoutError as error:
            self.end()
            raise subprocess.TimeoutExpired(command, PATIENCE) from error
        assert len(answer) == 4, "the process that runs commands has ended"
        for reader in readers:
            reader.join(PATIENCE)
        code = int.from_bytes(answer, "big", signed=True)
        texts = [output.decode().replace("\r\n", "\n").replace("\r", "\n") for output in outputs]
        return subprocess.CompletedProcess(command, code, *texts)

    def end(self) -> None:
        """End it; a copy that still runs ends with it, or is left to the system."""
        self.socket.close()
        self.process.kill()
        self.process.wait()


_loaded: list[_Loaded] = []


def _running(environment: dict[str, str]) -> _Loaded:
    """Give the process that was started under the same variables of Python's, or start it."""
    for loaded in _loaded:
        if loaded.environment == _of_python(environment) and loaded.process.poll() is None:
            return loaded
    _loaded.append(_Loaded(environment))
    atexit.register(_loaded[-1].end)
    return _loaded[-1]


def _of_python(environment: dict[str, str]) -> dict[str, str]:
    """Give the variables that Python reads when it starts, or modules when they are loaded."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PYTHON", "LC_", "LANG")) or name == "NO_MKDOCS_2_WARNING"
    }


def _serve(asked: socket.socket) -> None:
    """Load everything, and become each command that is asked for; returns in the copy, with nothing to do but to end."""
    from afterword.cli.main import COMMANDS

    for module in (*(entry.place.partition(":")[0] for entry in COMMANDS.values()), *LOADED):
        importlib.import_module(module)
    gc.freeze()
    while True:
        head, streams, _, _ = socket.recv_fds(asked, 8, 2)
        if not head:
            return
        size, request = int.from_bytes(head, "big"), b""
        while len(request) < size:
            request += asked.recv(size - len(request))
        child = os.fork()
        if not child:
            asked.close()
            _become(*json.loads(request), streams)
            return
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        asked.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _become(command: list[str], folder: str, environment: dict[str, str], streams: list[int]) -> None:
    """Take the place of the command: its folder, its environment, its streams."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for place, stream in enumerate((nothing, *streams)):
        os.dup2(stream, place)
        os.close(stream)
    # As Python opens them in its UTF-8 mode.
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
    sys.argv = command
    from afterword.cli.main import main

    main()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
