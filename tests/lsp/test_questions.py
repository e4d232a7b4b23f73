"""`afterword lsp`: what an author may ask for at the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from afterword.authoring.manuscript import Manuscript
from afterword.authoring.mending import all_edits, mendings
from afterword.model.archive import Archive
from afterword.model.finding import Edit, Finding
from afterword.model.settings import Settings
from afterword.model.span import Span
from tests.conftest import afterword
from tests.lsp.drawn import NAME, RECORD, archive, record
from tests.lsp.editor import editor_in, run

__all__ = ["archive"]
HEADER = RECORD.partition("\n---\n")[0] + "\n---\n"


def test_a_finding_is_explained_by_its_rule(archive: Path) -> None:
    """Hovering over what is underlined shows the rule's page: what it reports, why, and something better."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, RECORD.replace("sev3", "sev9"))
            await editor.findings(file)
            said = await editor.hover(file, "sev9", 1)
            page = afterword("rule", "unknown-severity", folder=archive).stdout
            assert page.replace("# unknown-severity", "### unknown-severity", 1).strip() == said.strip()

    run(scene())


def test_a_word_is_explained_by_what_it_means(archive: Path) -> None:
    """Keys have their meaning, ids the name of what they stand for; prose speaks for itself."""
    cases = (
        ("title:", "what happened, as the customer saw it"),
        ("severity:", "**severity** (severity, required): how bad"),
        ("recurrence_of:", "earlier records of the same"),
        ("checkout]", "**Checkout** (service `checkout`, team shop)"),
        ("capacity", "**Capacity** (failure class `capacity`)"),
        ("sev3", "**Sev 3** (severity `sev3`)"),
        ("outage", "**Outage** (kind `outage`)"),
        ("2025-11-02-checkout-slow]", "**Checkout slow**\n\n2025-11-02, sev3, draft"),
        ("A1\n\n## Root", "**A1**: Return connections\n\nPetra Vellumworth, due 2099-03-28, open"),
        ("2025-11-02-checkout-slow#B1", "**B1**: Close idle sessions"),
        ("One in four", ""),
    )

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            await editor.findings(file)
            for place, said in cases:
                found = await editor.hover(file, place, 1)
                assert found.startswith(said) if said.startswith("**") else said in found, place
                assert bool(found) == bool(said), place

    run(scene())


def test_a_name_leads_to_what_it_names(archive: Path) -> None:
    """From a record's id to its file, from an action's to its row, from a link to its page; other words lead nowhere."""
    cases = (
        ("2025-11-02-checkout-slow]", "postmortems/2025/2025-11-02-checkout-slow.md", "---"),
        ("2025-11-02-checkout-slow#B1", "postmortems/2025/2025-11-02-checkout-slow.md", "| B1 |"),
        ("A1\n\n## Root", f"postmortems/2026/{NAME}.md", "| A1 |"),
        ("../handbook", "postmortems/handbook/severities.md", "# Severities"),
    )

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, RECORD.replace("One in four", "[One](../handbook/severities.md) in four"))
            await editor.findings(file)
            for place, path, line in cases:
                found = await editor.definition(file, place, 1)
                assert found is not None and found.uri == (archive / path).as_uri()
                text = (archive / path).read_text(encoding="utf-8")
                assert text.splitlines()[found.range.start.line].startswith(line)
            assert await editor.definition(file, "sev3", 1) is None

    run(scene())


OFFERED: tuple[tuple[str, str, list[str]], ...] = (
    ("kind: outage", "¦", ["kind", "potential_severity"]),
    ("kind: outage", "k¦", ["kind", "potential_severity"]),
    ("severity: sev3", "severity: ¦", ["sev0", "sev1", "sev2", "sev3", "sev4", "near-miss"]),
    ("status: draft", "status: ¦", ["draft", "in-review", "final"]),
    ("kind: outage", "kind: re¦", ["outage", "regression"]),
    ("services: [checkout]", "services: [checkout, ¦]", ["checkout", "labels"]),
    ("services: [checkout]", "services:\n  - ¦", ["checkout", "labels"]),
    ("failure_class: [capacity]", "failure_class: ¦", ["capacity", "config-change"]),
    ("date: 2026-03-14", "date: ¦", ["2026-03-14"]),
    ("timezone: UTC", "timezone: Eur¦", ["UTC", "Africa/Abidjan"]),
    ("[2025-11-02-checkout-slow]", "[¦]", ["2025-11-02-checkout-slow"]),
    ("timezone: UTC", "distinct_from: [{id: ¦}]", ["2025-11-02-checkout-slow"]),
    ("timezone: UTC", "distinct_from:\n  - id: ¦", ["2025-11-02-checkout-slow"]),
    ("timezone: UTC", "links: [{rel: ¦", ["chat", "dashboard"]),
    ("timezone: UTC", "links:\n  - {¦}", ["rel", "url", "title"]),
    ("timezone: UTC", "impact:\n  ¦", ["customers", "segments"]),
    ("timezone: UTC", "impact:\n  communication: [¦]", ["status-page", "email", "none"]),
    ("timezone: UTC", "allspaw_test: {passed: ¦}", ["true", "false"]),
    ("[Petra Vellumworth]", "[¦]", ["Petra Vellumworth"]),
    ("[Petra Vellumworth]", "[{name: ¦", ["Petra Vellumworth"]),
    ("title: Checkout down", "title: Ch¦", []),
    ("severity_reason", "severity_reason: ¦", []),
    ("## Impact", "## ¦", ["Impact", "What went well"]),
    ("## Impact", "##¦", ["Impact", "What went well"]),
    ("[TRIGGER]", "[¦", ["TRIGGER", "IMPACT", "SIGNAL", "ESCALATED"]),
    ("[TRIGGER]", "[RES¦]", ["TRIGGER", "IMPACT"]),
    ("small -> A1", "small -> ¦", ["A1", "2025-11-02-checkout-slow#"]),
    ("small -> A1", "small → A1, ¦", ["A1", "2025-11-02-checkout-slow#"]),
    ("Leak (root cause) -> A1", "Leak -> 2025-11-02-checkout-slow#¦", ["2025-11-02-checkout-slow#B1"]),
    ("Method: causal tree", "Method: ¦", ["causal tree", "5 whys", "hybrid"]),
    ("exhausted (AND)", "exhausted (¦", ["AND", "OR", "root cause"]),
    ("exhausted (AND)", "exhausted -- ¦", ["accepted: REASON (ROLE, YYYY-MM-DD)"]),
    ("| prevent |", "| ¦ |", ["prevent", "detect", "mitigate", "respond", "process"]),
    ("| open |", "| ¦ |", ["candidate", "open", "in progress", "in review"]),
    ("| Petra Vellumworth |", "| ¦ |", ["Petra Vellumworth"]),
    ("| A1 |", "| ¦ |", ["A1"]),
    ("| Return connections |", "| Return ¦ |", []),
    ("## Impact", "## Impct\n\n<!-- afterword: ignore ¦ -->", ["missing-section"]),
    ("One in four.", "One [¦ in", []),
    ("- 14:09", "```\n-> ¦\n```\n- 14:09", []),
)


def test_the_next_word_is_offered(archive: Path) -> None:
    """What may follow is offered where it may, the likeliest first, though the text does not hold together yet."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            for old, new, first in OFFERED:
                text = (
                    RECORD.replace(old, new, 1)
                    if old in RECORD
                    else RECORD.replace("timezone:", f"{new}\ntimezone:")
                )
                before, _, after = text.partition("¦")
                await editor.type(file, before + after)
                await editor.findings(file)
                found = await editor.labels(file, before)
                assert found[: len(first)] == first, new
                assert bool(found) == bool(first), new

    run(scene())


def test_what_is_chosen_takes_the_place_of_what_is_typed(archive: Path) -> None:
    """Neither letters nor brackets stand twice."""
    cases = (
        (HEADER.replace("kind: outage", "ki"), "\nki", "kind", "kind: "),
        (HEADER.replace("[checkout]", "[check]"), "[check", "checkout", "services: [checkout]"),
        (RECORD.replace("## Impact", "##"), "slow 😀.\n\n##", "Impact", "## Impact"),
        (RECORD.replace("## Impact", "## Imp"), "## Imp", "Impact", "## Impact"),
        (RECORD.replace("[TRIGGER]", "[TR]"), "[TR", "TRIGGER", "- 14:03 [TRIGGER] The batch starts"),
        (RECORD.replace("small -> A1", "small -> "), "small -> ", "A1", "- The pool is small -> A1"),
        (
            RECORD.replace("😀.", "😀 <!-- int"),
            "<!-- int",
            "internal -->",
            "Customers could not pay 😀 <!-- internal -->",
        ),
        (RECORD.replace("| open |", "| op |"), "| prevent | op", "open", RECORD.splitlines()[-1]),
    )

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            for text, behind, label, line in cases:
                text = text.replace("It was stopped.", "It was slow 😀.")
                await editor.type(file, text)
                await editor.findings(file)
                offered = await editor.offered(file, behind, len(behind))
                chosen = next(item for item in offered if item.label == label)
                assert any(
                    each.startswith(line) for each in editor.edited(file, chosen.text_edit).splitlines()
                ), label

    run(scene())


def named(symbols: list[types.DocumentSymbol], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the names of an outline with their depth."""
    for each in symbols:
        assert (each.range.start.line, each.range.start.character) <= (
            each.selection_range.start.line,
            each.selection_range.start.character,
        )
        assert (each.selection_range.end.line, each.selection_range.end.character) <= (
            each.range.end.line,
            each.range.end.character,
        )
        yield depth, each.name
        yield from named(list(each.children or ()), depth + 1)


def test_the_outline_has_all_parts(archive: Path) -> None:
    """Sections with their events, factors, causes as a tree, and actions; each name lies inside its part."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            await editor.findings(file)
            params = types.DocumentSymbolParams(types.TextDocumentIdentifier(file.as_uri()))
            found = await editor.client.text_document_document_symbol_async(params)
            assert list(named(list(found))) == [
                (0, "Checkout down"),
                (0, "Summary"),
                (0, "Impact"),
                (0, "Timeline"),
                (1, "14:03 The batch starts"),
                (1, "14:09 Page"),
                (0, "Contributing factors"),
                (1, "The pool is small"),
                (0, "Root cause analysis"),
                (1, "Checkout was down"),
                (2, "Pool exhausted"),
                (3, "Leak"),
                (3, "Size"),
                (0, "Action items"),
                (1, "A1 Return connections"),
            ]

    run(scene())


def test_the_outline_of_a_record_without_a_header_begins_with_its_heading(archive: Path) -> None:
    """That is what the record is called; a heading beside a header is no entry of its own."""
    heading = "# Search was slow\n\n"
    headless = heading + RECORD.removeprefix(HEADER)
    titled = RECORD.replace("## Summary", f"{heading}## Summary")

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            params = types.DocumentSymbolParams(types.TextDocumentIdentifier(file.as_uri()))
            for text, first in ((headless, "Search was slow"), (titled, "Checkout down")):
                await editor.type(file, text)
                await editor.findings(file)
                found = await editor.client.text_document_document_symbol_async(params)
                assert list(named(list(found)))[:2] == [(0, first), (0, "Summary")]
                assert found[0].selection_range.start.line == (0 if text is headless else 1)

    run(scene())


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("## Impact", "## Regulator", "unknown-section"),
        ("One in four.", "![x](http://a.b/c.png)", "remote-image"),
        ("| open |", "| opne |", "unknown-action-status"),
        ("- Size -> 2025-11-02-checkout-slow#B1", "- Size -> A9", "unknown-action"),
    ],
)
def test_a_finding_can_be_silenced_where_it_stands(archive: Path, old: str, new: str, rule: str) -> None:
    """The comment stands before the block, in a heading, a paragraph, a table, a list; the command accepts what comes of it."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, RECORD.replace(old, new))
            finding = next(each for each in await editor.findings(file) if each.code == rule)
            found = await editor.actions(file, finding.range)
            silencing = next(each for each in found if each.title == f"ignore '{rule}' here, with a reason")
            assert silencing.kind == types.CodeActionKind.QuickFix
            assert [each.code for each in silencing.diagnostics] == [rule]
            await editor.type(file, editor.edited(file, silencing.edit))
            assert rule not in await editor.rules(file)
            await editor.save(file)

    run(scene())
    text = record(archive).read_text(encoding="utf-8")
    assert f"<!-- afterword: ignore {rule} -- reason -->" in text.splitlines()
    said = afterword("check", record(archive), folder=archive, code=None).stdout
    assert rule not in said and "suppression" not in said


def test_in_the_header_nothing_is_silenced(archive: Path) -> None:
    """A comment cannot stand in front matter: nothing is offered that would not work."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, RECORD.replace("[checkout]", "[chekout]"))
            (finding,) = await editor.findings(file)
            assert not [each for each in await editor.actions(file, finding.range) if "ignore" in each.title]

    run(scene())


def manuscript(*findings: Finding) -> Manuscript:
    """Give two lines with findings."""
    return Manuscript("x.md", ("one two", "three"), Archive(Settings()), None, None, findings)  # type: ignore[arg-type]


def test_edits_of_a_finding_are_offered_and_made_together() -> None:
    """A finding with edits can be mended where it stands; all of a file at once, save those that touch one already taken."""
    first = Finding("a", "one", Span.at(1, 1, 3), hint="write 1", edits=(Edit(Span.at(1, 1, 3), "1"),))
    second = Finding(
        "b", "two", Span.at(1, 5, 3), edits=(Edit(Span.at(1, 5, 3), "2"), Edit(Span.at(2, 1), "-"))
    )
    clash = Finding("c", "again", Span.at(1, 5, 3), edits=(Edit(Span.at(1, 6, 1), "W"),))
    text = manuscript(first, second, clash)
    assert [each.title for each in mendings(text, Span.at(1, 2))] == ["write 1"]
    assert [each.title for each in mendings(text, Span.at(1, 6, 1))] == ["mend: two", "mend: again"]
    assert all_edits(text.findings) == (*first.edits, *second.edits)
