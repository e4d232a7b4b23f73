"""Tokens: taken from the environment alone, and bound there to the host that they may go to."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from afterword.model.settings import Tracker
from afterword.trackers.tracker import TrackerError

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{{1,5}}))?(?P<path>(?:/[A-Za-z0-9._~%@+-]+)*)/?"
)
"""No user, no query, no fragment, nothing that two libraries could read as two hosts."""

_SCHEME_AND_HOST = re.compile(r"[A-Za-z]+://[^/\s]*")
_PORTS = range(1, 65_536)
_HERE = ("localhost", "127.0.0.1")
_USUAL_PORTS = {"https": "443", "http": "80"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where an interface is: `origin` is scheme, host and port, `host` what a token is bound to, with the port where it is not the usual one; `path` begins with `/` or is empty."""

    origin: str
    host: str
    path: str

    @classmethod
    def read(cls, text: str) -> Address:
        """Read an address of the settings. Raises TrackerError for one that no token may go to."""
        lower = _SCHEME_AND_HOST.sub(lambda found: found[0].lower(), text.strip(), count=1)
        found = _ADDRESS.fullmatch(lower)
        if found is None or ".." in found["path"].split("/") or int(found["port"] or 1) not in _PORTS:
            raise TrackerError(
                f"'{text}' is no address of an interface, expected such as https://tracker.example/api"
            )
        if found["scheme"] == "http" and found["host"] not in _HERE:
            raise TrackerError(
                f"'{text}' is not encrypted and no token goes there, expected https://{found['host']}"
            )
        port = found["port"] or ""
        if port == _USUAL_PORTS[found["scheme"]]:
            port = ""
        host = f"{found['host']}:{port}" if port else found["host"]
        return cls(f"{found['scheme']}://{host}", host, found["path"])


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token with the only host that it may go to; neither it nor the user's name is shown by `repr`. `variable` is where it came from."""

    host: str
    variable: str
    token: str = field(repr=False)
    user: str = field(default="", repr=False)

    @property
    def pair(self) -> str:
        """Give the user's name and the token as one word, as `basic` carries them."""
        return base64.b64encode(f"{self.user}:{self.token}".encode()).decode()


Scheme = Callable[[Credentials], tuple[str, str]]
"""Gives the header that carries a token, and its value."""


def bearer(credentials: Credentials) -> tuple[str, str]:
    """Carry a token as most interfaces want it."""
    return "Authorization", f"Bearer {credentials.token}"


def bare(credentials: Credentials) -> tuple[str, str]:
    """Carry a token without a word before it."""
    return "Authorization", credentials.token


def basic(credentials: Credentials) -> tuple[str, str]:
    """Carry a user's name and the token in the place of a password."""
    return "Authorization", f"Basic {credentials.pair}"


def variable(tracker: str, what: str) -> str:
    """Name the variable that holds the `TOKEN`, `HOST` or `USER` of a tracker by the name that the settings give it."""
    return f"AFTERWORD_{re.sub('[^A-Z0-9]', '_', tracker.upper())}_{what}"


def credentials_for(tracker: Tracker, address: Address, environment: Mapping[str, str]) -> Credentials:
    """Give the token that may go to an address. Raises TrackerError, naming the variable, where none may."""
    token_name, host_name = variable(tracker.name, "TOKEN"), variable(tracker.name, "HOST")
    token, host = environment.get(token_name, "").strip(), environment.get(host_name, "").strip().lower()
    of_runner = _of_runner(tracker, environment) if not token else None
    if not host and tracker.kind == "gitlab" and environment.get("GITLAB_CI"):
        of_gitlab = _host_of(environment.get("CI_API_V4_URL", ""))
        host_name, host = ("CI_API_V4_URL", of_gitlab) if of_gitlab else (host_name, host)
    if of_runner is not None:
        token_name, token, host_name, host = of_runner
    if not token:
        raise TrackerError(_no_token(tracker, address, environment, host))
    if "/" in host:
        alone = _host_of(host if "://" in host else f"https://{host}") or address.host
        raise TrackerError(f"{host_name} holds an address, expected the host alone, such as {alone}")
    if not host:
        # The runner's variable holds an address, ours a host.
        expected = f"{address.origin}{address.path}" if of_runner else address.host
        raise TrackerError(
            f"{token_name} is bound to no host: set {host_name}={expected} where the token is kept, if it may go there"
        )
    if host != address.host:
        raise TrackerError(
            f"{token_name} is not sent to {address.host}, which the settings name: {host_name} binds it to {host}"
        )
    if not re.fullmatch(r"[!-~]+", token):
        raise TrackerError(f"{token_name} holds what no token has, expected printable ASCII without spaces")
    return Credentials(host, token_name, token, environment.get(variable(tracker.name, "USER"), "").strip())


def _no_token(tracker: Tracker, address: Address, environment: Mapping[str, str], host: str) -> str:
    """Say all that is missing at once: the token, what binds it to its host, and where a runner could lend its own."""
    said = f"no token for {address.host}: {variable(tracker.name, 'TOKEN')} is not set"
    if not host:
        said += (
            f", nor {variable(tracker.name, 'HOST')}, the only host that it may go to, such as {address.host}"
        )
    if (
        tracker.kind == "github"
        and environment.get("GITHUB_ACTIONS") == "true"
        and address.host == _host_of(environment.get("GITHUB_API_URL", ""))
    ):
        said += "; the token of the run itself needs neither: give GITHUB_TOKEN to the step in its `env`"
    return said


def _of_runner(tracker: Tracker, environment: Mapping[str, str]) -> tuple[str, str, str, str] | None:
    """Give the token that a runner has for the repository itself, with the host that the runner, not the repository, names."""
    token = environment.get("GITHUB_TOKEN", "").strip()
    if tracker.kind != "github" or environment.get("GITHUB_ACTIONS") != "true" or not token:
        return None
    return "GITHUB_TOKEN", token, "GITHUB_API_URL", _host_of(environment.get("GITHUB_API_URL", ""))


def _host_of(text: str) -> str:
    try:
        return Address.read(text).host
    except TrackerError:
        return ""
