"""What is built, by whom, and in which words it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.building import ours, peers
from benchmarks.building.place import Place
from benchmarks.building.spent import Spent


def _nothing(place: Place) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Run:
    """One kind of build. `measure` does it at a place for the n-th time; `missing` says what keeps it from being done there.

    Above `most` records it is left out.
    """

    name: str
    shown: str
    measure: Callable[[Place, int], Spent]
    missing: Callable[[Place], str] = _nothing
    most: int | None = None


def _cold(has_search: bool) -> Callable[[Place, int], Spent]:
    return lambda place, number: ours.Site(place, has_search).cold(number)


def _again(has_search: bool, change: ours.Change | None) -> Callable[[Place, int], Spent]:
    return lambda place, number: ours.Site(place, has_search).again(change, number)


MKDOCS = Run("mkdocs", "MkDocs, Material and its search", peers.mkdocs)
HUGO = Run("hugo", "Hugo", peers.hugo, peers.no_hugo)
PAGEFIND = Run("pagefind", "Pagefind over Hugo's pages", peers.pagefind, peers.no_hugo)
ZENSICAL = Run("zensical", "Zensical", peers.zensical, peers.no_zensical, 1000)
COLD = Run("cold", "Afterword", _cold(True))
NOTHING = Run("nothing", "Afterword, nothing changed", _again(True, None))
SENTENCE = Run("sentence", "Afterword, a sentence of a record edited", _again(True, ours.edit_sentence))
TITLE = Run("title", "Afterword, the title of a record edited", _again(True, ours.edit_title))
SERVICE = Run("service", "Afterword, the busiest service renamed", _again(True, ours.rename_service))
TEMPLATE = Run("template", "Afterword, a template changed", _again(True, ours.change_template))
CI = Run("ci", "Afterword in CI, a sentence of a record committed", lambda place, number: ours.Site(place, True).in_ci(number))  # fmt: skip
PLAIN_COLD = Run("plain-cold", "Afterword without search", _cold(False))
PLAIN_NOTHING = Run("plain-nothing", "Afterword without search, nothing changed", _again(False, None))
PLAIN_SENTENCE = Run(
    "plain-sentence", "Afterword without search, a sentence of a record edited", _again(False, ours.edit_sentence)
)  # fmt: skip
PLAIN_TITLE = Run(
    "plain-title", "Afterword without search, the title of a record edited", _again(False, ours.edit_title)
)  # fmt: skip

RUNS = (
    MKDOCS, HUGO, PAGEFIND, ZENSICAL, COLD, NOTHING, SENTENCE, TITLE, SERVICE, TEMPLATE, CI,
    PLAIN_COLD, PLAIN_NOTHING, PLAIN_SENTENCE, PLAIN_TITLE,
)  # fmt: skip
"""In the order in which they are done at each size."""
