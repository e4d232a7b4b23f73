"""The large search index: records as pages for Pagefind, and what it makes of them as files of the site.

Pagefind is given terms, not texts: so it finds the words that the small index finds, and phrases of them. What results show is not taken from
it but from the same `parts/` files, and its own copies of the texts are not published.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from afterword.derive.search_documents import SearchDocument
from afterword.search.files import IndexFile, json_bytes
from afterword.search.lunr_index import BOOSTS, field_words, fields_of
from afterword.search.words import kept_words

FORMAT = 2
ROWS_NAME = "search/pagefind.json"
FOLDER = "search/pagefind"

WHOLE = "\N{LATIN LETTER DENTAL CLICK}"
"""Stands behind every term. Pagefind finds all words that begin with what is asked: asked for with this sign behind it a term means only itself."""

LARGEST_SHARES = ((1_500, 1), (3_000, 2), (6_000, 4))
MOST_SHARDS = 8
"""The fewest shards for so many records: each is downloaded from at every question, and each is what one edited record has indexed again."""

COMMON_SHARE, COMMON_LEAST = 0.08, 300
"""A term of more records than both is common: Pagefind takes the square of their number in time to list them."""

_HEAD = b"pagefind_dcd"
_SHARED = ("pagefind.js", "wasm.unknown.pagefind")


@dataclass(slots=True)
class Shard:
    """A part of the records indexed: `files` by their path below its folder, Pagefind's name for each record by its id, and how many records hold a word or term."""

    files: dict[str, bytes]
    names: dict[str, str]
    words: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)


def shards_of(documents: Sequence[SearchDocument]) -> tuple[tuple[SearchDocument, ...], ...]:
    """Divide documents by the hash of their id, so that a new one moves no other."""
    count = next((number for most, number in LARGEST_SHARES if len(documents) <= most), MOST_SHARDS)
    made: tuple[list[SearchDocument], ...] = tuple([] for _ in range(count))
    for document in documents:
        made[hashlib.sha256(document.id.encode("utf-8", "replace")).digest()[0] % count].append(document)
    return tuple(map(tuple, made))


def language_of(shard: int) -> str:
    """Name the language of a shard: none that Pagefind knows, so it stems nothing, and another for each, so that no two records have the same name."""
    return f"x{shard}"


def fingerprint(documents: Iterable[SearchDocument]) -> str:
    """Give the hash of all that a shard's index is made of."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for each in documents:
        told = (
            each.id,
            each.title,
            each.names,
            each.services,
            each.classes,
            each.keys,
            [(part.where, part.title, part.text) for part in each.passages],
        )
        digest.update(json.dumps(told).encode())
    return digest.hexdigest()


def pages(
    documents: Iterable[SearchDocument], words: Counter[str], held: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Yield each document as a page named by its id, and count the records that hold each word and each term on the way."""
    for document in documents:
        told = field_words(document)
        found = fields_of(document, told)
        words.update(kept_words(chain.from_iterable(told.values())))
        held.update(set(chain.from_iterable(found.values())))
        parts = (
            f'<span data-pagefind-weight="{BOOSTS[name]}">{" ".join(f"{term}{WHOLE}" for term in terms)} </span>'
            for name, terms in found.items()
            if terms
        )
        yield document.id, f"<html><body>{''.join(parts)}</body></html>"


def shard(files: Mapping[str, bytes], words: Counter[str], held: Counter[str]) -> Shard:
    """Take what is published out of the files that Pagefind made. Raises ValueError where one of them is not what it should be."""
    kept: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for path, content in files.items():
        if path.startswith("fragment/"):
            name = path.removeprefix("fragment/").removesuffix(".pf_fragment")
            try:
                told = gzip.decompress(content).removeprefix(_HEAD)
                names[str(json.loads(told)["url"])] = name
            except (OSError, EOFError, KeyError) as error:
                raise ValueError(f"{path} cannot be read") from error
        elif path in (*_SHARED, "pagefind-entry.json") or path.endswith((".pf_meta", ".pf_index")):
            kept[path] = content
    return Shard(kept, names, words, held)


def kept_text(made: Shard, made_of: str) -> str:
    """Write a shard as a text for the cache, with the hash of what it was made of."""
    files = {path: base64.b64encode(content).decode() for path, content in made.files.items()}
    few = {term: count for term, count in made.terms.items() if count >= COMMON_LEAST / MOST_SHARDS / 2}
    return json.dumps(
        {"made_of": made_of, "files": files, "names": made.names, "words": made.words, "terms": few}
    )


def from_kept(text: str | None, made_of: str | None) -> Shard | None:
    """Read a shard from the cache's text, None where it was made of something else or cannot be read; `made_of` None takes one of anything."""
    try:
        found: dict[str, Any] = json.loads(text or "")
        if made_of is not None and found["made_of"] != made_of:
            return None
        files = {path: base64.b64decode(content) for path, content in found["files"].items()}
        return Shard(files, found["names"], Counter(found["words"]), Counter(found["terms"]))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        return None


def pagefind_files(
    shards: Sequence[Shard], documents: Sequence[SearchDocument], base: str
) -> Iterator[IndexFile]:
    """Yield the files of all shards below `<base>search/pagefind/`, and `pagefind.json`, which leads from Pagefind's names to rows.

    That file has `shards` (their number), `names` (for each row the number of its shard and the first `width` signs of Pagefind's name for it there,
    one behind the other; dashes for a row that it left out) and `common` (the terms of so many records that listing them takes long).
    """
    terms: Counter[str] = Counter()
    for number, made in enumerate(shards):
        terms += made.terms
        for path, content in sorted(made.files.items()):
            if number == 0 or path not in _SHARED:
                yield IndexFile(f"{base}{FOLDER}/{number}/{path}", content)
    names = {
        document: f"{number}{name.partition('_')[2]}"
        for number, made in enumerate(shards)
        for document, name in made.names.items()
    }
    width = _width(names.values())
    least = max(COMMON_LEAST, COMMON_SHARE * len(documents))
    found = {
        "format": FORMAT,
        "shards": len(shards),
        "width": width,
        "names": "".join(names.get(document.id, "-" * (width + 1))[: width + 1] for document in documents),
        "common": sorted(term for term, count in terms.items() if count > least),
    }
    yield IndexFile(base + ROWS_NAME, json_bytes(found))


def _width(names: Iterable[str]) -> int:
    """Give how many signs behind the shard's tell all names apart: every sign is downloaded by every reader."""
    told = tuple(names)
    return next((width for width in range(3, 7) if len({name[: width + 1] for name in told}) == len(told)), 7)


Index = Callable[[Iterator[tuple[str, str]], str], dict[str, bytes]]
"""Has pages indexed in a language, and gives the files."""


def made_by(index: Index, documents: Sequence[SearchDocument], number: int) -> Shard:
    """Have the documents of a shard indexed. Raises ValueError where the index cannot be read."""
    words: Counter[str] = Counter()
    held: Counter[str] = Counter()
    files = index(pages(documents, words, held), language_of(number))
    return shard(files, words, held)
