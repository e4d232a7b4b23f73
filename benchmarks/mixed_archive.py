"""The archive that a search is measured on: invented records, this repository's own, and on wish real ones from a folder.

`--with PATH` names a folder that holds one folder per organisation with its post-mortems as they were published. Each gets a header made from
nothing but itself; one without a day is left out. Its id is the day, the organisation and eight signs of a hash of its path, so that neither
names nor words of it need to stand in this repository.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.generate import write_archive

REPOSITORY = Path(__file__).parent.parent
LEFT_OUT = frozenset(("README.md", "oddities"))
"""What in the folder of others is no post-mortem of one incident."""
LISTS = ("teams", "services", "failure_classes", "trackers")
_HEADER = re.compile(r"\A(?:---|\+\+\+)\n(.*?)\n(?:---|\+\+\+)\n", re.DOTALL)
_TITLE = re.compile(r"""^title\s*[:=]\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}\s+(.+?)[\s#]*$", re.MULTILINE)
_DAY = re.compile(r"\b(20[12]\d)-(\d\d)-(\d\d)\b")
_SPOKEN_DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Z][a-z]{2})[a-z]* (20[12]\d)\b|\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (20[12]\d)\b"
)
_SLASHED_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:20)?([12]\d)\b")
_GENERIC = frozenset(("issue summary", "issue name", "summary", "timeline"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_mixed_archive(folder: Path, count: int, others: Path | None = None) -> None:
    """Write `count` invented records, this repository's own and those of `others` with the settings that know them all."""
    write_archive(folder, count)
    for record in sorted((REPOSITORY / "postmortems").glob("20*/*.md")):
        target = folder / "postmortems" / record.parent.name / record.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(record, target)
    organisations = []
    for organisation, record_id, text in retold(others) if others else ():
        organisations.append(organisation)
        target = folder / "postmortems" / record_id[:4] / f"{record_id}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    settings = _joined_settings(folder / "afterword.yml", sorted({*organisations}))
    (folder / "afterword.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def _joined_settings(generated: Path, organisations: list[str]) -> dict[str, Any]:
    settings: dict[str, Any] = yaml.safe_load((REPOSITORY / "afterword.yml").read_text(encoding="utf-8"))
    more: dict[str, Any] = yaml.safe_load(generated.read_text(encoding="utf-8"))
    for name in LISTS:
        known = {each.get("id", each.get("key")) for each in settings[name]}
        settings[name] += [each for each in more[name] if each.get("id", each.get("key")) not in known]
    settings["services"] += [{"id": each, "name": each, "team": "elsewhere"} for each in organisations]
    settings["failure_classes"].append({"id": "unclassified", "name": "Not classified"})
    return settings


def others_id(organisation: str, path: str, day: dt.date) -> str:
    """Give the id of a record of others, by its organisation, its path below the folder and its day."""
    return f"{day}-{organisation}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def retold(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield organisation, id and text of each record of others, in order of their paths."""
    for path in sorted(folder.glob("*/*")):
        if not path.is_file() or {path.name, path.parent.name} & LEFT_OUT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        day = _day(path.name, text)
        if day is None:
            continue
        name = path.relative_to(folder).as_posix()
        organisation = path.parent.name
        yield organisation, others_id(organisation, name, day), _with_header(path, text, organisation, day)


def _with_header(path: Path, text: str, organisation: str, day: dt.date) -> str:
    header = _HEADER.match(text)
    own = _TITLE.search(header[1]) if header else None
    body = text[header.end() :] if header else text
    heading = _HEADING.search(body)
    title = own[1] if own else heading[1] if heading else ""
    if not title or title.casefold() in _GENERIC:
        title = re.sub(r"[-_ ]+", " ", path.name.partition(".")[0])
    elif heading and heading[1] == title:
        body = body[: heading.start()] + body[heading.end() :]
    fields = (
        f"title: {json.dumps(title, ensure_ascii=False)}", f"date: {day}", "severity: sev2", "status: final", "kind: outage",
        f"services: [{organisation}]", "failure_class: [unclassified]", "authors: [{name: Afterword, role: project}]",
    )  # fmt: skip
    return "---\n" + "\n".join(fields) + "\n---\n\n" + body


def _day(name: str, text: str) -> dt.date | None:
    """Give the day in a file's name, else the first in its text that is one."""
    for found in (*_DAY.finditer(name), *_DAY.finditer(text)):
        if day := _date(found[1], found[2], found[3]):
            return day
    for found in _SPOKEN_DAY.finditer(text):
        number, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if month in _MONTHS and (spoken := _date(year, str(_MONTHS.index(month) + 1), number)):
            return spoken
    slashed = (_date(f"20{found[3]}", found[1], found[2]) for found in _SLASHED_DAY.finditer(text))
    return next(filter(None, slashed), None)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
