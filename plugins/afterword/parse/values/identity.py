"""Which files are records, and what their ids are (docs/format.md, section 1)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from afterword.model.finding import Finding, Nature
from afterword.model.record import UNDATED, Postmortem
from afterword.model.span import START
from afterword.parse.source.text import split_front_matter
from afterword.parse.values.yaml_nodes import read_yaml

MARKDOWN = (".md", ".markdown")
MAX_ID = 80

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")
_RECORD_KEYS = ("severity", "services")
_RECORD_KEY = re.compile(rf"^(?:{'|'.join(_RECORD_KEYS)})[ \t]*:", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def is_markdown(name: str) -> bool:
    """Tell whether a file's name is one of a Markdown file."""
    return name.lower().endswith(MARKDOWN)


def is_named_as_record(name: str) -> bool:
    """Tell whether a file below an archive folder is meant as a record by its name alone: a date in front, and Markdown's extension or none."""
    return _DATE.match(name) is not None and (is_markdown(name) or not PurePosixPath(name).suffix)


def is_meant_as_record(name: str, beginning: bytes) -> bool:
    """Tell whether a file below an archive folder is meant as a record: by a date before its name, or by `severity` or `services` in its header.

    `beginning` is the start of the file, at least as long as a header may be. Of a header that does not end there counts what
    stands before the first blank line.
    """
    if is_named_as_record(name):
        return True
    if not beginning.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return False
    split = split_front_matter(beginning.decode("utf-8", "replace").removeprefix("\ufeff"))
    header = split.header
    if header is None:
        header = "" if split.closed else _BLANK_LINE.split(split.body.partition("\n")[2], maxsplit=1)[0]
    return has_record_keys(header)


def has_record_keys(header: str | None) -> bool:
    """Tell whether a header has a key that makes a record of any file."""
    return header is not None and (_RECORD_KEY.search(header) is not None or _has_record_key(header))


def _has_record_key(header: str) -> bool:
    """Look for keys that are not written at the start of a line and without quotes, which a header hardly ever does."""
    if not any(key in header for key in _RECORD_KEYS):
        return False
    root, _ = read_yaml(header, 1)
    return root is not None and any(key.text in _RECORD_KEYS for key, _ in root.entries)


def stem(name: str) -> str:
    """Give a file's name without its Markdown extension; of any other extension, without that."""
    if name.endswith(".md") and len(name) > len(".md"):
        return name.removesuffix(".md")
    path = PurePosixPath(name)
    return path.stem if path.suffix and not path.suffix[1:].isdigit() else name


def is_id(text: str) -> bool:
    """Tell whether a text is a record's id: a real day, then words of small letters and digits, at most 80 characters."""
    return _ID.fullmatch(text) is not None and len(text) <= MAX_ID and read_day(text) is not None


def read_day(text: str) -> dt.date | None:
    """Give the day that a text begins with."""
    found = _DATE.match(text)
    try:
        return dt.date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def made_id(name_stem: str, day: dt.date | None, unnamed: str = "record") -> str:
    """Make the id that a badly named record is published under; `unnamed` stands for words without any letter or digit of ids."""
    own_day = read_day(name_stem)
    rest = name_stem[10:] if own_day else name_stem
    slug = _NOT_ALLOWED.sub("-", rest.lower()).strip("-") or unnamed
    date = own_day or day
    return f"{date.isoformat() if date else UNDATED}-{slug}"[:MAX_ID].rstrip("-")


def identify(name: str, day: dt.date | None) -> tuple[str, tuple[Finding, ...]]:
    """Give the id of a record by its file's name and the day of its header, with a finding where the name is none."""
    own = stem(name)
    if is_id(own) and is_markdown(name):
        return own, ()
    made = own if is_id(own) else made_id(own, day)
    message = f"file name '{name}' is no record id, expected YYYY-MM-DD-slug.md in small letters, digits and hyphens"
    name = f"{made}.md"
    if made.startswith(UNDATED):
        name = f"YYYY-MM-DD{made.removeprefix(UNDATED)}.md, with the day on which the incident started"
    return made, (Finding("file-name", message, START, Nature.ERROR, f"rename the file to {name}"),)


def settle(records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """Make ids unique: of several records with one id the first path keeps it, the others get `-2`, `-3` … and a finding."""
    ordered = sorted(records, key=lambda record: record.path)
    settled: list[Postmortem] = []
    for record, (new_id, first) in zip(
        ordered, settled_ids((record.path, record.id) for record in ordered), strict=True
    ):
        if first:
            message = f"id '{record.id}' is already the id of {first}, published as '{new_id}'"
            clash = Finding(
                "duplicate-id", message, START, Nature.ERROR, "give one of the two files another name"
            )
            record = dataclasses.replace(record, id=new_id, findings=(*record.findings, clash))
        settled.append(record)
    return tuple(settled)


def settled_ids(written: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give for each path and id, sorted by path, the id under which it is published, and the path that has its own already, empty where none does."""
    pairs = tuple(written)
    taken: dict[str, str] = {}
    originals = {record_id for _, record_id in pairs}
    for path, record_id in pairs:
        first = taken.get(record_id, "")
        new_id = record_id
        if first:
            number = 2
            while (new_id := numbered(record_id, number)) in taken or new_id in originals:
                number += 1
        taken[new_id] = path
        yield new_id, first


def numbered(record_id: str, number: int) -> str:
    """Give the id with a number behind it, cut where it would be too long."""
    end = f"-{number}"
    return record_id[: MAX_ID - len(end)].rstrip("-") + end
