"""`afterword export front-matter-schema`: what editors know of a record's header."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from afterword.authoring.templates import TEMPLATES, shipped_text
from afterword.parse.source.text import split_front_matter
from afterword.parse.values.fields import FIELDS
from tests.conftest import REPOSITORY, afterword

GOOD = """\
title: Checkout returned errors
date: 2026-03-14
severity: sev2
status: draft
kind: outage
services: [checkout]
failure_class: capacity
authors: [Petra Vellumworth, {name: Hollis Quillfeather, role: commander}]
"""
SETTINGS = """\
services: [{id: checkout, aliases: [basket, Shop front]}]
fields:
  - {id: region, type: list, required_for: [sev0]}
  - {id: cost, type: number}
"""


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (the core schema of YAML 1.2): a date is text, and so are `yes` and `on`."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile("true|false|True|False|TRUE|FALSE") if tag.endswith(":bool") else pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":timestamp", ":bool")) or (tag.endswith(":bool") and first in "tfTF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def header(text: str) -> Any:
    """Give front matter as an editor hands it to a validator."""
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader


def written(folder: Path, *arguments: str) -> dict[str, Any]:
    """Export the schema of a folder's settings."""
    schema: dict[str, Any] = json.loads(
        afterword("export", "front-matter-schema", *arguments, folder=folder).stdout
    )
    return schema


def faults(schema: dict[str, Any], text: str) -> list[str]:
    """Give the places in the header that a validator complains about."""
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [error.json_path for error in validator.iter_errors(header(text))]


@pytest.fixture(scope="module")
def own() -> dict[str, Any]:
    """Give the schema of this repository's archive."""
    return written(REPOSITORY)


@pytest.fixture
def schema(tmp_path: Path) -> dict[str, Any]:
    """Give the schema of settings that list services and fields of their own."""
    (tmp_path / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    return written(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "draft"),
    [((), jsonschema.Draft202012Validator), (("--draft", "7"), jsonschema.Draft7Validator)],
)
def test_the_schema_is_one_of_its_draft(
    tmp_path: Path, arguments: tuple[str, ...], draft: type[jsonschema.protocols.Validator]
) -> None:
    """It fits the meta-schema that it names, and both drafts say the same but for that name."""
    found = written(tmp_path, *arguments)
    assert found["$schema"] == draft.META_SCHEMA["$schema"]
    draft.check_schema(found)
    assert {**found, "$schema": ""} == {**written(tmp_path), "$schema": ""}


def test_every_field_of_the_format_is_described(own: dict[str, Any]) -> None:
    """The keys of the format's table are those of the schema, each with its meaning."""
    section = (REPOSITORY / "docs" / "format.md").read_text("utf-8").partition("## 2 Header")[2]
    table = section.partition("| key | type |")[2].partition("\n\n")[0]
    cells = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    keys = {key for cell in cells for key in re.findall(r"`([a-z_]+)`", cell)}
    assert keys == {field.key for field in FIELDS}
    assert all(own["properties"][key]["description"] for key in keys)
    assert set(own["required"]) == {
        field.key for field in FIELDS if field.required == "yes" and field.key != "authors"
    }


@pytest.mark.parametrize(
    "path",
    sorted((REPOSITORY / "postmortems").glob("20*/*.md")),
    ids=lambda path: path.stem,
)
def test_headers_of_the_archive_fit(own: dict[str, Any], path: Path) -> None:
    """What `afterword check` has nothing to say about, the schema has nothing to say about either."""
    assert faults(own, split_front_matter(path.read_text("utf-8")).header or "") == []


@pytest.mark.parametrize("name", [each.name for each in TEMPLATES if each.is_record])
def test_headers_of_templates_fit(own: dict[str, Any], name: str) -> None:
    """A template fits, and so do the fields that it shows in comments."""
    text = split_front_matter(shipped_text(name)).header or ""
    for each in (text, re.sub(r"^# (?=(  [ -]|[a-z_]+:))", "", text, flags=re.MULTILINE)):
        assert faults(own, each) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("sevrity: sev2", "$"),
        ("opened_as: sev9", "$.opened_as"),
        ("opened_as: P1", "$.opened_as"),
        ("published: 14.3.2026", "$.published"),
        ("closed: 2026-03-14 16:40", "$.closed"),
        ("closed: 2026-03-14", "$.closed"),
        ("duration: 90", "$.duration"),
        ("timezone: CET", "$.timezone"),
        ("detected_by: chance", "$.detected_by"),
        ("visibility: secret", "$.visibility"),
        ("links: [{rel: wiki, url: https://x.example}]", "$.links"),
        ("links: [{rel: chat}]", "$.links"),
        ("retold_from: intranet", "$.retold_from"),
        ("impact: {customers: many}", "$.impact"),
        ("impact: {customer: 12}", "$.impact"),
        ("impact: {communication: [fax]}", "$.impact"),
        ("recurrence_of: [checkout]", "$.recurrence_of"),
        ("allspaw_test: {passed: perhaps}", "$.allspaw_test"),
        ("commander: {role: commander}", "$.commander"),
        ("cost: dear", "$.cost"),
        ("language: [en]", "$.language"),
    ],
)
def test_a_broken_line_is_found(schema: dict[str, Any], line: str, place: str) -> None:
    """What reading cannot read is found at its key; a key that means nothing, at the whole."""
    assert faults(schema, GOOD + line) == [place]


@pytest.mark.parametrize(
    "line",
    [
        "x-war-room: {any: thing}",
        "tags: [a]\nhide: [toc]\nsearch: {boost: 2}",
        "region: [eu, us]\ncost: 12,000.50",
        "region: eu",
        "opened_as:",
        "severity_reason: 1.10",
        "closed: 2026-03-14T16:40Z",
        "closed: 2026-03-14 17:40:30 Europe/Berlin",
        "closed: 2026-03-14 17:40 +01:00",
        "duration: PT1H22M",
        "duration: 1h 22m",
        "timezone: Europe/Berlin",
        "timezone: utc",
        "impact: {customers: 12000, revenue: 4360 EUR, error_budget_burned: 22 %, reportable: no}",
        "impact: {customers: '12,000', revenue: {amount: 4360, currency: EUR}, reportable: true}",
        "impact:\n  communication: email",
        "allspaw_test: yes",
        "allspaw_test: {passed: true, date: 2026-03-28}",
        "links: https://x.example/a",
        "distinct_from: 2025-01-02-other",
        "distinct_from: [{id: 2025-01-02-other, reason: another cause}]",
        "incidents: [142, INC-143]",
        "aliases: [2025-01-02-old, old/page.md]",
        "language: pt-BR",
    ],
)
def test_what_reading_takes_is_left_alone(schema: dict[str, Any], line: str) -> None:
    """Short forms, other spellings, keys without a value, and keys that are not ours are no faults."""
    assert faults(schema, GOOD + line) == []


def test_the_words_are_those_of_the_settings(schema: dict[str, Any], own: dict[str, Any]) -> None:
    """Listed catalogues give their ids and aliases, these as the settings write them, too; where nothing is listed, any id will do."""
    for alias in ("basket", "Shop front", "shop front"):
        assert faults(schema, GOOD.replace("[checkout]", alias)) == []
    assert faults(schema, GOOD.replace("[checkout]", "[chekout]")) == ["$.services"]
    assert faults(schema, GOOD.replace("capacity", "anything-new")) == []
    assert faults(own, GOOD.replace("capacity", "anything-new")) == ["$.failure_class"]


def test_what_is_required_depends_on_the_record(schema: dict[str, Any]) -> None:
    """Retold records need no authors, near misses say how bad it nearly was, own fields are required where the settings say so."""
    without = GOOD.replace("authors:", "reviewers:")
    assert faults(schema, without) == ["$"]
    assert faults(schema, without + "retold_from: https://x.example/report") == []
    near = GOOD.replace("sev2", "near-miss")
    assert faults(schema, near) == ["$"]
    assert faults(schema, near + "potential_severity: sev1") == []
    assert faults(schema, GOOD.replace("sev2", "sev0")) == ["$"]
    assert faults(schema, GOOD.replace("sev2", "sev0") + "region: eu") == []


def test_settings_with_faults_give_no_schema(tmp_path: Path) -> None:
    """A schema of half the settings would refuse what the other half allows: the faults are told instead."""
    (tmp_path / "afterword.yml").write_text("services: [{name: Checkout}]\n", encoding="utf-8")
    result = afterword("export", "front-matter-schema", folder=tmp_path, code=2)
    assert "afterword.yml:1:12: services has no id" in result.stderr
