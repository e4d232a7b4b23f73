"""The one way to a tracker over HTTP: a token goes to its host alone, and what fails in passing is asked again."""

from __future__ import annotations

import importlib.metadata
import json
import queue
import random
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase

from afterword.model.settings import Tracker
from afterword.trackers.answers import texts_of, without
from afterword.trackers.credentials import Address, Credentials, Scheme, bearer, credentials_for, variable
from afterword.trackers.failures import CONNECTING, READING, FailedError, failure_of, late
from afterword.trackers.rate_limits import wait_asked
from afterword.trackers.tracker import Surroundings, TrackerError

WHOLE = 120
"""Seconds until an answer is there."""

MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of the largest answer that is read, unpacked."""

MAX_REDIRECTS = 5
MAX_PAGES = 1_000

_PASSING = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_THERE = frozenset({404, 405, 501})
"""What is mostly asked at the wrong address."""

_LONGEST_WORDS = 200

_SHORTEST_HIDDEN = 8
"""Characters of the shortest token that is taken out of what a host tells: a short password may be a word that tickets are made of."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried in all, how many seconds the first wait between takes (each further one twice as long), and how many the longest that a host may ask for; within `whole` seconds an answer has to be there."""

    attempts: int = 5
    first: float = 1.0
    longest: float = 300.0
    whole: float = WHOLE


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said: `headers` are found without regard to case, `url` is where it was found after redirects; `hidden` is what it was asked with, and must not be repeated."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    next_url: str = ""
    hidden: tuple[str, ...] = field(default=(), repr=False)

    def json(self) -> Any:
        """Give what the body holds, without the token if a text in it repeats that. Raises TrackerError where it is no JSON."""
        try:
            return without(
                [each for each in self.hidden if len(each) >= _SHORTEST_HIDDEN], json.loads(self.body)
            )
        except (ValueError, RecursionError) as error:
            raise TrackerError(f"{self.url} answered with what is no JSON") from error


class _Session(requests.Session):
    """Leaves redirects alone: even where it follows none, `requests` prepares the next request and reads the answer whole, however long."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Tell that there is nowhere to go."""


class _Carrying(AuthBase):
    """Puts the token into requests; without it `requests` would take one from a .netrc file."""

    def __init__(self, header: tuple[str, str]) -> None:
        self._header = header

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[self._header[0]] = self._header[1]
        return request


def connect_to(
    tracker: Tracker,
    around: Surroundings,
    api: str = "",
    scheme: Scheme = bearer,
    *,
    takes_password: bool = False,
) -> Connection:
    """Connect to a tracker of the settings; `api` is the address of its interface where they name none, `takes_password` where the token may be a user's password. Raises TrackerError where no token may go there."""
    if not (tracker.api or api):
        raise TrackerError("the settings name no `api`, expected the address of its interface")
    address = Address.read(tracker.api or api)
    credentials = credentials_for(tracker, address, around.environment)
    user = variable(tracker.name, "USER") if takes_password and not credentials.user else ""
    return Connection(address, credentials, scheme, tell=around.tell, user_missing=user)


class Connection:
    """Requests to one host. Paths are relative to the address of the interface; whole addresses have to be of the same host."""

    def __init__(
        self,
        address: Address,
        credentials: Credentials,
        scheme: Scheme = bearer,
        *,
        patience: Patience | None = None,
        tell: Callable[[str], None] = lambda line: None,
        user_missing: str = "",
    ) -> None:
        """Connect; `user_missing` is the variable that a user's name is missing from, where the token may be a password."""
        if credentials.host != address.host:
            raise TrackerError(f"{credentials.variable} is bound to {credentials.host}, not {address.host}")
        self.address = address
        self.credentials = credentials
        self._patience = patience or Patience()
        self._tell = tell
        self._user_missing = user_missing
        self._hidden = (credentials.token, credentials.pair)
        self._not_before = 0.0
        self._session = _Session()
        # What is not encrypted stays on this machine: a proxy of the environment would read the token.
        self._session.trust_env = address.origin.startswith("https:")
        self._session.auth = _Carrying(scheme(credentials))
        self._session.headers["User-Agent"] = f"afterword/{importlib.metadata.version('afterword')}"
        self._session.headers["Accept"] = "application/json"

    def get(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Answer:
        """Ask for something. Answers of 200 to 299 and of the statuses in `accept` are given; raises TrackerError for all others, and where none comes."""
        return self._request("GET", path, params, None, headers, accept, repeatable=True)

    def post(
        self,
        path: str,
        body: object,
        *,
        repeatable: bool,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Answer:
        """Send JSON; `repeatable` where sending it twice does what sending it once does. Otherwise it is sent again only where the host cannot have acted on it."""
        return self._request("POST", path, None, body, headers, accept, repeatable=repeatable)

    def put(
        self, path: str, body: object, *, headers: Mapping[str, str] | None = None, method: str = "PUT"
    ) -> Answer:
        """Send JSON that replaces something (PUT, or PATCH as `method`): sent twice, it does what it does once."""
        return self._request(method, path, None, body, headers, (), repeatable=True)

    def pages(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Iterator[Answer]:
        """Yield an answer and those that its `Link` header leads on to."""
        seen: set[str] = set()
        answer = self.get(path, params, headers=headers, accept=accept)
        yield answer
        while answer.next_url:
            if answer.next_url in seen or len(seen) >= MAX_PAGES:
                raise TrackerError(f"{self.address.host} leads from page to page without end")
            seen.add(answer.next_url)
            answer = self.get(answer.next_url, headers=headers, accept=accept)
            yield answer

    def url_of(self, path: str) -> str:
        """Make a whole address of a path. Raises TrackerError for an address of another host."""
        if "://" not in path:
            return f"{self.address.origin}{self.address.path}/{path.lstrip('/')}"
        if path != self.address.origin and not path.startswith(
            (f"{self.address.origin}/", f"{self.address.origin}?")
        ):
            raise TrackerError(f"{self.address.host} points to another host, where no token goes")
        return path

    def _request(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        body: object,
        headers: Mapping[str, str] | None,
        accept: Collection[int],
        *,
        repeatable: bool,
    ) -> Answer:
        url = self.url_of(path)
        for attempt in range(1, self._patience.attempts + 1):
            last = attempt == self._patience.attempts
            self._pause()
            try:
                answer = self._once(method, url, params, body, headers)
            except FailedError as failed:
                if not (repeatable or failed.unsent):
                    raise TrackerError(
                        f"{self.address.host} {failed}; whether it did what was asked is not known"
                    ) from None
                if last:
                    raise TrackerError(f"{self.address.host} {failed}, at {attempt} attempts") from None
                self._wait(self._back_off(attempt), str(failed))
                continue
            if answer.status in accept or 200 <= answer.status < 300:
                self._heed(answer)
                return answer
            asked = wait_asked(answer.status, answer.headers, answer.body)
            limited = answer.status == 429 or (asked is not None and answer.status < 500)
            if not (limited or (answer.status in _PASSING and repeatable)) or last:
                raise TrackerError(self._refusal(answer, limited=limited))
            self._wait(self._back_off(attempt) if asked is None else asked, self._said(answer, limited))
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        body: object,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        """Ask once, in a thread of its own: a host that sends a byte now and then, of its head or of its body, never lets a read time out."""
        whole = self._patience.whole
        until = time.monotonic() + whole
        told: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                told.put(self._asked(method, url, params, body, headers, until))
            except Exception as error:
                told.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = told.get(timeout=whole)
        except queue.Empty:
            raise late(whole) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _asked(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        body: object,
        headers: Mapping[str, str] | None,
        until: float,
    ) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            if time.monotonic() > until:
                raise late(
                    self._patience.whole
                )  # nobody waits any more: what is written must not arrive later
            try:
                with self._session.request(
                    method,
                    url,
                    params=params,
                    json=body,
                    headers=dict(headers or {}),
                    timeout=(CONNECTING, READING),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    content = self._read(response, until)
            except requests.exceptions.RequestException as error:
                # The texts of these may hold the address of a proxy with its password, or headers.
                raise failure_of(error) from None
            location = response.headers.get("Location", "")
            if response.status_code in _REDIRECTS and location:
                if method != "GET" and response.status_code not in (307, 308):
                    raise TrackerError(
                        f"{self.address.host} has moved, and says so to what was to be written"
                    )
                url, params = self.url_of(urljoin(url, location)), None
                continue
            following = response.links.get("next", {}).get("url", "")
            return Answer(
                response.status_code,
                response.headers,
                content,
                str(response.url).partition("?")[0],
                urljoin(url, following) if following else "",
                self._hidden,
            )
        raise TrackerError(f"{self.address.host} redirects without end")

    def _read(self, response: requests.Response, until: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(64 * 1024):
            size += len(part)
            if size > MAX_ANSWER:
                raise TrackerError(
                    f"{self.address.host} answered with more than {MAX_ANSWER // 1024 // 1024} MB"
                )
            if time.monotonic() > until:
                raise late(self._patience.whole)
            parts.append(part)
        return b"".join(parts)

    def _back_off(self, attempt: int) -> float:
        """Give a wait that grows, and differs between pipelines that were turned away together."""
        return float(self._patience.first * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311

    def _heed(self, answer: Answer) -> None:
        """Hold the next request back where this was the last that the host allows for now."""
        asked = wait_asked(answer.status, answer.headers, b"")
        if asked:
            self._not_before = time.monotonic() + asked

    def _pause(self) -> None:
        left = self._not_before - time.monotonic()
        if left > 0:
            self._wait(left, "allows no more requests for now")
        self._not_before = 0.0

    def _wait(self, seconds: float, why: str) -> None:
        host = self.address.host
        if seconds > self._patience.longest:
            raise TrackerError(
                f"{host} {why} and asks to wait {seconds / 60:,.0f} minutes: run it again after that"
            )
        if round(seconds) >= 1:
            self._tell(f"{host} {why}, waiting {seconds:.0f} s")
        time.sleep(max(seconds, 0))

    def _said(self, answer: Answer, limited: bool) -> str:
        return "allows no more requests for now" if limited else f"answered with status {answer.status}"

    def _refusal(self, answer: Answer, *, limited: bool) -> str:
        host, status = self.address.host, answer.status
        words = self._words(answer)
        said = f" ('{words}')" if words else ""
        if limited:
            return f"{host} allows no more requests for now{said}: run it again later"
        if status == 401:
            missing = f"; a password needs its user, and {self._user_missing} is not set"
            return f"{host} does not know the token in {self.credentials.variable}{said}{missing if self._user_missing else ''}"
        if status == 403:
            return f"{host} does not allow this with the token in {self.credentials.variable}{said}"
        if status in _NOT_THERE:
            path = urlsplit(answer.url).path
            return f"{host} answered with status {status}{said} to {path}, expected `api` in the settings to be the address of the interface"
        return f"{host} answered with status {status}{said}"

    def _words(self, answer: Answer) -> str:
        """Give what a host says of its refusal, without the token if it repeats that."""
        try:
            told = json.loads(answer.body)
        except (ValueError, RecursionError):
            return ""
        text = without(answer.hidden, " ".join(" ".join(texts_of(told)).split()))
        text = "".join(letter for letter in text if letter.isprintable())
        return text if len(text) <= _LONGEST_WORDS else f"{text[: _LONGEST_WORDS - 1]}…"
