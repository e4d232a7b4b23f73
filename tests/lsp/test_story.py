"""A record typed from nothing to clean, by someone who knows no more of the format than the editor says."""

from __future__ import annotations

import re
from pathlib import Path

from lsprotocol import types

from tests.conftest import afterword, drawn
from tests.lsp.editor import Editor, editor_in, run

NAME = "2026-03-14-checkout-returned-errors.md"
LATE_ANYWAY = "timezone: UTC\nrules: {late-publication: off, late-draft: off}\n"
"""The incident of the hints is years ago for whoever runs this."""
WRITTEN = {
    "## Summary": "Customers could not pay for 22 minutes. A batch used all connections. It was stopped, and payments worked again.",
    "## Impact": "One in four customers saw an error page when paying.",
    "## What went well": "- The page came within six minutes",
    "## What went wrong": "- The runbook had no page for the pool",
    "## Lessons learned": "A limit that nobody watches is a failure that nobody sees coming.",
}
"""What only the author can know; no finding could say it."""


class Author:
    """Follows the second line of each finding to the letter, and the section's own words otherwise."""

    def __init__(self, editor: Editor, file: Path) -> None:
        """Begin with an empty file."""
        self.editor, self.file, self.text = editor, file, ""

    async def write(self, text: str) -> list[types.Diagnostic]:
        """Type, and read what the editor says now."""
        self.text = text
        await self.editor.type(self.file, text)
        return await self.editor.findings(self.file)

    def fill(self, heading: str, text: str) -> str:
        """Give the record with a text below a heading."""
        assert f"{heading}\n" in self.text
        return self.text.replace(f"{heading}\n", f"{heading}\n\n{text}\n")


def said(found: list[types.Diagnostic], rule: str) -> list[str]:
    """Give the ways out of the findings of a rule, in their order."""
    return [each.message.partition("\n")[2] for each in found if each.code == rule]


def quoted(pattern: str, hints: list[str]) -> list[str]:
    """Give the first thing in backticks of each hint that has a form, and see that every hint has one."""
    matches = [re.search(f"`({pattern})`", hint) for hint in hints]
    assert all(matches), hints
    return [match.group(1) for match in matches if match is not None]


def test_a_record_is_written_with_the_findings_alone(tmp_path: Path) -> None:
    """From an empty file each finding leads to the next text, in the order in which one writes; the command agrees that nothing is left."""
    folder = tmp_path / "archive"
    file = folder / "postmortems" / "2026" / NAME

    async def scene() -> None:
        async with editor_in(folder) as editor:
            await editor.open(file, "")
            author = Author(editor, file)
            first = (await editor.findings(file))[0]
            assert "expected `---` on the first line" in first.message
            assert "expected a line `---` after it" in (await author.write("---\n"))[0].message
            found = await author.write("---\n---\n")

            lines = quoted("[a-z_]+: [^`]+", said(found, "missing-field"))
            assert len(lines) == 8
            found = await author.write("---\n" + "\n".join(lines) + "\n---\n")
            assert said(found, "missing-field") == []

            headings = quoted("## [^`]+", said(found, "missing-section"))
            found = await author.write(author.text + "".join(f"\n{each}\n" for each in headings))
            empty = [each for each in found if each.code == "missing-section"]
            assert [editor.underlined(file, each) for each in empty] == headings
            assert all(said(empty, "missing-section"))

            for heading, text in WRITTEN.items():
                await author.write(author.fill(heading, text))
            (positives,) = said(await editor.findings(file), "few-positives")
            assert "kept this from being worse" in positives
            more = "- The batch could be stopped alone\n- Support told customers at once"
            found = await author.write(
                author.fill("- The page came within six minutes", more).replace("\n\n- The b", "\n- The b")
            )
            assert said(found, "few-positives") == []

            by_heading = dict(zip(headings, said(empty, "missing-section"), strict=True))
            (event,) = quoted("- 14:03 [^`]+", [by_heading["## Timeline"]])
            found = await author.write(
                author.fill("## Timeline", event.replace("what happened", "The batch starts"))
            )
            for minute, mark in enumerate(quoted(r"\[[A-Z]+\]", said(found, "missing-anchor")), start=9):
                after = f"- 14:{minute:02} {mark} Something that happened"
                timeline = author.text.replace("\n\n## What went well", f"\n{after}\n\n## What went well", 1)
                found = await author.write(timeline)
            assert said(found, "missing-anchor") == said(found, "no-close") == []

            (factor,) = quoted("- The pool[^`]+", [by_heading["## Contributing factors"]])
            found = await author.write(author.fill("## Contributing factors", factor))
            assert "unknown-action" in [each.code for each in found]
            (method,) = quoted("Method: causal tree", [by_heading["## Root cause analysis"]])
            tree = f"{method}\n\n- Checkout returned errors\n  - The pool was exhausted -> A1"
            await author.write(author.fill("## Root cause analysis", tree))
            (head,) = quoted(r"\| ID [^`]+", [by_heading["## Action items"]])
            row = "| A1 | Alert when the pool is at 80 %" + " |" * 6
            table = "\n".join((head, "|---" * 7 + "|", row))
            found = await author.write(author.fill("## Action items", table))
            assert said(found, "unknown-action") == []

            empty_cells = said(found, "incomplete-action")
            assert len(empty_cells) == 5
            (day,) = quoted("2026-[0-9-]+", empty_cells[1:2])
            categories, statuses = quoted("[a-z]+", empty_cells[3:])
            assert statuses == "candidate"
            cells = ("Juno Papercliff", day.replace("2026", "2099"), "PAY-1", categories, "open")
            found = await author.write(
                author.text.replace(
                    row, row.replace(" |" * 6, "") + "".join(f" | {each}" for each in cells) + " |"
                )
            )
            assert [each.message for each in found] == []
            await editor.save(file)

    with drawn(folder, {"afterword.yml": LATE_ANYWAY, f"postmortems/2026/{NAME}": ""}):
        run(scene())
    assert afterword("check", "--strict", folder=folder).stdout == "no findings in 1 record\n"
