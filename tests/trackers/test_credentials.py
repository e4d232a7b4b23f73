"""Tokens come from the environment and go to the host that the environment names."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.util import parse_url

from afterword.model.settings import Tracker
from afterword.trackers.credentials import Address, basic, bearer, credentials_for
from afterword.trackers.tracker import TrackerError

PAY = Tracker("Pay desk", kind="jira")
OWN = {"AFTERWORD_PAY_DESK_TOKEN": "t0ken", "AFTERWORD_PAY_DESK_HOST": "tracker.example"}


def test_a_token_goes_to_the_host_it_is_bound_to() -> None:
    """The name of the tracker makes the names of the variables."""
    found = credentials_for(PAY, Address.read("https://Tracker.example/rest"), OWN)
    assert bearer(found) == ("Authorization", "Bearer t0ken")
    assert found.host == "tracker.example"


@pytest.mark.parametrize(
    ("address", "missing"),
    [
        ("https://evil.example", "AFTERWORD_PAY_DESK_HOST binds it to tracker.example"),
        ("https://tracker.example.evil.example", "is not sent to"),
        ("https://tracker.example:8443", "is not sent to tracker.example:8443"),
        ("https://tracker.example.", "is no address"),
        ("https://sub.tracker.example", "is not sent to"),
    ],
)
def test_another_host_gets_no_token(address: str, missing: str) -> None:
    """What a pull request writes into the settings cannot lead a token away."""
    with pytest.raises(TrackerError, match=missing) as refused:
        credentials_for(PAY, Address.read(address), OWN)
    assert "t0ken" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://user@tracker.example",
        "https://tracker.example@evil.example",
        "https://evil.example\\@tracker.example",
        "https://evil.example#@tracker.example",
        "https://evil.example?tracker.example",
        "https://tracker.example/a/../b",
        "https://tracker.example /",
        "https://tracker.example\t.evil.example",
        "http://tracker.example",
        "ftp://tracker.example",
        "//tracker.example",
        "tracker.example",
        "",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example:80",
        "https://localhost:99999",
        "https://tracker..example",
        f"https://{'a' * 64}.example",
    ],
)
def test_an_address_that_could_be_read_in_two_ways_is_none(address: str) -> None:
    """Nothing but scheme, host, port and a plain path is read, and unencrypted ones on this machine only."""
    with pytest.raises(TrackerError, match=r"is no address|is not encrypted"):
        Address.read(address)


@given(st.from_regex(r"https?://[a-zA-Z0-9.@:/?#%\\\\\[\]_~ \t\n-]{1,40}", fullmatch=True))
@example("https://[::1]:80/x")
@example("https://a%2eb/")
@example("https://localhost:99999")
def test_every_library_sees_the_host_that_was_compared(text: str) -> None:
    """What is read as an address is the same host to whatever sends the request."""
    try:
        address = Address.read(text)
    except TrackerError:
        return
    host = address.host if address.host.endswith("]") else address.host.partition(":")[0]
    host = address.host.rpartition(":")[0] if "]:" in address.host else host
    url = f"{address.origin}{address.path}/tickets"
    assert parse_url(url).host == host
    assert urlsplit(url).hostname == host.strip("[]")


def test_usual_ports_and_this_machine_are_read() -> None:
    """A port that goes without saying is not part of the host, another is; plain HTTP is for this machine."""
    assert Address.read("https://tracker.example:443/rest/").host == "tracker.example"
    assert Address.read("http://127.0.0.1:8080").host == "127.0.0.1:8080"
    assert Address.read("https://tracker.example/jira").path == "/jira"


def test_what_is_missing_is_named() -> None:
    """The sentence says which variable to set."""
    address = Address.read("https://tracker.example")
    with pytest.raises(TrackerError, match=r"AFTERWORD_PAY_DESK_TOKEN is not set"):
        credentials_for(PAY, address, {})
    with pytest.raises(TrackerError, match=r"set AFTERWORD_PAY_DESK_HOST=tracker.example"):
        credentials_for(PAY, address, {"AFTERWORD_PAY_DESK_TOKEN": "t0ken"})


def test_all_that_is_missing_is_named_at_once() -> None:
    """Token and host in one sentence; the host is left out where something binds the token already."""
    address = Address.read("https://tracker.example")
    both = r"AFTERWORD_PAY_DESK_TOKEN is not set, nor AFTERWORD_PAY_DESK_HOST, .* such as tracker\.example$"
    with pytest.raises(TrackerError, match=both):
        credentials_for(PAY, address, {})
    with pytest.raises(TrackerError, match=r"AFTERWORD_PAY_DESK_TOKEN is not set$"):
        credentials_for(PAY, address, {"AFTERWORD_PAY_DESK_HOST": "tracker.example"})
    runner = {"GITLAB_CI": "true", "CI_API_V4_URL": "https://gitlab.example/api/v4"}
    with pytest.raises(TrackerError, match=r"AFTERWORD_CODE_TOKEN is not set$"):
        credentials_for(Tracker("Code", kind="gitlab"), Address.read("https://gitlab.example/api/v4"), runner)


@pytest.mark.parametrize(
    "host",
    [
        "https://tracker.example",
        "https://Tracker.example/rest",
        "tracker.example/",
        "tracker.example/rest",
        "//tracker.example",
    ],
)
def test_a_host_is_no_address(host: str) -> None:
    """A path would bind nothing, so an address is not taken for a host, and the sentence says what is expected."""
    environment = {**OWN, "AFTERWORD_PAY_DESK_HOST": host}
    expected = r"AFTERWORD_PAY_DESK_HOST holds an address, expected the host alone, such as tracker\.example$"
    with pytest.raises(TrackerError, match=expected):
        credentials_for(PAY, Address.read("https://tracker.example"), environment)


def test_the_token_of_a_run_is_named_where_it_could_go() -> None:
    """On a runner of GitHub, for the address of that GitHub and no other; what is missing of the runner's is a whole address."""
    runner = {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://github.example/api/v3"}
    code, address = Tracker("Code", kind="github"), Address.read("https://github.example/api/v3")
    with pytest.raises(TrackerError, match=r"AFTERWORD_CODE_TOKEN is not set.*give GITHUB_TOKEN to the step"):
        credentials_for(code, address, runner)
    for elsewhere, environment in (
        ("https://api.github.example", runner),
        ("https://github.example/api/v3", {}),
    ):
        with pytest.raises(TrackerError) as refused:
            credentials_for(code, Address.read(elsewhere), environment)
        assert "GITHUB_TOKEN" not in str(refused.value)
    unbound = {"GITHUB_ACTIONS": "true", "GITHUB_TOKEN": "ghs"}
    with pytest.raises(TrackerError, match=r"set GITHUB_API_URL=https://github\.example/api/v3 "):
        credentials_for(code, address, unbound)


def test_a_runner_of_github_gives_its_token_to_its_own_host() -> None:
    """The runner names the host, and only a tracker of the kind `github` gets its token."""
    runner = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_TOKEN": "ghs",
        "GITHUB_API_URL": "https://api.github.example",
    }
    code = Tracker("Code", kind="github")
    assert credentials_for(code, Address.read("https://api.github.example"), runner).token == "ghs"  # noqa: S105
    with pytest.raises(TrackerError, match=r"GITHUB_API_URL binds it to api.github.example"):
        credentials_for(code, Address.read("https://evil.example"), runner)
    with pytest.raises(TrackerError, match=r"AFTERWORD_PAY_DESK_TOKEN is not set"):
        credentials_for(PAY, Address.read("https://api.github.example"), runner)
    with pytest.raises(TrackerError, match=r"is not set"):
        credentials_for(code, Address.read("https://api.github.example"), {**runner, "GITHUB_ACTIONS": ""})


def test_a_runner_of_gitlab_names_the_host_of_a_token() -> None:
    """Where the environment binds a token to no host, that of the runner's own GitLab holds."""
    runner = {
        "GITLAB_CI": "true",
        "AFTERWORD_CODE_TOKEN": "glpat",
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
    }
    code = Tracker("Code", kind="gitlab")
    assert credentials_for(code, Address.read("https://gitlab.example/api/v4"), runner).token == "glpat"  # noqa: S105
    with pytest.raises(TrackerError, match=r"CI_API_V4_URL binds it to gitlab.example"):
        credentials_for(code, Address.read("https://evil.example/api/v4"), runner)


def test_nothing_shows_a_token() -> None:
    """Neither the representation nor the refusal of a malformed token holds it."""
    environment = {**OWN, "AFTERWORD_PAY_DESK_USER": "robot@example.org"}
    found = credentials_for(PAY, Address.read("https://tracker.example"), environment)
    assert basic(found)[1] == "Basic cm9ib3RAZXhhbXBsZS5vcmc6dDBrZW4="
    assert "t0ken" not in repr(found) and "robot" not in repr(found)
    with pytest.raises(TrackerError, match=r"holds what no token has") as refused:
        credentials_for(
            PAY, Address.read("https://tracker.example"), {**OWN, "AFTERWORD_PAY_DESK_TOKEN": "t0\nken"}
        )
    assert "ken" not in str(refused.value).replace("token", "").replace("TOKEN", "")
