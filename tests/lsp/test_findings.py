"""`afterword lsp`: findings while the author types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsprotocol import types

from tests.conftest import afterword
from tests.lsp.drawn import RECORD, SETTINGS, archive, record
from tests.lsp.editor import editor_in, run

__all__ = ["archive"]
UTF_8, UTF_16, UTF_32 = (
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf32,
)


def test_findings_come_and_go_with_the_text(archive: Path) -> None:
    """A misspelt word is underlined with its rule, level and way out, and no longer when it is put right; nothing has to be saved."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            assert await editor.findings(file) == []
            await editor.type(file, RECORD.replace("[checkout]", "[chekout]"))
            (found,) = await editor.findings(file)
            assert (found.code, found.source, found.severity) == (
                "unknown-service",
                "afterword",
                types.DiagnosticSeverity.Error,
            )
            assert "did you mean 'checkout'?" in found.message
            assert editor.underlined(file, found) == "chekout"
            await editor.type(file, RECORD)
            assert await editor.findings(file) == []

    run(scene())


def test_the_findings_are_those_of_the_command(archive: Path) -> None:
    """What the editor shows of a file that is saved is what `afterword check` says of it."""
    file = record(archive)
    broken = RECORD.replace("status: draft", "status: final").replace("| open |", "| opne |")
    file.write_text(broken.replace("## Impact", "## Impct"), encoding="utf-8")
    said = afterword("check", file, "--format", "text", folder=archive, code=1).stdout

    async def scene() -> None:
        async with editor_in(archive) as editor:
            await editor.open(file)
            found = await editor.findings(file)
            assert len(found) == 3
            for each in found:
                message, _, hint = each.message.partition("\n")
                start = each.range.start
                assert f":{start.line + 1}:{start.character + 1}: " in said
                assert f"{message} [{each.code}]" in said
                assert hint in said
            assert len(re.findall(r" \[[a-z-]+\](?: \[\*\])?$", said, re.MULTILINE)) == len(found)

    run(scene())


@pytest.mark.parametrize(
    ("asked", "got", "column"),
    [
        (None, UTF_16, 26),
        ([UTF_16], UTF_16, 26),
        ([UTF_8, UTF_16], UTF_8, 30),
        ([UTF_32, UTF_8], UTF_32, 24),
    ],
    ids=["nothing", "utf-16", "utf-8", "utf-32"],
)
def test_columns_are_counted_as_the_editor_counts(
    archive: Path,
    asked: list[types.PositionEncodingKind] | None,
    got: types.PositionEncodingKind,
    column: int,
) -> None:
    """Behind two emoji, of which each is two units of UTF-16 and four bytes, a word is underlined where it stands."""
    text = RECORD.replace("[DETECTED] Page", "😀𝒳 was **seen** ![x](http://a.b/c.png)")

    async def scene() -> None:
        async with editor_in(archive, asked) as editor:
            assert editor.encoding == got
            file = record(archive)
            await editor.open(file, text)
            (found,) = await editor.findings(file)
            assert found.code == "remote-image"
            assert found.range.start.character == column
            assert editor.underlined(file, found) == "![x](http://a.b/c.png)"
            assert "remote-image" in await editor.hover(file, "![x]", 2)

    run(scene())


def test_other_line_ends_are_lines_of_the_editor_too(archive: Path) -> None:
    """With CR LF, and with a form feed and a line separator inside a line, places are those of the editor's lines."""
    text = RECORD.replace("One in four.", "One\x0cin\u2028four.").replace("| open |", "| opne |")

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, text.replace("\n", "\r\n"))
            found = {str(each.code): each for each in await editor.findings(file)}
            assert editor.underlined(file, found["unknown-action-status"]) == "opne"
            assert {*found} == {"unknown-action-status", "control-character"}

    run(scene())


def test_only_records_and_settings_are_judged(archive: Path) -> None:
    """A page of the handbook, a file elsewhere and a text without a file are left alone; settings are judged."""
    elsewhere = archive.parent / "2026-01-01-notes.md"
    elsewhere.write_text("# Notes\n")
    page = archive / "postmortems" / "handbook" / "severities.md"
    template = archive / "templates" / "postmortem.md"

    async def scene() -> None:
        async with editor_in(archive) as editor:
            settings = archive / "afterword.yml"
            await editor.open(elsewhere)
            await editor.open(template, RECORD.replace("sev3", "sev9"))
            await editor.open(page)
            unsaved = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, "# X")
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(unsaved))
            await editor.open(settings, SETTINGS + "rules: {unknown-sevrity: off}\nzone: UTC\n")
            assert await editor.rules(settings) == ["settings", "settings"]
            assert await editor.findings(page) == []
            assert await editor.findings(template) == []
            assert {uri for uri, told in editor.told.items() if told[-1].diagnostics} == {settings.as_uri()}
            hovered = types.HoverParams(
                types.TextDocumentIdentifier("untitled:Untitled-1"), types.Position(0, 0)
            )
            assert await editor.client.text_document_hover_async(hovered) is None

    run(scene())


def test_settings_count_once_they_are_saved(archive: Path) -> None:
    """A service that is added to the settings is known to the open record as soon as they are saved."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file, settings = record(archive), archive / "afterword.yml"
            await editor.open(file, RECORD.replace("[checkout]", "[invoices]"))
            assert await editor.rules(file) == ["unknown-service"]
            await editor.open(settings)
            await editor.type(settings, SETTINGS.replace("{id: labels,", "{id: invoices,"))
            await editor.findings(settings)
            await editor.save(settings)
            await editor.until_rules(file, set(), ["unknown-service"])

    run(scene())


def test_what_others_change_on_disk_is_noticed(archive: Path) -> None:
    """A record that is renamed, or comes back, beside the editor decides whether a reference to it resolves."""

    async def scene() -> None:
        async with editor_in(archive, watching=True) as editor:
            file = record(archive)
            other = archive / "postmortems" / "2025" / "2025-11-02-checkout-slow.md"
            away = other.with_name("2025-11-02-checkout-very-slow.md")
            await editor.open(file)
            assert await editor.findings(file) == []
            (registered,) = editor.registered
            assert registered.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            other.rename(away)
            editor.changed(other, away)
            await editor.until_rules(file, {"unknown-record"})
            away.rename(other)
            editor.changed(other, away)
            await editor.until_rules(file, set(), ["unknown-record"])

    run(scene())


def test_what_is_open_counts_for_other_open_files(archive: Path) -> None:
    """An action that is taken out of one record, unsaved, is missed by the other; when the file is closed, its saved text counts."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            other = archive / "postmortems" / "2025" / "2025-11-02-checkout-slow.md"
            await editor.open(file)
            await editor.open(other)
            assert await editor.findings(file) == []
            assert await editor.findings(other) == []
            text = editor.texts[other.as_uri()]
            await editor.type(other, text.replace("B1", "B2"))
            await editor.until_rules(file, {"unknown-action"})
            await editor.close(other)
            await editor.until_rules(file, set(), ["unknown-action"])
            assert not editor.told[other.as_uri()][-1].diagnostics

    run(scene())


def test_rules_about_all_records_come_when_the_author_pauses(archive: Path) -> None:
    """An alias that is a live page's address is found without saving, and stays found while the next words are typed."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file)
            await editor.findings(file)
            text = RECORD.replace("timezone:", "aliases: [2025-11-02-checkout-slow]\ntimezone:")
            await editor.type(file, text)
            await editor.until_rules(file, {"alias-clash"})
            await editor.type(file, text.replace("One in four.", "One in five."))
            assert await editor.rules(file) == ["alias-clash"]

    run(scene())


def test_a_new_file_belongs_to_the_archive_before_it_is_saved(archive: Path) -> None:
    """A record that is not on disk yet is judged among the others, and other records may name it."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            new = archive / "postmortems" / "2026" / "2026-05-01-labels-lost.md"
            await editor.open(new, RECORD.replace("2026-03-14", "2026-05-01").replace("sev3", "sev9"))
            assert "unknown-severity" in await editor.rules(new)
            file = record(archive)
            await editor.open(file, RECORD.replace("2025-11-02-checkout-slow]", "2026-05-01-labels-lost]"))
            assert "unknown-record" not in await editor.rules(file)
            await editor.type(file, RECORD.replace("2025-11-02-checkout-slow]", "2026-05-01-labels-gone]"))
            assert "unknown-record" in await editor.rules(file)

    run(scene())


def test_no_text_stops_the_server(archive: Path) -> None:
    """Whatever is typed, the next text is judged as ever."""
    texts = (
        "",
        "---",
        "---\n",
        "\ufeff---\ntitle: x",
        "---\ntitle: [\n---\n",
        "\x00",
        "- " * 3000,
        "> " * 3000 + "x",
        "|" * 5000,
        "\ud800",
    )

    async def scene() -> None:
        async with editor_in(archive) as editor:
            file = record(archive)
            await editor.open(file, RECORD)
            for text in texts:
                await editor.type(file, text)
                assert await editor.findings(file), repr(text[:20])
                await editor.hover(file, text[:1])
                await editor.labels(file, text[:1])
                await editor.type(file, RECORD)
                assert await editor.findings(file) == [], repr(text[:20])
            assert await editor.stop() == 0
            assert "Traceback" not in (await editor.server.stderr.read()).decode()

    run(scene())


def test_nothing_is_left_when_the_editor_goes(archive: Path) -> None:
    """The server ends with 0 when it is told to, with 1 where it was not told to shut down before, and by itself when its editor is gone without a word."""

    async def scene() -> None:
        async with editor_in(archive) as editor:
            await editor.open(record(archive))
            await editor.findings(record(archive))
            assert await editor.stop() == 0
        async with editor_in(archive) as editor:
            assert await editor.stop(shut_down=False) == 1
        async with editor_in(archive) as editor:
            await editor.open(record(archive))
            editor.server.stdin.close()
            assert await editor.server.wait() in (0, 1)

    run(scene())


def test_an_archive_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    """In a folder without an archive nothing is said; once there are settings and an archive, the open record is judged."""

    async def scene() -> None:
        async with editor_in(tmp_path) as editor:
            file = tmp_path / "records" / "2026-03-14-x.md"
            file.parent.mkdir()
            await editor.open(file, "")
            assert await editor.hover(file, "") == ""
            assert editor.told == {}
            settings = tmp_path / "afterword.yml"
            settings.write_text("archive: records\n")
            editor.changed(settings)
            assert await editor.rules(file) == ["front-matter", "missing-section"]

    run(scene())
