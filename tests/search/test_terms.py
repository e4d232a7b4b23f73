"""Terms: what the forms of a word share."""

from __future__ import annotations

import pytest

from afterword.search.terms import joined, stem, terms


@pytest.mark.parametrize(
    "forms",
    [
        "connection connections connected connecting connects",
        "retry retries retried retrying",
        "rotate rotates rotated rotating rotation",
        "migrate migrated migration migrations",
        "deploy deploys deployed deploying deployment deployments",
        "cache caches cached caching",
        "fail fails failed failing failure failures",
        "process processes processed processing",
        "expire expired expiring",
        "run running runs",
        "configure configured",
    ],
)
def test_forms_share_a_term(forms: str) -> None:
    """The forms in which people write a word are found by each other."""
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("string", "str"), ("port", "portal"), ("rotation", "rot"), ("post", "postgres"), ("need", "ne")],
)
def test_other_words_do_not(one: str, other: str) -> None:
    """A word is not cut down to another one."""
    assert stem(one) != stem(other)


def test_common_words_are_no_terms() -> None:
    """What stands in every text is not looked for, what turns a meaning round is."""
    assert terms("The pool was not empty") == ["pool", "not", "empti"]


def test_keys_are_also_one_term() -> None:
    """A ticket is found as typed, and so is an error code."""
    assert joined("PAY-1234") == "pay1234"
    assert joined("ERR_CONNECTION_RESET") == "errconnectionreset"
