"""A connection to a tracker: patient with what passes, plain about what does not."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from afterword.model.settings import Tracker
from afterword.trackers import connection as module
from afterword.trackers.connection import Connection, Patience, connect_to
from afterword.trackers.credentials import Address, Credentials, basic
from afterword.trackers.rate_limits import UNSAID, wait_asked
from afterword.trackers.tracker import Surroundings, TrackerError
from tests.trackers.scripted_server import Asked, ScriptedServer, Told, answering, in_turn

QUICK = Patience(attempts=4, first=0.005, longest=2)
OK = Told({"ok": True})


def connection(server: ScriptedServer, told: list[str] | None = None, path: str = "") -> Connection:
    """Connect to a server with a token that is bound to it."""
    credentials = Credentials(server.host, "AFTERWORD_X_TOKEN", "t0ken", "robot")
    address = Address.read(server.url + path)
    return Connection(address, credentials, patience=QUICK, tell=(told if told is not None else []).append)


def test_a_request_says_who_asks() -> None:
    """The token, the agent and the parameters arrive, below the path of the interface."""
    with answering(in_turn(OK)) as server:
        answer = connection(server, path="/api/v4").get("/issues", {"iids[]": [1, 2]})
        assert answer.json() == {"ok": True}
    (asked,) = server.asked
    assert asked.path == "/api/v4/issues"
    assert asked.headers["Authorization"] == "Bearer t0ken"
    assert asked.headers["User-Agent"].startswith("afterword/")


@pytest.mark.parametrize(
    "failing",
    [
        Told(status=500),
        Told(status=502),
        Told(status=503, headers={"Retry-After": "0"}),
        Told(status=429, headers={"Retry-After": "0"}),
        Told({"long": "x" * 1000}, stop_after=500),
        Told({"long": "x" * 1000}, stop_after=0),
        Told(stop_after=-1),
        Told({"message": "limit"}, 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"}),
        Told({"errors": []}, 400, {"X-RateLimit-Requests-Remaining": "0", "X-RateLimit-Requests-Reset": "0"}),
    ],
)
def test_what_passes_is_asked_again(failing: Told) -> None:
    """Faults of the moment, limits and answers that were cut off are asked for again."""
    with answering(in_turn(failing, failing, OK)) as server:
        assert connection(server).get("x").json() == {"ok": True}
    assert len(server.asked) == 3


def test_what_does_not_pass_is_given_up() -> None:
    """After the last attempt the sentence says what happened, and how often."""
    with answering(in_turn(Told(status=500))) as server, pytest.raises(TrackerError, match="status 500"):
        connection(server).get("x")
    assert len(server.asked) == QUICK.attempts
    with (
        answering(in_turn(Told({"a": "b"}, stop_after=1))) as server,
        pytest.raises(TrackerError, match="was cut off in its answer, at 4 attempts"),
    ):
        connection(server).get("x")


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"]
)
def test_an_answer_that_drips_is_not_waited_for(head: bytes) -> None:
    """Whether head or body comes byte by byte, without end and without ever pausing long, the time for a whole answer holds."""
    stopped = threading.Event()

    def drip(to: socket.socket) -> None:
        with contextlib.suppress(OSError), to:
            to.sendall(head)
            while not stopped.wait(0.02):
                to.sendall(b"x")

    def accept(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        patience = Patience(attempts=2, first=0.005, whole=0.3)
        begun = time.monotonic()
        with pytest.raises(TrackerError, match=r"took more than 0\.3 s for an answer, at 2 attempts"):
            Connection(
                Address.read(f"http://{host}"), Credentials(host, "AFTERWORD_X_TOKEN", "t"), patience=patience
            ).get("x")
        assert 0.6 <= time.monotonic() - begun < 10
        stopped.set()


def test_what_cannot_pass_is_asked_once() -> None:
    """A refusal is not asked again, and names the variable of the token."""
    refused = Told({"message": "Bad credentials for t0ken"}, 401)
    with answering(in_turn(refused)) as server, pytest.raises(TrackerError) as error:
        connection(server).get("x")
    assert len(server.asked) == 1
    assert "AFTERWORD_X_TOKEN ('Bad credentials for …')" in str(error.value)


def test_a_password_without_its_user_is_told() -> None:
    """Where the token may be a password, a refusal says that no user is set."""
    environment = {"AFTERWORD_DESK_TOKEN": "t0ken"}
    with answering(in_turn(Told(b"Invalid Login", 401))) as server:
        environment["AFTERWORD_DESK_HOST"] = server.host
        around = Surroundings(environment, Path())
        tracker = Tracker("Desk", kind="roundup", api=server.url)
        said = (
            "the token in AFTERWORD_DESK_TOKEN; a password needs its user, and AFTERWORD_DESK_USER is not set"
        )
        with pytest.raises(TrackerError, match=said):
            connect_to(tracker, around, takes_password=True).get("x")
        environment["AFTERWORD_DESK_USER"] = "robot"
        with pytest.raises(TrackerError, match=r"AFTERWORD_DESK_TOKEN$"):
            connect_to(tracker, around, scheme=basic, takes_password=True).get("x")


def test_a_wrong_address_is_shown() -> None:
    """With the path that was asked, and the setting that it comes from."""
    with (
        answering(in_turn(Told({}, 404))) as server,
        pytest.raises(TrackerError, match=r"status 404 to .*/x, expected `api` in the settings"),
    ):
        connection(server).get("x", {"q": "1"})


def test_the_wait_that_is_asked_for_is_kept() -> None:
    """Retry-After is waited, and told; the last request of a window holds the next one back."""
    told: list[str] = []
    limited = Told(status=429, headers={"Retry-After": "1"})
    last = Told({"ok": True}, headers={"RateLimit-Remaining": "0", "RateLimit-Reset": "1"})
    with answering(in_turn(limited, last, OK)) as server:
        asking = connection(server, told)
        began = time.monotonic()
        asking.get("x")
        assert time.monotonic() - began >= 1
        asking.get("y")
        assert time.monotonic() - began >= 2
    assert told == [f"{server.host} allows no more requests for now, waiting 1 s"] * 2


def test_a_wait_beyond_patience_is_not_begun() -> None:
    """A limit that ends in an hour ends the run with a sentence."""
    limited = Told(status=429, headers={"Retry-After": "3600"})
    with answering(in_turn(limited)) as server, pytest.raises(TrackerError, match="to wait 60 minutes"):
        connection(server).get("x")
    assert len(server.asked) == 1


def test_what_must_not_be_done_twice_is_sent_once() -> None:
    """A POST that opens something is repeated after a limit, which did nothing, and never after what might have done it."""
    limited = Told(status=429, headers={"Retry-After": "0"})
    with answering(in_turn(limited, OK)) as server:
        assert connection(server).post("x", {"title": "t"}, repeatable=False).json() == {"ok": True}
    assert [asked.json for asked in server.asked] == [{"title": "t"}] * 2
    for failing in (Told(status=500), Told(status=503), Told(stop_after=-1), Told({"a": 1}, stop_after=1)):
        with answering(in_turn(failing, OK)) as server, pytest.raises(TrackerError):
            connection(server).post("x", {}, repeatable=False)
        assert len(server.asked) == 1


def test_a_host_that_is_down_is_told_from_a_name_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens, or the name leads nowhere: in both cases nothing can have been sent, so that it is tried again."""
    monkeypatch.setenv("NO_PROXY", "*")
    with answering(in_turn(OK)) as server:
        pass
    with pytest.raises(TrackerError, match="refuses the connection, at 4 attempts"):
        connection(server).post("x", {}, repeatable=False)
    nowhere = Credentials("tracker.invalid", "AFTERWORD_X_TOKEN", "t0ken")
    unknown = Connection(Address.read("https://tracker.invalid"), nowhere, patience=QUICK)
    with pytest.raises(TrackerError, match=r"^tracker\.invalid is a name for which .* found, at 4 attempts"):
        unknown.post("x", {}, repeatable=False)


def test_a_host_that_does_not_listen_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that does not stand is told from an answer that does not come."""
    monkeypatch.setattr(module, "CONNECTING", 0.2)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        host = f"127.0.0.1:{full.getsockname()[1]}"
        patience = Patience(attempts=2, first=0.005)
        asking = Connection(
            Address.read(f"http://{host}"), Credentials(host, "AFTERWORD_X_TOKEN", "t"), patience=patience
        )
        with pytest.raises(TrackerError, match=r"is not reached within 10 s, at 2 attempts"):
            asking.get("x")
        for each in waiting:
            each.close()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no program makes a certificate")
def test_a_certificate_that_is_not_trusted_names_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused at once and no token is sent; named in the environment, it is trusted."""
    monkeypatch.setenv("NO_PROXY", "*")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    told: list[str] = []
    with answering(in_turn(OK), context) as server:
        asking = Connection(
            Address.read(f"https://{server.host}"),
            Credentials(server.host, "AFTERWORD_X_TOKEN", "t0ken"),
            patience=QUICK,
            tell=told.append,
        )
        with pytest.raises(TrackerError, match="not one that this machine trusts: REQUESTS_CA_BUNDLE names"):
            asking.get("x")
        assert (server.asked, told) == ([], [])
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert asking.get("x").json() == {"ok": True}


def test_redirects_stay_at_home() -> None:
    """A ticket that moved is followed on its host, another host is never asked."""

    def moved(asked: Asked) -> Told:
        return OK if asked.path == "/new" else Told(status=301, headers={"Location": "/new"})

    with answering(moved) as server:
        answer = connection(server).get("old")
        assert answer.url == f"{server.url}/new"
    with answering(in_turn(OK)) as evil:
        away = Told(status=302, headers={"Location": f"{evil.url}/x"})
        with answering(in_turn(away)) as server, pytest.raises(TrackerError, match="another host"):
            connection(server).get("x")
        assert evil.asked == []
    same_start = Told(status=302, headers={"Location": f"{server.url}0.evil.example/x"})
    with answering(in_turn(same_start)) as server, pytest.raises(TrackerError, match="another host"):
        connection(server).get("x")
    circle = Told(status=302, headers={"Location": "/x"})
    with answering(in_turn(circle)) as server, pytest.raises(TrackerError, match="redirects without end"):
        connection(server).get("x")


def test_pages_are_followed_on_the_same_host() -> None:
    """The Link header leads on, and neither away nor in a circle."""

    def paged(asked: Asked) -> Told:
        number = int(asked.query.get("page", "1"))
        link = {"Link": f'</x?page={number + 1}>; rel="next"'} if number < 3 else {}
        return Told([number], headers=link)

    with answering(paged) as server:
        assert [page.json() for page in connection(server).pages("x")] == [[1], [2], [3]]
    away = Told([], headers={"Link": '<https://evil.example/x>; rel="next"'})
    with answering(in_turn(away)) as server, pytest.raises(TrackerError, match="another host"):
        list(connection(server).pages("x"))
    circle = Told([], headers={"Link": '</x>; rel="next"'})
    with answering(in_turn(circle)) as server, pytest.raises(TrackerError, match="without end"):
        list(connection(server).pages("x"))


def test_answers_have_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is packed small and unpacks to more than is read is refused."""
    packed = Told(gzip.compress(b" " * (module.MAX_ANSWER + 1)), headers={"Content-Encoding": "gzip"})
    with answering(in_turn(packed)) as server, pytest.raises(TrackerError, match="more than 16 MB"):
        connection(server).get("x")


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_said(body: bytes) -> None:
    """A page of a proxy in the place of an answer is an error with a sentence."""
    with answering(in_turn(Told(body))) as server, pytest.raises(TrackerError, match="no JSON"):
        connection(server).get("x").json()


def test_no_proxy_reads_what_is_not_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tracker on this machine is asked directly, whatever the environment says of proxies; a token goes to no other host in clear."""
    with answering(in_turn(OK)) as proxy, answering(in_turn(OK)) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert connection(server).get("x").json() == {"ok": True}
        assert proxy.asked == []


def test_a_netrc_file_lends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and passwords that lie about on the machine are not sent in the place of the token."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with answering(in_turn(OK)) as server:
        connection(server).get("x")
    assert server.asked[0].headers["Authorization"] == "Bearer t0ken"


def test_no_error_holds_the_token() -> None:
    """Neither the words of a refusal nor what lies behind the error repeat it, in no form in which it was sent."""
    credentials = Credentials("", "AFTERWORD_X_TOKEN", "t0ken", "robot")
    carried = basic(credentials)[1].partition(" ")[2]
    for told in (
        Told({"errors": [{"message": f"{carried} t0ken"}]}, 403),
        Told({"errorMessages": ["no t0ken"]}, 400),
        Told(stop_after=-1),
    ):
        with answering(in_turn(told)) as server, pytest.raises(TrackerError) as error:
            connection(server).get("x")
        chain = json.dumps([str(error.value), repr(error.value.__cause__), str(error.value.args)])
        assert "t0ken" not in chain and carried not in chain


@pytest.mark.parametrize(
    ("token", "title", "said"),
    [
        ("lin_api_0123456789", "Rotate …", "no Bearer …"),
        ("Rotate", "Rotate lin_api_0123456789", "no Bearer Rotate"),
    ],
)
def test_no_answer_repeats_the_token(token: str, title: str, said: str) -> None:
    """What a tracker tells is said and written into the snapshot, complaints in an answer of status 200 among it; a password as short as a word stays one."""
    told = {"errors": [{"message": f"no Bearer {token}"}], "title": "Rotate lin_api_0123456789", "n": 1}
    with answering(in_turn(Told(told))) as server:
        credentials = Credentials(server.host, "AFTERWORD_X_TOKEN", token)
        answer = Connection(Address.read(server.url), credentials).get("x").json()
    assert answer == {"errors": [{"message": said}], "title": title, "n": 1}


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (429, {"retry-after": "7"}, b"", 7.0),
        (429, {"retry-after": "Thu, 01 Jan 2026 00:00:09 GMT"}, b"", 10.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225630"}, b"", 31.0),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-01-01T00:00:20Z"}, b"", 21.0),
        (429, {"ratelimit-remaining": "0", "ratelimit-reset": "1767225605"}, b"", 6.0),
        (
            400,
            {"x-ratelimit-requests-remaining": "0", "x-ratelimit-requests-reset": "1767225603000"},
            b"",
            4.0,
        ),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225601"}, b"", 2.0),
        (403, {}, b"You have exceeded a secondary rate limit", UNSAID),
        (400, {}, b'{"errors":[{"extensions":{"code":"RATELIMITED"}}]}', UNSAID),
        (200, {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "1767225601"}, b"", None),
        (403, {"x-ratelimit-remaining": "12"}, b"no access", None),
        (404, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225601"}, b"", None),
        (429, {"retry-after": "soon"}, b"", None),
        (429, {"retry-after": "9" * 30}, b"", None),
    ],
)
def test_what_hosts_ask_is_understood(
    status: int, headers: Mapping[str, str], body: bytes, expected: float | None
) -> None:
    """The forms of GitHub, GitLab, Linear and Jira are read, against the host's own clock."""
    at = {"date": "Thu, 01 Jan 2026 00:00:00 GMT", **headers}
    assert wait_asked(status, at, body) == expected
