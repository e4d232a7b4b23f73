"""A local HTTP server that answers as a test says, and keeps what it was asked."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request, as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def json(self) -> object:
        """Give what the body holds."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Told:
    """One answer; `stop_after` breaks the connection after so many bytes of the body, -1 before anything is said."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stop_after: int | None = None

    @property
    def content(self) -> bytes:
        """Give the body's bytes: those it has, or its JSON."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answers = Callable[[Asked], Told]


@dataclass
class ScriptedServer:
    """Where the server is, and what it was asked so far."""

    host: str
    asked: list[Asked]

    @property
    def url(self) -> str:
        """Give its address."""
        return f"http://{self.host}"


@contextmanager
def answering(answers: Answers, secured: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Serve on a free local port for as long as the block runs; encrypted where a certificate is given."""
    asked: list[Asked] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 64 * 1024  # head and body in one go: the kernel would hold the second back

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # whoever asked is gone
                self.close_connection = True

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            parameters = tuple(parse_qsl(parts.query, keep_blank_values=True))
            request = Asked(
                self.command, parts.path, dict(parameters), self.headers, self.rfile.read(length), parameters
            )
            with lock:
                asked.append(request)
                told = answers(request)
            if told.stop_after == -1:
                self.close_connection = True
                return
            content = told.content
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if told.stop_after is not None:
                self.wfile.write(content[: told.stop_after])
                self.close_connection = True
                return
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if secured is not None:
        # Each connection shakes hands in a thread of its own, where its failing ends that connection alone.
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.request_queue_size = 128
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield ScriptedServer(f"127.0.0.1:{server.server_address[1]}", asked)
    finally:
        server.shutdown()
        server.server_close()


def in_turn(*told: Told) -> Answers:
    """Answer with these in turn, and with the last of them from then on."""
    waiting = list(told)
    return lambda asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]
