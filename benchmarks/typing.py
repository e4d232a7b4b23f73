"""`python -m benchmarks.typing FOLDER` types into a large record of an archive, through a real `afterword lsp`, and prints the 95th percentile.

What is timed is what a writer waits for: from the moment at which the change is sent until the findings of that very text have arrived. It is time on
the clock, with the text going and the findings coming through pipes as JSON.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.generate import LARGE, draw_large_record
from benchmarks.measurement import FIGURE

TYPED = "the queue that nobody watched was full, "
"""What is typed, letter by letter, in each place."""

PLACES = (
    "title: ",
    "## Summary\n\n",
    "[TRIGGER] ",
    "## What went well\n\n- ",
    "(root cause)",
    "\n| A1 | ",
    "## Lessons learned\n\n",
)
"""Behind the first of each of these: header, prose, events, lists, tree, actions."""

BREATH = 0.6
"""Seconds without a keystroke after each place: the server applies the rules about the whole archive in them."""


class Server:
    """A server and the pipes to it."""

    def __init__(self, folder: Path) -> None:
        """Start it and say hello."""
        command = [sys.executable, "-c", "from afterword.cli.main import main; main(['lsp'])"]
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdin is None or self.process.stdout is None:
            raise SystemExit("the server has no pipes")
        self.to, self.back = self.process.stdin, self.process.stdout
        self.send(
            {
                "id": 1,
                "method": "initialize",
                "params": {"capabilities": {}, "processId": None, "rootUri": folder.as_uri()},
            }
        )
        while self.receive().get("id") != 1:
            pass
        self.notify("initialized", {})

    def notify(self, method: str, params: object) -> None:
        """Send what needs no answer."""
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        content = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.to.flush()

    def receive(self) -> dict[str, Any]:
        """Wait for a message."""
        length = 0
        while (line := self.back.readline().strip()) or not length:
            if not line:
                raise SystemExit("the server is gone")
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.back.read(length))
        return message

    def judged(self, version: int) -> None:
        """Wait for the findings of a version."""
        while True:
            message = self.receive()
            if (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["version"] == version
            ):
                return

    def stop(self) -> None:
        """Say goodbye."""
        self.send({"id": 2, "method": "shutdown"})
        while self.receive().get("id") != 2:
            pass
        self.notify("exit", None)
        self.process.wait(30)


def keystrokes(folder: Path) -> list[float]:
    """Type into the record, and give the seconds that each keystroke took."""
    record_id, text = draw_large_record(LARGE)
    file = folder / "postmortems" / record_id[:4] / f"{record_id}.md"
    server, version, took = Server(folder), 1, []
    server.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": file.as_uri(), "languageId": "markdown", "version": version, "text": text}},
    )
    server.judged(version)
    for place in PLACES:
        at = text.index(place) + len(place)
        time.sleep(BREATH)
        for letter in TYPED:
            text, at, version = text[:at] + letter + text[at:], at + 1, version + 1
            change = {
                "textDocument": {"uri": file.as_uri(), "version": version},
                "contentChanges": [{"text": text}],
            }
            begin = time.perf_counter()
            server.notify("textDocument/didChange", change)
            server.judged(version)
            took.append(time.perf_counter() - begin)
    server.stop()
    return took


def main() -> None:
    """Print the 95th percentile, and beside it what else there is to say."""
    took = keystrokes(Path(sys.argv[1]))
    at_95 = statistics.quantiles(took, n=20)[-1]
    print(
        f"{len(took)} keystrokes, median {statistics.median(took) * 1000:.1f} ms, longest {max(took) * 1000:.1f} ms"
    )
    print(f"{FIGURE}{at_95:.6f}")


if __name__ == "__main__":
    main()
