"""Servers that answer as the documented issue APIs of GitHub and GitLab do, as far as a reminder asks them: https://docs.github.com/en/rest/issues and https://docs.gitlab.com/api/issues/."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Issue = dict[str, Any]

TOKEN = "not-a-real-token"  # noqa: S105 - what the servers here ask for


class IssueServer(ThreadingHTTPServer):
    """Holds issues and labels; `asked` are all requests so far, `broken` ends each with an error of the server."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.issues: list[Issue] = []
        self.labels: list[str] = []
        self.asked: list[str] = []
        self.broken = False

    @property
    def url(self) -> str:
        """Give its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: IssueServer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _begin(self, authorised: bool) -> tuple[str, list[str], dict[str, str], str]:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.asked.append(f"{self.command} {address.path}")
        if self.server.broken:
            return "broken", [], {}, ""
        return (self.command if authorised else "refused"), address.path.strip("/").split("/"), query, body

    def _answer(self, code: int, content: object) -> None:
        written = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)


class GitHub(_Handler):
    """Answers below `/repos/OWNER/NAME/`."""

    def do_GET(self) -> None:
        """Answer one request."""
        held, server = f"Bearer {TOKEN}", self.server
        command, path, query, body = self._begin(self.headers.get("Authorization") == held)
        sent = json.loads(body) if body else {}
        match command, path[3:]:
            case "broken", _:
                self._answer(502, {"message": "Server Error"})
            case "refused", _:
                self._answer(401, {"message": "Bad credentials"})
            case "GET", ["issues"]:
                wanted = [each for each in server.issues if self._is_listed(each, query)]
                newest_first = query.get("direction", "desc") == "desc"
                self._answer(200, wanted[::-1] if newest_first else wanted)
            case "POST", ["issues"]:
                for label in sent.get("labels", []):
                    assert label in server.labels, "a label is made before it is used"
                made = self._issue({"number": len(server.issues) + 1, "state": "open", **sent})
                server.issues.append(made)
                self._answer(201, made)
            case "PATCH", ["issues", number]:
                issue = next(each for each in server.issues if each["number"] == int(number))
                issue.update(sent)
                self._answer(200, issue)
            case "GET", ["labels", name]:
                known = name in server.labels
                self._answer(*((200, {"name": name}) if known else (404, {"message": "Not Found"})))
            case "POST", ["labels"]:
                server.labels.append(sent["name"])
                self._answer(201, {"name": sent["name"]})
            case _:
                self._answer(404, {"message": "Not Found"})

    do_POST = do_PATCH = do_GET  # noqa: N815

    def _issue(self, sent: Issue) -> Issue:
        labels = [{"name": label} for label in sent.pop("labels", [])]
        address = f"{self.server.url}/our/archive/issues/{sent['number']}"
        return {**sent, "labels": labels, "html_url": address}

    @staticmethod
    def _is_listed(issue: Issue, query: dict[str, str]) -> bool:
        has_label = any(each["name"] == query["labels"] for each in issue["labels"])
        return has_label and query.get("state", "open") in (issue["state"], "all")


class GitLab(_Handler):
    """Answers below `/projects/ID/`."""

    def do_GET(self) -> None:
        """Answer one request."""
        server = self.server
        command, path, query, body = self._begin(self.headers.get("PRIVATE-TOKEN") == TOKEN)
        sent = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        match command, path[2:]:
            case "broken", _:
                self._answer(502, {"message": "502 Bad Gateway"})
            case "refused", _:
                self._answer(401, {"message": "401 Unauthorized"})
            case "GET", ["issues"]:
                wanted = [each for each in server.issues if query["labels"] in each["labels"]]
                state = query.get("state", "all")
                wanted = [each for each in wanted if state in (each["state"], "all")]
                self._answer(200, wanted[::-1] if query.get("sort", "desc") == "desc" else wanted)
            case "POST", ["issues"]:
                number = len(server.issues) + 1
                made: Issue = {
                    "iid": number,
                    "state": "opened",
                    "title": sent["title"],
                    "description": sent.get("description"),
                    "labels": sent.get("labels", "").split(","),
                    "web_url": f"{server.url}/our/archive/-/issues/{number}",
                }
                server.issues.append(made)
                self._answer(201, made)
            case "PUT", ["issues", number_text]:
                issue = next(each for each in server.issues if each["iid"] == int(number_text))
                event = sent.pop("state_event", None)
                if event:
                    issue["state"] = {"close": "closed", "reopen": "opened"}[event]
                issue.update(sent)
                self._answer(200, issue)
            case _:
                self._answer(404, {"message": "404 Not Found"})

    do_POST = do_PUT = do_GET  # noqa: N815


@contextmanager
def issue_server(handler: type[_Handler]) -> Iterator[IssueServer]:
    """Serve a host's issues on a free local port."""
    server = IssueServer(handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
