"""Archives of any size: `python -m benchmarks.generate FOLDER COUNT [--seed N]` writes invented records of about 6 KB each."""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks import phrases
from benchmarks.services import SERVICES, draw_services

FIRST_DAY = dt.date(2021, 1, 4)
LAST_DAY = dt.date(2026, 9, 30)

LARGE = 100_004
"""The number of the record that is drawn large; no archive has so many."""

SITE = """site_name: Synthetic archive
docs_dir: postmortems
theme:
  name: material
  font: false
nav:
  - index.md
not_in_nav: |
  /20*/**
validation:
  links:
    unrecognized_links: ignore
plugins:
{plugins}"""
AFTERWORD_PLUGINS = "  - search\n  - afterword\n"
PLAIN_PLUGINS = "  - search\n"
HOME = "# Synthetic archive\n\nEvery record here is made by a program, for measurements.\n"


def write_archive(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `afterword.yml`, `mkdocs.yml` and `count` records below `postmortems/`, and give the records' paths.

    Equal arguments give equal bytes, and a larger archive holds the records of a smaller one. `mkdocs-plain.yml` describes the same site
    without the plugin; neither lists records in its navigation, which alone would cost more than all else.
    """
    archive = folder / "postmortems"
    archive.mkdir(parents=True, exist_ok=True)
    (folder / "afterword.yml").write_text(_settings(), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SITE.format(plugins=AFTERWORD_PLUGINS), encoding="utf-8")
    (folder / "mkdocs-plain.yml").write_text(SITE.format(plugins=PLAIN_PLUGINS), encoding="utf-8")
    (archive / "index.md").write_text(HOME, encoding="utf-8")
    written = []
    for number in range(count):
        record_id, text = draw_record(number, seed)
        path = archive / record_id[:4] / f"{record_id}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def draw_record(number: int, seed: int = 1) -> tuple[str, str]:
    """Give the id and the text of one record; the same for the same arguments, whatever else is drawn."""
    return _Draw(number, seed).record()


def draw_large_record(number: int, seed: int = 1, size: int = 50_000) -> tuple[str, str]:
    """Give a record like the others of at least `size` bytes: more events, factors, causes, actions and prose, in about the same shares."""
    times = 2
    while True:
        record_id, text = _Draw(number, seed, times).record()
        if len(text.encode()) >= size:
            return record_id, text
        times += 1


def _settings() -> str:
    services = "".join(
        f"  - {{id: {each}, name: {each.replace('-', ' ').capitalize()}, team: {team}}}\n"
        for each, team in SERVICES.items()
    )
    classes = "".join(f"  - {{id: {each}}}\n" for each in phrases.CLASSES)
    teams = "".join(
        f"  - {{id: {each}, name: {each.capitalize()}}}\n" for each in sorted({*SERVICES.values()})
    )
    return (
        f"format: 1\narchive: postmortems\ntimezone: UTC\nteams:\n{teams}services:\n{services}failure_classes:\n{classes}"
        "trackers:\n  - {name: Tickets, key: TCK-#, url: 'https://tracker.example/TCK-#'}\n"
    )


class _Draw:
    """One record in the making: its dice, and what its parts must agree on."""

    def __init__(self, number: int, seed: int, times: int = 1) -> None:
        self.number = number
        self.times = times
        self.dice = random.Random(f"{seed}/{number}")  # noqa: S311 - invented text, not a secret
        self.day = FIRST_DAY + dt.timedelta(days=self.dice.randrange((LAST_DAY - FIRST_DAY).days))
        self.severity = self.dice.choices(("sev0", "sev1", "sev2", "sev3"), (1, 4, 9, 6))[0]
        self.services = draw_services(self.dice, self.dice.choice((1, 1, 2, 3)))
        self.cast = self.dice.sample(phrases.PARTS, 9)
        self.part = self.cast[0]
        self.symptom = self.dice.choice(phrases.SYMPTOMS)
        self.circumstance = self.dice.choice(phrases.CIRCUMSTANCES).format(part=self.part)
        self.actions = [f"A{index}" for index in range(1, self.dice.randint(4, 7) * times)]

    def record(self) -> tuple[str, str]:
        record_id = f"{self.day}-{self.services[0]}-{self.symptom.split()[-1]}-{self.number:05d}"
        parts = (
            self._header(),
            self._summary(),
            self._impact(),
            self._timeline(),
            "## What went well\n\n" + self._list(phrases.WENT_WELL, 4),
            "## What went wrong\n\n" + self._list(phrases.WENT_WRONG, 4),
            self._factors(),
            self._causes(),
            self._action_table(),
            "## Lessons learned\n\n" + self._paragraphs(5),
        )
        return record_id, "\n\n".join(parts) + "\n"

    def _header(self) -> str:
        published = self.day + dt.timedelta(days=7)
        author, commander, reviewer = self.dice.sample(phrases.PEOPLE, 3)
        return f"""---
title: {self.services[0].replace("-", " ").capitalize()} {self.symptom} {self.circumstance.replace("**", "").replace("`", "")}
date: {self.day}
severity: {self.severity}
status: final
kind: {self.dice.choice(("outage", "regression", "data-loss", "outage"))}
services: [{", ".join(self.services)}]
failure_class: [{", ".join(self.dice.sample(phrases.CLASSES, self.dice.choice((1, 1, 2))))}]
detected_by: {self.dice.choice(("alert", "customer", "staff"))}
authors:
  - {{name: {author}, role: engineer}}
commander:
  - {{name: {commander}, role: incident commander}}
reviewers: [{{name: {reviewer}}}]
incidents: [INC-{1000 + self.number}]
timezone: UTC
published: {published}
impact:
  customers: {self.dice.randint(10, 40_000)}
  segments: [{self.dice.choice(phrases.SEGMENTS)}]
  error_budget_burned: {self.dice.randint(1, 90)}
  communication: [status-page]
links:
  - {{rel: dashboard, url: "https://dashboards.example/{self.services[0]}", title: Health}}
allspaw_test: {{passed: true, date: {published}}}
sign_off:
  - {{role: engineering lead, name: {reviewer}, date: {published}}}
---"""

    def _summary(self) -> str:
        return (
            f"## Summary\n\nOn {self.day} the {self.services[0]} service {self.symptom}. "
            + f"It began {self.circumstance}. {self._sentence()} The log of {self._part()} said `{self._error()}`."
        )

    def _impact(self) -> str:
        return "## Impact\n\n" + self._paragraphs(3) + "\n\n" + self._list(phrases.HARM, 3)

    def _timeline(self) -> str:
        at = dt.datetime.combine(self.day, dt.time(self.dice.randint(0, 17), self.dice.randint(0, 59)))
        marks = ("[TRIGGER]", "[SIGNAL]", "[IMPACT]", "[DETECTED]", "[ESCALATED]", "", "[DECISION]", "[MITIGATING]", "", "[MITIGATED]", "[RESOLVED]", "[CLOSED]")  # fmt: skip
        rows = []
        for index, mark in enumerate((*marks, *[""] * len(marks) * (self.times - 1))):
            time = f"{at:%Y-%m-%d %H:%M}" if index == 0 else f"{at:%H:%M}"
            event = f"{mark} {self._sentence()}".strip().rstrip(".")
            rows.append(f"| {time} | {event} | {self.dice.choice(phrases.SOURCES)} |")
            at += dt.timedelta(minutes=self.dice.randint(1, 20))
        return "\n".join(("## Timeline\n", "| Time (UTC) | Event | Source |", "|---|---|---|", *rows))

    def _factors(self) -> str:
        picked = [each for _ in range(self.times) for each in self.dice.sample(phrases.FACTORS, 4)]
        items = [f"- {each.format(part=self._part())} -> {self.dice.choice(self.actions)}" for each in picked]
        return "## Contributing factors\n\n" + "\n".join(items) + f"\n\n```text\n{self._error()}\n```"

    def _causes(self) -> str:
        labels = [each.format(part=self._part()) for each in self.dice.sample(phrases.FACTORS, 7)]
        review = self.day + dt.timedelta(days=3650)
        first, second, third, fourth, *rest = (self.dice.choice(self.actions) for _ in range(5))
        tree = f"""- {self.services[0].capitalize()} {self.symptom} (AND)
  - {labels[0]} (AND)
    - {labels[1]} (root cause) -> {first}
    - {labels[2]} (root cause) -> {second}
    - {labels[3]} -- accepted: the cost of a second one is higher than the harm (platform lead, {review})
  - {labels[4]} (OR)
    - {labels[5]} -> {third}, {rest[0]}
    - {labels[6]} -> {fourth}"""
        for _ in range(self.times - 1):
            labels = [each.format(part=self._part()) for each in self.dice.sample(phrases.FACTORS, 3)]
            first, second = self.dice.choice(self.actions), self.dice.choice(self.actions)
            tree += f"\n  - {labels[0]} (OR)\n    - {labels[1]} -> {first}\n    - {labels[2]} -> {second}"
        if self.number % 3:
            return f"## Root cause analysis\n\nMethod: causal tree\n\n{tree}"
        steps = "\n".join(
            f"{index}. Why did {self._part()} not hold?\n   Because {label[0].lower()}{label[1:]}"
            for index, label in enumerate(labels[:4], start=1)
        )
        return f"## Root cause analysis\n\nMethod: hybrid\n\n### Five whys\n\n{steps}\n\n### Causal tree\n\n{tree}"

    def _action_table(self) -> str:
        rows = []
        for index, action in enumerate(self.actions):
            due = self.day + dt.timedelta(days=self.dice.choice((14, 30, 60, 90)))
            done = due + dt.timedelta(days=self.dice.randint(-10, 20))
            status = self.dice.choices((f"done {done}", "open", "in progress"), (8, 1, 1))[0]
            text = self.dice.choice(phrases.ACTIONS).format(
                part=self._part(), number=self.dice.randint(2, 90)
            )
            ticket = f"TCK-{self.number * 10 + index}"
            rows.append(
                f"| {action} | {text} | {self.dice.choice(phrases.PEOPLE)} | {due} "
                f"| [{ticket}](https://tracker.example/{ticket}) | {self.dice.choice(phrases.CATEGORIES)} | {status} |"
            )
        head = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|"
        return "\n".join(("## Action items\n", head, *rows))

    def _list(self, kinds: Sequence[str], count: int) -> str:
        return "\n".join(f"- {each.format(part=self._part())}" for each in self.dice.sample(kinds, count))

    def _paragraphs(self, sentences: int) -> str:
        return "\n\n".join(self._paragraph(sentences) for _ in range(self.times))

    def _paragraph(self, sentences: int) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        return self.dice.choice(phrases.SENTENCES).format(
            part=self._part(),
            other=self._part(),
            number=self.dice.randint(2, 95),
            state=self.dice.choice(phrases.STATES),
        )

    def _part(self) -> str:
        """Give one of the few parts that this record is about; the first most often."""
        return self.dice.choice((self.part, *self.cast))

    def _error(self) -> str:
        words = self._part().replace("**", "").replace("`", "").replace("-", " ").split()[1:]
        return self.dice.choice(phrases.ERRORS).format(
            code="_".join(word.strip("[]()./") for word in words[:3]),
            number=self.dice.randint(1000, 99_999),
            short=self.dice.randint(11, 240),
            low=self.dice.randint(2, 9),
            port=self.dice.choice((5432, 6379, 8080, 8443, 9092)),
            hex=f"{self.dice.getrandbits(24):06x}",
        )


def main() -> None:
    """Write one archive, as the command line says."""
    parser = argparse.ArgumentParser(description="Write an archive of invented records.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    written = write_archive(arguments.folder, arguments.count, arguments.seed)
    size = sum(path.stat().st_size for path in written)
    print(f"{len(written)} records, {size / max(len(written), 1):,.0f} bytes each, in {arguments.folder}")


if __name__ == "__main__":
    main()
