"""Why a request got no answer, in words that tell a wrong name from a host that is down, and one that is slow."""

from __future__ import annotations

import socket

import requests
from urllib3.exceptions import NewConnectionError

from afterword.trackers.tracker import TrackerError

CONNECTING, READING = 10, 30
"""Seconds until a connection stands, and until the next bytes come."""


class FailedError(Exception):
    """A request got no whole answer; `unsent` where the host cannot have seen it."""

    def __init__(self, reason: str, *, unsent: bool = False) -> None:
        super().__init__(reason)
        self.unsent = unsent


def late(whole: float) -> FailedError:
    """Give the failure of an answer that did not come within so many seconds."""
    return FailedError(f"took more than {whole:g} s for an answer")


def failure_of(error: requests.exceptions.RequestException) -> FailedError:
    """Say why a request failed. Raises TrackerError for what asking again does not mend."""
    if isinstance(error, requests.exceptions.SSLError):
        raise TrackerError(
            "the certificate of the host is not one that this machine trusts: REQUESTS_CA_BUNDLE names certificates of your own"
        ) from None
    if isinstance(error, requests.exceptions.ProxyError):
        return FailedError("is not reached through the proxy of the environment", unsent=True)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return FailedError(f"is not reached within {CONNECTING} s", unsent=True)
    if isinstance(error, requests.exceptions.Timeout):
        return FailedError(f"said nothing for {READING} s")
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return FailedError("was cut off in its answer")
    if isinstance(error, requests.exceptions.ConnectionError):
        return _not_connected(getattr(error.args[0] if error.args else None, "reason", None))
    return FailedError("could not be asked")


def _not_connected(cause: object) -> FailedError:
    """Say what kept a connection from standing, by what `requests` wraps; one that never stood cannot have carried anything."""
    if not isinstance(cause, NewConnectionError):
        return FailedError("broke off the connection")
    reason = cause.__cause__ or cause.__context__
    if isinstance(reason, socket.gaierror):
        return FailedError("is a name for which no address is found", unsent=True)
    if isinstance(reason, ConnectionRefusedError):
        return FailedError("refuses the connection", unsent=True)
    said = f" ({reason.strerror.lower()})" if isinstance(reason, OSError) and reason.strerror else ""
    return FailedError(f"is not reached{said}", unsent=True)
