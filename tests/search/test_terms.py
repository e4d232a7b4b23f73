"""Terms: what stands in an index."""

from __future__ import annotations

from afterword.search.terms import joined, terms


def test_common_words_are_no_terms() -> None:
    """What stands in every text is not looked for, what turns a meaning round is."""
    assert terms("The pool was not empty") == ["pool", "not", "empti"]


def test_keys_are_also_one_term() -> None:
    """A ticket is found as typed, and so is an error code."""
    assert joined("PAY-1234") == "pay1234"
    assert joined("ERR_CONNECTION_RESET") == "errconnectionreset"
