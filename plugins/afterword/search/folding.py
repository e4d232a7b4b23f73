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
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M"
    )
    return " ".join(_WORD.findall(plain.lower()))
