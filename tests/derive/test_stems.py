"""Words as they are compared."""

import pytest

from afterword.derive.stems import spelled_stems, stem, stems


@pytest.mark.parametrize(
    "words",
    [
        ("expire", "expires", "expired", "expiring"),
        ("retry", "retries"),
        ("crash", "crashes", "crashed", "crashing"),
        ("leak", "leaks", "leaked", "leaking"),
        ("process", "processes", "processing"),
        ("map", "maps", "mapped", "mapping"),
        ("fall", "falls", "falling"),
        ("Certificate", "certificates"),
    ],
)
def test_forms_of_a_word_are_one(words: tuple[str, ...]) -> None:
    """Number, tense and case make no difference."""
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("bus", "bu"), ("ring", "r"), ("need", "ne"), ("status", "statu"), ("axis", "axi")]
)
def test_short_words_stay_whole(one: str, other: str) -> None:
    """What looks like an ending is part of a short word."""
    assert stem(one) != other


def test_what_tells_nothing_is_left_out() -> None:
    """Articles, words of every account, numbers, addresses and single letters are not compared; a status of HTTP is."""
    text = "The outage of 14:02 on 2026-03-14 was caused by A1, see https://chat.example/archives/C514 (503)"
    assert stems(text) == ["503"]


def test_words_of_other_scripts_are_kept() -> None:
    """A word that is not English is compared as it stands, in small letters."""
    assert stems("Überlast am ПОРТУ") == ["überlast", "порту"]


def test_a_stem_knows_how_it_is_written() -> None:
    """The word as it stands in the text goes with what is compared."""
    assert list(spelled_stems("Traefik retries")) == [("traefik", "Traefik"), ("retry", "retries")]
