"""Asking what a search page would answer, without its controls."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


def open_engine(page: Page) -> None:
    """Open the engine of the search page that is shown."""
    page.evaluate(
        """async () => {
            const at = (name) => new URL(`../assets/search/${name}.js`, location.href).href;
            const root = new URL("./", location.href);
            const { tableOf } = await import(at("facets"));
            const catalogue = await (await fetch(new URL("catalogue.json", root))).json();
            tableOf(catalogue);
            const [question, ranking, engine] = await Promise.all([import(at("question")), import(at("ranking")), import(at(`engine-${catalogue.engine}`))]);
            window.aw = { question, ranking, catalogue, engine: await engine.open(root, catalogue) };
        }"""
    )


def asked(page: Page, text: str) -> dict[str, Any]:
    """Ask a question, and give what the page shows: ids in order, the words that are marked, and what else is told."""
    found: dict[str, Any] = page.evaluate(
        """async (text) => {
            const question = aw.question.read(text);
            const hits = await aw.engine.ask(question, new AbortController().signal);
            const rows = aw.ranking.ranked(hits, question, aw.catalogue);
            const first = rows.length ? aw.question.finder(hits.get(rows[0]).words) : () => false;
            const parts = rows.length ? await aw.engine.parts(rows[0]) : [];
            const written = parts.map((part) => `${part[2]} ${part[3]}`).join(" ").split(/[^\\p{L}\\p{N}\\p{M}]+/u);
            return { ids: rows.map((row) => aw.catalogue.records.id[row]), marked: [...new Set(written.filter(first))], partly: hits.partly, instead: Object.fromEntries(hits.instead), missing: hits.missing };
        }""",
        text,
    )
    return found
