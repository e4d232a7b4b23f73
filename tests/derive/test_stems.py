"""Words as they are compared."""

import pytest

from afterword.derive.words.stems import spelled, stem, stems


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
        "expire expires expired expiring",
        "run running runs",
        "configure configured",
        "crash crashes crashed crashing",
        "map maps mapped mapping",
        "fall falls falling",
    ],
)
def test_forms_of_a_word_are_one(forms: str) -> None:
    """Number and tense make no difference, nor whether it is said by a noun or a verb."""
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("string", "str"),
        ("port", "portal"),
        ("rotation", "rot"),
        ("post", "postgres"),
        ("need", "ne"),
        ("bus", "bu"),
        ("ring", "r"),
        ("status", "statu"),
        ("axis", "axi"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    """A word is not cut down to another one, and what looks like an ending is part of a short word."""
    assert stem(one) != stem(other)


def test_what_tells_nothing_is_left_out() -> None:
    """Articles, words of every account, numbers, addresses and single letters are not compared; a status of HTTP is."""
    text = "The outage of 14:02 on 2026-03-14 was caused by A1, see https://chat.example/archives/C514 (503)"
    assert stems(text) == ["503"]


def test_words_of_other_scripts_are_kept() -> None:
    """A word that is not English is compared as it stands, in small letters."""
    assert stems("Überlast am ПОРТУ") == ["überlast", "порту"]


def test_a_stem_knows_how_it_is_written() -> None:
    """The word as it stands in the text first, or in small letters where it ever does, goes with what is compared."""
    assert spelled(["Traefik", "Retry", "the", "retries", "retry"]) == {
        "traefik": "Traefik",
        "retri": "retries",
    }
