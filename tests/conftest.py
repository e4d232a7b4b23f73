"""What the tests share: commands run for real, sites built once, one browser."""

from __future__ import annotations

import atexit
import functools
import http.server
import os
import shutil
import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.command import afterword as afterword

REPOSITORY = Path(__file__).parent.parent
PATIENCE = 20_000
"""Milliseconds that a page may take for what is expected of it: other tests run beside."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What one test found must not be told to another, nor to whoever runs the tests.
os.environ["AFTERWORD_CACHE"] = tempfile.mkdtemp(prefix="afterword-cache-")
atexit.register(shutil.rmtree, os.environ["AFTERWORD_CACHE"], ignore_errors=True)

Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build this repository's archive once, strictly."""
    site = tmp_path_factory.mktemp("own") / "site"
    afterword("build", "--strict", "--site-dir", site, folder=REPOSITORY)
    return site


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve folders on free local ports until the tests end."""
    servers: list[socketserver.TCPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(_QuietHandler, directory=str(folder))
        server = _PatientServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def own_address(own_site: Path, serve: Serve) -> str:
    """Give the address at which this repository's site is served."""
    return serve(own_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert program, "no Chromium on PATH: scripts/browser installs it, or says how"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


class _PatientServer(http.server.ThreadingHTTPServer):
    """Lets more than five requests wait: a browser that fetches ahead asks for dozens at once."""

    request_queue_size = 128


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def drawn(folder: Path, tree: dict[str, str | bytes]) -> Iterator[Path]:
    """Write a drawn file tree into `folder`."""
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    yield folder
