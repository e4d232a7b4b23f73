"""The command line as its user starts it, without the second that Python takes to load its modules.

One process for each that runs tests has loaded them, and a copy of it (a fork) becomes the command: with arguments,
folder, environment and streams of its own, so that nothing of one run reaches another. What depends on how Python itself
starts (its own variables, the order of sets, what a command imports) is tested with `fresh=True`, which starts Python.
"""

from __future__ import annotations

import atexit
import contextlib
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

LOADED = (
    "afterword.lsp.server",
    "afterword.mkdocs_plugin.making",
    "mkdocs.commands.build",
    "material.plugins.search.plugin",
    "lunr",
)
"""What commands load late, beside the modules of the commands themselves."""


def afterword(
    *arguments: str | Path, folder: Path, code: int | None = 0, fresh: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command line as its user does, in `folder`, and expect an exit code (None: any)."""
    command = [str(PROGRAM), *map(str, arguments)]
    environment = _environment()
    if fresh or not hasattr(os, "fork") or _of_python() != _AT_FIRST:
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
        done = _running().run(command, folder, environment)
    if code is not None:
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def stand_in(*arguments: str) -> tuple[list[str], list[int]]:
    """Give what to start in place of the command where a test needs a process of its own, and the descriptors to pass on.

    What is started has the command become the streams, folder and environment that it is given, and ends as it does.
    Signals do not reach the command.
    """
    if not hasattr(os, "fork"):
        return [str(PROGRAM), *arguments], []
    asked = _running().socket.fileno()
    return [sys.executable, "-I", "-S", __file__, "ask", str(asked), str(PROGRAM), *arguments], [asked]


class _Loaded:
    """The process that has the modules loaded, seen from the tests."""

    def __init__(self, environment: dict[str, str]) -> None:
        # Whole messages: several processes may ask at once.
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # -P: like the installed command, it finds no modules beside itself.
            command = [sys.executable, "-P", __file__, "serve", str(theirs.fileno())]
            self.process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])

    def run(
        self, command: list[str], folder: Path, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Become `command` in a copy; its output is read from pipes until it ends."""
        pipes = [os.pipe(), os.pipe()]
        with Path(os.devnull).open("rb") as nothing:
            streams = [nothing.fileno(), *(end for _, end in pipes)]
            answer = _ask(self.socket, command, str(Path(folder).resolve()), environment, streams)
        for _, end in pipes:
            os.close(end)
        outputs = [b"", b""]

        def read(place: int) -> None:
            with os.fdopen(pipes[place][0], "rb") as stream:
                outputs[place] = stream.read()

        readers = [threading.Thread(target=read, args=[place], daemon=True) for place in (0, 1)]
        for reader in readers:
            reader.start()
        with answer:
            answer.settimeout(PATIENCE)
            try:
                code = _exit_code(answer)
            except TimeoutError as error:
                self.end()
                raise subprocess.TimeoutExpired(command, PATIENCE) from error
        for reader in readers:
            reader.join(PATIENCE)
        texts = [output.decode().replace("\r\n", "\n").replace("\r", "\n") for output in outputs]
        return subprocess.CompletedProcess(command, code, *texts)

    def end(self) -> None:
        """End it; a copy that still runs is left to itself."""
        self.socket.close()
        self.process.kill()
        self.process.wait()


_loaded: list[_Loaded] = []


def _running() -> _Loaded:
    """Give the process that has the modules loaded, or start it."""
    if not _loaded or _loaded[-1].process.poll() is not None:
        _loaded.append(_Loaded(_environment()))
        atexit.register(_loaded[-1].end)
    return _loaded[-1]


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def _of_python() -> dict[str, str]:
    """Give the variables that Python reads when it starts."""
    return {name: value for name, value in os.environ.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


_AT_FIRST = _of_python()
"""A test that has set others wants a Python that has read them."""


def _ask(
    loaded: socket.socket, command: list[str], folder: str, environment: dict[str, str], streams: list[int]
) -> socket.socket:
    """Ask the process that has the modules loaded for a command; what is given tells its exit code once it has ended."""
    answer, theirs = socket.socketpair()
    with theirs:
        request = json.dumps([command, folder, environment]).encode()
        socket.send_fds(loaded, [request], [theirs.fileno(), *streams])
    return answer


def _exit_code(answer: socket.socket) -> int:
    code = answer.recv(4)
    assert len(code) == 4, "the process that runs commands has ended"
    return int.from_bytes(code, "big", signed=True)


def _serve(asked: socket.socket) -> None:
    """Load everything, and become each command that is asked for; returns in the copy, with nothing to do but to end."""
    from afterword.cli.main import COMMANDS

    for module in (*(entry.place.partition(":")[0] for entry in COMMANDS.values()), *LOADED):
        importlib.import_module(module)
    gc.freeze()
    while True:
        request, descriptors = _received(asked)
        if not request:
            return
        answer, *streams = descriptors
        keeper = os.fork()
        if keeper:
            for each in (answer, *streams):
                os.close(each)
            continue
        # A process of its own waits for the command, so that others can be asked for meanwhile.
        asked.close()
        child = os.fork()
        if not child:
            os.close(answer)
            _become(*json.loads(request), streams)
            return
        _, status = os.waitpid(child, 0)
        os.write(answer, os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
        os._exit(0)


def _received(asked: socket.socket) -> tuple[bytes, list[int]]:
    """Give the next request, and bury the keepers of those before."""
    request, descriptors, _, _ = socket.recv_fds(asked, 1 << 20, 4)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return request, list(descriptors)


def _become(command: list[str], folder: str, environment: dict[str, str], streams: list[int]) -> None:
    """Take the place of the command: its folder, its environment, its streams."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    # As Python opens them in its UTF-8 mode.
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
    sys.argv = command
    from afterword.cli.main import main

    main()


def _stand_in(asked: socket.socket, command: list[str]) -> int:
    """Ask for the command with the streams, folder and environment of this process, and end as it does."""
    with _ask(asked, command, str(Path.cwd()), dict(os.environ), [0, 1, 2]) as answer:
        asked.close()
        for stream in (0, 1, 2):
            os.close(stream)
        return _exit_code(answer)


if __name__ == "__main__":
    what, descriptor, *asked_for = sys.argv[1:]
    with socket.socket(fileno=int(descriptor)) as channel:
        if what == "serve":
            _serve(channel)
        else:
            os._exit(_stand_in(channel, asked_for) & 255)
