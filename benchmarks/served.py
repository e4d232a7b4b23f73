"""A folder served as a host serves it: compressed, with caching, and every byte counted."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote, urlsplit

COMPRESSED = frozenset((".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".map", ".wasm"))
THEME = ("/assets/javascripts/", "/assets/stylesheets/", "/assets/images/")
"""Where Material's own files lie, which every page of a site loads once."""


@dataclass(slots=True)
class Sent:
    """The answers since the last look: path and bytes on the wire, head included. Workers of a page are counted, which a page's own tools do not see."""

    answers: list[tuple[str, int]] = field(default_factory=list)

    def total(self) -> int:
        """Give all bytes."""
        return sum(size for _, size in self.answers)

    def without_theme(self) -> int:
        """Give the bytes that the theme would not have sent anyway; the page itself is counted."""
        return sum(size for path, size in self.answers if not path.startswith(THEME))


class Served:
    """A server on a free port of this machine, in a thread of its own, as long as the block."""

    def __init__(self, folder: Path) -> None:
        self.sent = Sent()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder.resolve(), self.sent))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Served:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(folder: Path, sent: Sent) -> type[BaseHTTPRequestHandler]:
    compressed: dict[Path, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = (folder / unquote(path).lstrip("/")).resolve()
            file = file / "index.html" if path.endswith("/") else file
            if not file.is_relative_to(folder) or not file.is_file():
                self._answer(path, 404, b"", {})
                return
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            fields = {"Content-Type": kind, "Cache-Control": "max-age=3600"}
            if file.suffix in COMPRESSED:
                if file not in compressed:
                    compressed[file] = gzip.compress(file.read_bytes(), 6, mtime=0)
                self._answer(path, 200, compressed[file], {**fields, "Content-Encoding": "gzip"})
            else:
                self._answer(path, 200, file.read_bytes(), fields)

        def _answer(self, path: str, status: int, body: bytes, fields: dict[str, str]) -> None:
            head = {**fields, "Content-Length": str(len(body))}
            sent.answers.append((path, len(body) + sum(len(k) + len(v) + 4 for k, v in head.items()) + 60))
            self.send_response(status)
            for name, value in head.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: there are thousands of requests."""

    return Handler
