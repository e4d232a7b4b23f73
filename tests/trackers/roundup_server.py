"""A Roundup of its own for a test: a real tracker in a folder, and a process that serves it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "admin", "not-a-secret"

_SERVE = """
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from roundup.cgi.wsgi_handler import RequestDispatcher

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

class Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        pass

make_server("127.0.0.1", int(sys.argv[2]), RequestDispatcher(sys.argv[1]), Server, Quiet).serve_forever()
"""
# `roundup-server` itself refuses to run for root, which containers are; this is the same application.


@contextmanager
def roundup(folder: Path, *, due_field: str = "", settings: dict[str, str] | None = None) -> Iterator[str]:
    """Make an empty tracker in a folder, with a field for the day something is due if one is named, and give the address that it is served at."""
    home, port = folder / "tracker", _free_port()
    _admin(home, "install", "classic", "anydbm")
    given = {
        "web": f"http://127.0.0.1:{port}/",
        "domain": "tracker.example",
        "host": "localhost",
        "password_pbkdf2_default_rounds": "1000",
        **(settings or {}),
    }
    config = home / "config.ini"
    text = config.read_text(encoding="utf-8")
    # Passwords are made cheap to check: each request carries one.
    for name, value in given.items():
        text = re.sub(rf"(?m)^#?{name} = .*$", f"{name} = {value}", text, count=1)
    # No mail leaves a test.
    text = re.sub(r"(?m)(^\[mail\](?:.*\n)+?)debug = *$", rf"\1debug = {folder / 'mail'}", text)
    config.write_text(text, encoding="utf-8")
    if due_field:
        schema = home / "schema.py"
        statement = f'priority=Link("priority"), {due_field}=Date(offset=0),'
        schema.write_text(
            schema.read_text(encoding="utf-8").replace('priority=Link("priority"),', statement),
            encoding="utf-8",
        )
    _admin(home, "initialise", PASSWORD)
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(home), str(port)], env=os.environ) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/rest/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def administer(folder: Path, *words: str) -> str:
    """Run a command of `roundup-admin` in the tracker of a folder, and give what it said."""
    return _admin(folder / "tracker", *words)


def _admin(home: Path, *words: str) -> str:
    command = [sys.executable, "-m", "roundup.scripts.roundup_admin", "-i", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")
