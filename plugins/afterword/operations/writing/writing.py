"""Starting a record: what the author answers, and the file that comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from afterword.authoring.filling import Answer, TemplateError, fill, id_for
from afterword.authoring.templates import NAMES, SUFFIX, shipped_text, template_for
from afterword.check.wording import did_you_mean, listed
from afterword.model.finding import Finding
from afterword.model.placeholders import NO_NAME
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.span import START
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.found import find
from afterword.operations.reading.known_archive import known_reading
from afterword.operations.reading.loading import Progress
from afterword.operations.settings_file import load_settings, settings_of_site
from afterword.parse.values import vocabulary
from afterword.parse.values.identity import numbered
from afterword.parse.values.readers import Reader
from afterword.parse.values.yaml_nodes import YamlNode
from afterword.sources.clock import today
from afterword.sources.files import way_to, write_new
from afterword.sources.git_files import user_name

TEMPLATES_FOLDER = "templates"
"""Beside the settings: a template that lies here wins over the shipped one of its name, and others may join them."""

_READERS: Mapping[str, Reader[str]] = {
    "severity": vocabulary.severity,
    "kind": vocabulary.kind,
    "service": vocabulary.service,
    "failure class": vocabulary.failure_class,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a record before it is written; words of the vocabulary as `read_answer` gives them.

    `slug` is the id behind its day, empty where it comes from the title.
    """

    title: str
    severity: str
    kind: str
    services: tuple[str, ...]
    failure_classes: tuple[str, ...]
    day: dt.date
    author: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where records are begun: the settings, the folder that paths are relative to, and the archive folder that new records go to."""

    settings: Settings
    root: Path
    folder: ArchiveFolder

    @property
    def is_unprepared(self) -> bool:
        """Tell whether nobody has said yet where the archive is, and there is no folder of that name either."""
        return self.settings.path is None and not (self.root / self.folder.folder).is_dir()

    @property
    def today(self) -> dt.date:
        """Give the day in the archive's zone."""
        return today(self.settings.timezone)

    @property
    def git_name(self) -> str:
        """Give the author's name as git knows it."""
        return user_name(self.root)


def open_desk(config: Path | None, archive: str | None = None) -> Desk:
    """Find the settings around the current folder, or those of a site here, and the archive that new records go to: the first, or the one named.

    Raises CannotRunError where there is no such archive.
    """
    settings, root = load_settings(config, Path.cwd())
    if settings.path is None:
        settings = settings_of_site(settings, Path.cwd(), root.resolve())
    if archive is None:
        return Desk(settings, root, settings.archives[0])
    names = [folder.label for folder in settings.archives]
    for folder in settings.archives:
        if archive in (folder.name, folder.folder):
            return Desk(settings, root, folder)
    raise CannotRunError(f"no archive '{archive}', expected {listed(names)}{did_you_mean(archive, names)}")


def read_answer(what: str, text: str, settings: Settings) -> str:
    """Give the word of the vocabulary that an answer means; `what` is severity, kind, service or failure class.

    Raises CannotRunError, with what was expected, where it means none.
    """
    node = YamlNode("scalar", START, text.strip())
    read = _READERS[what](node, what, settings)
    unreadable = [finding for finding in read.findings if finding.rule != "severity-spelling"]
    if unreadable or not read.value:
        raise CannotRunError(_refusal(unreadable[0], text) if unreadable else f"a {what} is needed")
    return read.value


def _refusal(finding: Finding, text: str) -> str:
    """Say what is wrong with an answer, and what could have been meant where it is no id."""
    if finding.rule != "bad-id":
        return finding.message
    hint = f": {finding.hint}" if finding.hint else ""
    several = "; several are separated by commas" if " " in text.strip() else ""
    return f"{finding.message}{hint}{several}"


def template_texts(desk: Desk) -> dict[str, Path | None]:
    """Give the templates there are: those beside the settings with their files, the other shipped ones with None."""
    found: dict[str, Path | None] = dict.fromkeys(NAMES)
    folder = desk.root / TEMPLATES_FOLDER
    if folder.is_dir():
        found |= {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}")) if path.stem != "README"}
    return found


def template_text(desk: Desk, name: str) -> str:
    """Give a template's text. Raises CannotRunError for one that is not there or cannot be read."""
    there = template_texts(desk)
    if name not in there:
        raise CannotRunError(f"no template '{name}', expected {listed(there)}{did_you_mean(name, there)}")
    path = there[name]
    try:
        return shipped_text(name) if path is None else path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CannotRunError(f"the template {path} is no UTF-8 text") from error


def begin_record(desk: Desk, beginning: Beginning, template: str | None, progress: Progress | None) -> Path:
    """Write a record from a template, the one that fits by default, and give its path.

    Raises CannotRunError where a record of that id is there already, and where the template takes no answers.
    """
    settings = desk.settings
    name = template or template_for(beginning.severity, beginning.kind, settings.rank(beginning.severity))
    try:
        text = fill(template_text(desk, name), _answers(beginning, settings))
    except TemplateError as error:
        raise CannotRunError(f"the template '{name}' cannot be filled in: {error}") from error
    record_id = _id_of(beginning)
    by_id = _records(desk, progress)
    if record_id in by_id:
        free = next(each for number in count(2) if (each := numbered(record_id, number)) not in by_id)
        raise CannotRunError(
            f"{by_id[record_id].path} has the id {record_id} already; choose other words for this one with `--slug`, such as `--slug {free[11:]}`"
        )
    location = desk.root / desk.folder.folder / record_id[:4] / f"{record_id}{SUFFIX}"
    try:
        write_new(location, text.encode())
    except FileExistsError as error:
        raise CannotRunError(f"{location} is there already") from error
    return Path(way_to(location))


def _answers(beginning: Beginning, settings: Settings) -> dict[str, Answer]:
    answers: dict[str, Answer] = {
        "title": beginning.title,
        "date": beginning.day.isoformat(),
        "severity": beginning.severity,
        "status": "draft",
        "kind": beginning.kind,
        "services": beginning.services,
        "failure_class": beginning.failure_classes,
        "authors": (beginning.author or NO_NAME,),
    }
    if settings.timezone:
        answers["timezone"] = settings.timezone
    return answers


def _id_of(beginning: Beginning) -> str:
    if beginning.slug:
        return f"{beginning.day}-{beginning.slug}"
    # A title in another script leaves nothing for an id; what was affected and how, in words of the catalogue, always does.
    return id_for(beginning.title, beginning.day, f"{beginning.services[0]}-{beginning.kind}")


def _records(desk: Desk, progress: Progress | None) -> Mapping[str, Postmortem]:
    """Give the records that are there already, by each id and alias."""
    if not any((desk.root / folder.folder).is_dir() for folder in desk.settings.archives):
        return {}
    with known_reading(find(settings=desk.settings, root=desk.root)) as reading:
        return reading.loaded(progress).archive.by_id
