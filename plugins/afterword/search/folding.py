"""Text as the words that are compared: indexes and questions are folded alike, here and in the page's scripts."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Give a text as words of letters and digits without accents and case; the page's script folds a question in the same way.

    lunr by itself keeps `pool.acquire()` and `pg_stat_activity` as one word, so that nobody finds them by a part.
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text).translate(_UNMARKED)
    return " ".join(_WORD.findall(plain.lower()))


class _Unmarked(dict[int, int | None]):
    """Whether a character stays; what it is, is asked once for each."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.category(chr(code))[0] == "M" else code
        return kept


_UNMARKED = _Unmarked()
