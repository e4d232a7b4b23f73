"""The searches that are compared, in real Chromium: each finds the ids of records for a question, best first."""

from __future__ import annotations

import re
from typing import Protocol

from playwright.sync_api import Page, TimeoutError

_RECORD = re.compile(r"(?:^|/)\d{4}/([^/#?]+)/?")
SHOWN = 10
"""How many results are looked at."""


class Finder(Protocol):
    """One search on one loaded page."""

    name: str

    def open(self, page: Page, url: str) -> None:
        """Load what is needed once, as opening the search does."""

    def find(self, text: str) -> tuple[list[str], float]:
        """Ask, and give the ids found with the milliseconds it took in the page."""


class Ours:
    """Afterword's search page: what a reader sees in its list of results."""

    name = "afterword"

    def open(self, page: Page, url: str) -> None:
        """Open the page and ask once, so that the engine is loaded."""
        page.goto(f"{url}/search/", wait_until="networkidle")
        self.watch(page)
        self.find("certificate")

    def watch(self, page: Page) -> None:
        """Look at a page that is there already."""
        self._page = page
        page.evaluate(_OURS)

    def find(self, text: str) -> tuple[list[str], float]:
        """Put the question into the field at once and read the list that follows."""
        found, took = self._page.evaluate("text => find(text)", text)
        return _ids(found), took

    def type(self, text: str, delay: float = 80) -> float | None:
        """Type a question key by key and give the milliseconds from the last key until results stand there; None where there are none."""
        self._page.evaluate("clear()")
        field = self._page.locator("#aw-search-text")
        field.press_sequentially(text, delay=delay, timeout=240_000)
        try:
            self._page.wait_for_function("() => typed.took !== null", timeout=4000, polling=20)
        except TimeoutError:  # nothing was found
            return None
        took: float = self._page.evaluate("typed.took")
        return took


_OURS = """() => {
  const list = document.getElementById("aw-search-results");
  const field = document.getElementById("aw-search-text");
  const changed = (most) => new Promise((done) => {
    const end = (at) => { watch.disconnect(); clearTimeout(late); done(at); };
    const watch = new MutationObserver(() => end(performance.now()));
    const late = setTimeout(() => end(null), most);
    watch.observe(list, { childList: true });
  });
  const put = (text) => { field.value = text; field.dispatchEvent(new InputEvent("input", { bubbles: true })); };
  window.clear = async () => {
    if (!field.value) return;
    const waiting = changed(3000);
    put("");
    await waiting;
  };
  window.find = async (text) => {
    await clear();
    const begin = performance.now();
    const waiting = changed(8000);
    put(text);
    const at = await waiting;
    return [[...list.querySelectorAll(":scope > li")].map((entry) => entry.querySelector("a[href]")?.getAttribute("href") || ""), (at ?? performance.now()) - begin];
  };
  window.typed = { key: 0, took: null };
  field.addEventListener("input", (event) => { typed.key = event.timeStamp; typed.took = null; }, { capture: true });
  new MutationObserver(() => {
    if (typed.took === null && list.childElementCount && field.value) typed.took = performance.now() - typed.key;
  }).observe(list, { childList: true });
}"""


class Material:
    """Material's own search: its worker is asked, which leaves out the time it takes to draw."""

    name = "material"

    def open(self, page: Page, url: str) -> None:
        """Load the index into the worker, as the first focus on the field does."""
        self._page = page
        page.goto(f"{url}/", wait_until="load")
        page.evaluate(_MATERIAL)

    def find(self, text: str) -> tuple[list[str], float]:
        """Send the question and wait for the worker's answer."""
        found, took = self._page.evaluate("text => ask(text)", text)
        return _ids(found), took


_MATERIAL = """async () => {
  const config = JSON.parse(document.getElementById("__config").textContent);
  const index = await (await fetch(new URL("search/search_index.json", new URL(config.base + "/", location)))).json();
  const worker = new Worker(new URL(config.search, location));
  const answer = (type) => new Promise((done) => {
    const heard = ({ data }) => { if (data.type === type) { worker.removeEventListener("message", heard); done(data.data); } };
    worker.addEventListener("message", heard);
  });
  const ready = answer(1);
  worker.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } });
  await ready;
  window.ask = async (text) => {
    const begin = performance.now();
    const answered = answer(3);
    worker.postMessage({ type: 2, data: text });
    const { items } = await answered;
    return [items.slice(0, 10).map(([first]) => first.location), performance.now() - begin];
  };
}"""


class Pagefind:
    """Pagefind as it comes, over the same plain pages: its script is asked, and the first results' texts are loaded as it does to show them."""

    name = "pagefind"

    def open(self, page: Page, url: str) -> None:
        """Load its script and what it loads first."""
        self._page = page
        page.goto(f"{url}/", wait_until="load")
        page.evaluate(_PAGEFIND)

    def find(self, text: str) -> tuple[list[str], float]:
        """Search and load the results that are shown."""
        found, took = self._page.evaluate("text => ask(text)", text)
        return _ids(found), took


_PAGEFIND = """async () => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location.origin + "/"));
  await pagefind.init();
  window.ask = async (text) => {
    const begin = performance.now();
    const { results } = await pagefind.search(text);
    const first = results.length ? [await results[0].data()] : [];
    const took = performance.now() - begin;
    const others = await Promise.all(results.slice(1, 10).map((result) => result.data()));
    return [[...first, ...others].map(({ url }) => url), took];
  };
}"""


def _ids(addresses: list[str]) -> list[str]:
    """Give the records' ids in these addresses, each once; what is no record keeps its place."""
    found = [match[1] if (match := _RECORD.search(each)) else each for each in addresses]
    return list(dict.fromkeys(found))[:SHOWN]
