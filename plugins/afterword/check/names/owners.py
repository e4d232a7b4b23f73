"""Names that say who does an action, which is where a name belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from afterword.check.language.narrative import Form, Passage
from afterword.check.names.acts import VERBS
from afterword.check.names.logins import may_be_login
from afterword.check.names.runs import Known, known
from afterword.model.markup import OPAQUE

_FAR = 80
"""How many characters to either side are looked at."""
_OPENS = re.compile(r"[\s*_\[(]*(?:(?:owner|by|who)[:\s]+)?[\s@]*", re.IGNORECASE)
_BEFORE_WORK = re.compile(r"[\])*_]*(?:\s*[:–—-]\s|\s+to\s|\s+will\s)")
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,40}$")
_ENDS_ASIDE = re.compile(r"[^()\[\]]{0,60}[)\]]\W*$")
_LAST = re.compile(r"(?:[–—:]|->|→|=>|\s-)\s*[*_@]*$")
_LABEL = re.compile(
    r"\b(?:owners?|assignees?|dri|assigned to|authors?|reviewers?|reviewed[- ]by|signed-off-by|co-authored-by|(?:created|authored|written|prepared|"
    r"modified|updated|edited|approved|waived|reported|posted|published|maintained)(?: by|-by))\s*[:=]\s*[*_@(\[]*$",
    re.IGNORECASE,
)
"""A label that says whose something is."""
_WAIVED = re.compile(r"[^.:]{3,40}: (?:waived|approved|signed off|accepted|reviewed) by \W*$", re.IGNORECASE)
_BLANKS = re.compile(r"<[^<>]*>|\([^()]*\)|[\w.+-]+@[\w.-]*")
_WORDS = re.compile(r"[^\W\d_][\w'-]*")
_PREPOSITION = re.compile(r"\b(?:by|with|from|to|and|of|for)\s*$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*(?:[(\[][\w ]*[)\]])?\s*")
_LONGEST_LIST = 400
_ACTS = VERBS
_LINKS = frozenset(("and", "with", "von", "van", "de", "der", "den"))


def is_credit(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the characters `start` to `end` of a passage stand behind a label such as `Created by:`, or are whose heading it is."""
    text = passage.text
    before = text[max(0, start - _FAR) : start]
    if _LABEL.search(before) or (_WAIVED.fullmatch(before) and not text[end:].strip(" .)")):
        return True
    is_handle = text[start:end] == OPAQUE or text[start] == "@"
    return (
        passage.form is Form.HEADING
        and is_handle
        and before[-1:] == " "
        and before.strip(" ")[-1:].isalnum()
        and not _PREPOSITION.search(before)
        and _BRACKETED.fullmatch(text, end) is not None
    )


def is_list_of_people(passage: Passage, names: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a passage is nothing but names: it tells nothing, and lists who took part."""
    if passage.form not in (Form.ITEM, Form.CELL, Form.PARAGRAPH):
        return False
    text = passage.text
    if len(text) > _LONGEST_LIST:
        return False
    whole: list[tuple[int, int]] = []
    for start, end in sorted(names, key=lambda span: (span[0], -span[1])):
        if not whole or start >= whole[-1][1]:
            # A login may be a part of a name.
            whole.append((start, end))
    for start, end in reversed(whole):
        text = f"{text[:start]} {text[end:]}"
    rest = [word for word in _WORDS.findall(_BLANKS.sub(" ", text)) if word not in _LINKS]
    return len(rest) <= len(whole) and all(
        (word[0].isupper() and known(word) is not Known.NEVER)
        or may_be_login(word.lower())
        or _is_surname(word)
        for word in rest
    )


def _is_surname(word: str) -> bool:
    return (
        word[0].isupper() and len(_WORDS.findall(word)) == 1 and word.istitle() and word.lower() not in _ACTS
    )


def is_owner(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the characters `start` to `end` of a passage among the actions say whose the action is.

    So they do alone, in a final parenthesis, behind a final dash, and before `:` or `to` at the beginning.
    """
    if passage.section != "actions":
        return False
    before, behind = passage.text[max(0, start - _FAR) : start], passage.text[end : end + _FAR]
    if _OPENS.fullmatch(before) and (not behind.strip(" .)]*_") or _BEFORE_WORK.match(behind)):
        return True
    if _ASIDE.search(before) and _ENDS_ASIDE.match(behind):
        return True
    return bool(_LAST.search(before)) and not behind.strip(" .)]*_")
