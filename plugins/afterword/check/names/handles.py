"""Personal handles in a text: `@jane`, a login of the header, `jane.doe` as somebody who did something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword.check.language.narrative import Narrative, Passage
from afterword.check.names import acts, contexts
from afterword.check.names.lexicon import folded, is_brand, is_given, is_ordinary, is_rare_word, is_word
from afterword.check.names.people import KnownPeople
from afterword.model.markup import OPAQUE, Kind

_CODE = Kind.CODE

_HANDLE = re.compile(
    r"(?<![\w@/.:`=+-])@([A-Za-z0-9](?:[A-Za-z0-9]|[-_.](?=[A-Za-z0-9])){1,38})(?![\w@/(-]|:\S|\.\w|\[)"
)
_DOT = re.compile(r"\.(?<=[a-z]{2}\.)[a-z]{3,}(?![\w./(@-])")
_DONE_BY = re.compile(
    r"\b(?:by|cc|from|with|ping|pinged|paged|asked|told|thanks to) ([a-z]{2,})$", re.IGNORECASE
)
_FAR = 40
_BEHIND_PEOPLE = r"(?:(?<=\bby )|(?<=\bto )|(?<=\bcc )|(?<=\bfrom )|(?<=\bpinged ))"
_WORDS = re.compile(r"[\w.-]+")
_BEHIND = re.compile(r" ([A-Za-z]+)")
_PARTS = re.compile(r"[-_.]")
_ENDINGS = frozenset(
    [
        "com",
        "org",
        "net",
        "io",
        "dev",
        "py",
        "js",
        "ts",
        "go",
        "sh",
        "md",
        "yml",
        "yaml",
        "json",
        "toml",
        "txt",
        "log",
        "csv",
        "service",
        "socket",
        "conf",
        "cfg",
        "ini",
        "sql",
        "local",
        "internal",
    ]
)
_HUMPS = re.compile(r"[-_.]|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_CODED = re.compile(r"@?[A-Za-z][\w-]{1,38}")
_ADDRESS = re.compile(
    r"(?<![\w@/.:`=+-])([a-z][a-z0-9]+(?:[._-][a-z0-9]+)*)@(?:[a-z][\w-]*(?:\.[a-z]+)+|(?![\w.{<]))"
)
_TO_PEOPLE = re.compile(
    r"(?:(?<!placed )(?<!tated )(?<!rated )(?<!lowed )(?<!fixed )\bby|\bcc|\b(?:worked|paired|spoke|talked|together) with|\bthanks to|\bthank|\bpinged|\bpings|\bpaged|\bpages"
    r"|\basked|\basks|\btold|\btells|\bappoints|\bappointed) (?:\ufffc(?:,| and|, and) )*$",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(
    r"\b(?:an?|the|each|every|any|no|this|that) (?:(?:new|old|single|same|whole|nested|second) )?$",
    re.IGNORECASE,
)
_IN_LIST_BEFORE = re.compile(r"@[\w-]+(?:,| and|, and| &) $")
_IN_LIST_BEHIND = re.compile(r"(?:,| and|, and| &) @")
_BESIDE_PEOPLE = re.compile(
    r"(?:\b(?:by|to|cc|from|(?:work|works|worked|paired|spoke|talked|together|along) with|thanks?|ping(?:s|ed)?|pag(?:e|es|ed)|ask(?:s|ed)?|told|tells|and)[:,]?|[(:,/&\n-]) ?$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v?\d[\d.]*|[0-9a-f]{7,40}")


def handles(text: str, people: KnownPeople, groups: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where handles of people begin and end (exclusive), with the role of those whom the record knows.

    `groups` are the ids and names of teams and services in small letters.
    """
    if "@" in text:
        for found in _HANDLE.finditer(text):
            head, tail = text[max(0, found.start() - _FAR) : found.start()], text[found.end() :][:_FAR]
            if is_personal(found[1], tail, groups) and not _is_tag(found[1], head, tail):
                yield found.start(), found.end(), people.logins.get(found[1], "")
    for found in _DOT.finditer(text):
        before = _DONE_BY.search(text[max(0, found.start() - _FAR) : found.start()])
        first, last = before[1] if before else "", found[0][1:]
        if is_given(first) and last not in _ENDINGS and not (is_word(first) or is_word(last)):
            yield found.start() - len(first), found.end(), people.logins.get(first + found[0], "")
    if people.logins:
        words = {word.rstrip(".-") for word in _WORDS.findall(text)}
        for login in sorted(people.logins.keys() & words):
            for start, end in _places(login, text):
                yield start, end, people.logins[login]


def _places(login: str, text: str) -> Iterator[tuple[int, int]]:
    """Find a login as it stands; one of letters alone may be a word, and counts behind what stands before people."""
    asked = _BEHIND_PEOPLE if login.isalpha() else ""
    for place in re.finditer(rf"{asked}(?<![\w@/.-]){re.escape(login)}(?![\w@/-]|\.\w)", text):
        yield place.span()


def is_personal(handle: str, behind: str, groups: Collection[str]) -> bool:
    """Tell whether `@handle` calls a person, not a group, a package, an annotation or a version."""
    name = handle.lower()
    parts = _PARTS.split(name)
    if name in groups or name in contexts.NOT_A_HANDLE or name in contexts.SCOPES or _VERSION.fullmatch(name):
        return False
    if len(parts) > 1 and not is_given(parts[0]) and any(part in contexts.GROUP_PARTS for part in parts):
        return False
    if name.endswith(("bot", "status")) or any(part in groups for part in parts if len(parts) > 1):
        return False
    following = _BEHIND.match(behind)
    if following and following[1] in contexts.OF_ANNOTATIONS:
        return False
    if handle[0].isupper():
        return not _is_annotation(handle)
    return not is_word(name) or is_given(name)


def _is_tag(handle: str, before: str, behind: str) -> bool:
    """Tell whether a handle is an ordinary noun that nothing shows to be a person: `a new @parcel`."""
    if not (handle.islower() and (is_ordinary(handle) or is_rare_word(handle))):
        return False
    if _OF_NOUN.search(before):
        return True
    verb = _BEHIND.match(behind)
    return not (
        is_given(handle)
        or (verb is not None and verb[1] in acts.VERBS)
        or not before.strip()
        or _BESIDE_PEOPLE.search(before)
        or acts.opens_event(before)
        or _IN_LIST_BEFORE.search(before)
        or _IN_LIST_BEHIND.match(behind)
    )


def _is_annotation(handle: str) -> bool:
    """Tell whether a handle is one of words with capitals, as annotations of Java and Python are: `@NotNull`."""
    parts = [folded(part) for part in _HUMPS.split(handle) if part]
    return not is_given(parts[0]) and all(
        is_word(part) or is_rare_word(part) or part in contexts.ANNOTATING or part.isdigit() for part in parts
    )


def coded_handles(
    narrative: Narrative, people: KnownPeople, groups: Collection[str]
) -> Iterator[tuple[Passage, int, int, str]]:
    """Yield where code that is a handle or a login alone stands for a person, with the role of those whom the record knows.

    Packages and annotations are written as code, too: one of them has to act, or to stand where people stand, and is then a person everywhere.
    """
    found: list[tuple[Passage, int, str]] = []
    told: set[str] = set()
    for passage in narrative.passages:
        if OPAQUE not in passage.text:
            continue
        for start, node in passage.runs:
            if node.kind is not _CODE:
                continue
            code = node.text.strip()
            name = code.removeprefix("@")
            if not _CODED.fullmatch(code):
                continue
            before, behind = (
                passage.text[max(0, start - _FAR) : start],
                passage.text[start + 1 : start + 1 + _FAR],
            )
            if code != name and (name in people.logins or is_personal(name, behind, groups)):
                found.append((passage, start, name))
                if _is_told(before, behind):
                    told.add(name)
            elif name in people.logins or not _is_any_word(name.lower()):
                found.append((passage, start, name))
                if acts.ACCOUNT.search(before):
                    told.add(name)
    for passage, start, name in found:
        if name in told or name in people.logins:
            yield passage, start, start + 1, people.logins.get(name, "")


def _is_any_word(name: str) -> bool:
    return is_word(name) or is_rare_word(name) or name in contexts.NOT_A_HANDLE


def _is_told(before: str, behind: str) -> bool:
    return (
        acts.opens_event(before)
        or bool(acts.ACCOUNT.search(before) or _TO_PEOPLE.search(before))
        or ((verb := _BEHIND.match(behind)) is not None and verb[1] in acts.VERBS)
    )


def addresses(text: str, groups: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where people are called by the part of their address before `@`: `amira@ notices that`."""
    for found in _ADDRESS.finditer(text):
        name = found[1].lower()
        parts = _PARTS.split(name)
        if name in contexts.NOT_A_HANDLE or any(part in contexts.GROUP_PARTS for part in parts):
            continue
        if any(is_word(part) and not is_given(part) for part in parts) or is_brand(name):
            continue
        if name in acts.JARGON or name in groups:
            continue
        behind = _BEHIND.match(text, found.end())
        if found[0].endswith("@") or (
            behind is not None
            and behind[1] in acts.VERBS
            and acts.opens_event(text[max(0, found.start() - _FAR) : found.start()])
        ):
            yield found.span()
