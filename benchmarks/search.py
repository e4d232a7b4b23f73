"""`python -m benchmarks search [--records N] [--with PATH]`: does a search find what is known to be there, how fast, and for how many bytes.

Four are asked the same questions over the same records, in real Chromium: Afterword's search page, Material's own search, Pagefind as it comes
over the pages of Material, and `afterword search` in the terminal. Each step leaves its figures in the work folder and is not done twice;
`--again STEP` does it anew. Building ten thousand records for all of them takes about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.finders import Finder, Material, Ours, Pagefind
from benchmarks.known_items import KINDS, Question, questions
from benchmarks.measurement import environment
from benchmarks.mixed_archive import REPOSITORY, write_mixed_archive
from benchmarks.served import Served
from benchmarks.steps import Steps

EACH = 100
"""So many questions of a kind are drawn."""
OF_PEERS = 24
"""So many of them are asked of the peers: Material takes a second a question at a thousand records, and ten times that at ten thousand."""
TYPED = 60
COUNTED = 8
STEPS = ("archive", "plain", "site", "afterword", "typing", "material", "pagefind", "terminal", "rebuild")
BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Work:
    """Where one measurement keeps what it has made."""

    folder: Path
    records: int
    others: Path | None

    @property
    def archive(self) -> Path:
        """Give the folder of the archive's settings."""
        return self.folder / "archive"

    def figures(self, step: str) -> Path:
        """Give the file with the figures of a step."""
        return Steps(self.folder).file(step)

    def questions(self) -> list[Question]:
        """Give the questions of this archive, drawn once."""
        file = self.folder / "questions.json"
        if not file.exists():
            drawn = [asdict(each) for each in questions(self.archive, EACH)]
            file.write_text(json.dumps(drawn, ensure_ascii=False, indent=1), encoding="utf-8")
        told = json.loads(file.read_text(encoding="utf-8"))
        return [Question(each["kind"], each["text"], tuple(each["expected"])) for each in told]


def write_archive(work: Work) -> dict[str, Any]:
    """Write the records."""
    shutil.rmtree(work.archive, ignore_errors=True)
    (work.folder / "questions.json").unlink(missing_ok=True)
    write_mixed_archive(work.archive, work.records, work.others)
    return {"records": len(list((work.archive / "postmortems").glob("20*/*.md")))}


def build_plain(work: Work) -> dict[str, Any]:
    """Build the same Markdown with MkDocs and Material alone, and index its pages with Pagefind."""
    begin = time.perf_counter()
    run(
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        work.archive / "mkdocs-plain.yml",
        "-d",
        work.folder / "plain",
    )
    built = time.perf_counter()
    run("-m", "pagefind_bin", "--site", work.folder / "plain")
    return {"material seconds": built - begin, "pagefind seconds": time.perf_counter() - built}


def build_site(work: Work) -> dict[str, Any]:
    """Build the site with Afterword."""
    begin = time.perf_counter()
    said = afterword(
        "build", "--config-file", work.archive / "mkdocs.yml", "--site-dir", work.folder / "site"
    )
    search = work.folder / "site" / "search"
    return {
        "seconds": time.perf_counter() - begin,
        "said": [line for line in said.splitlines() if "search" in line.casefold()],
        "search folder": sum(file.stat().st_size for file in search.rglob("*") if file.is_file()),
    }


def ask_in_browser(finder: Finder, site: str) -> Callable[[Work], dict[str, Any]]:
    """Make the step that asks all questions of one search, and counts the bytes from opening it to a first result."""

    def step(work: Work) -> dict[str, Any]:
        with Served(work.folder / site) as served, browser() as chromium:
            page = chromium.new_page()
            page.set_default_timeout(240_000)
            begin = time.perf_counter()
            finder.open(page, served.url)
            opened = time.perf_counter() - begin
            asked = work.questions()
            if not isinstance(finder, Ours):
                asked = [
                    each
                    for kind in KINDS
                    for each in spread([one for one in asked if one.kind == kind], OF_PEERS)
                ]
            ranks = ask(finder.find, asked)
            page.close()
            return {
                "ranks": ranks, "opening seconds": opened,
                "bytes": [count(chromium, served, finder, each) for each in spread(work.questions(), COUNTED)],
            }  # fmt: skip

    return step


def count(chromium: Browser, served: Served, finder: Finder, question: Question) -> dict[str, Any]:
    """Count what is sent to a browser that has nothing yet, until the first result of a question that was typed key by key."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(240_000)
    served.sent.answers.clear()
    if isinstance(finder, Ours):
        page.goto(f"{served.url}/search/", wait_until="networkidle")
        finder.watch(page)
        finder.type(question.text)
    else:
        finder.open(page, served.url)
        finder.find(question.text)
    figures = {
        "question": question.text, "all": served.sent.total(), "without theme": served.sent.without_theme(),
        "largest": sorted(served.sent.answers, key=lambda each: -each[1])[:6],
    }  # fmt: skip
    context.close()
    return figures


def time_typing(work: Work) -> dict[str, Any]:
    """Type questions key by key into a loaded page: milliseconds from the last key to the first result."""
    finder = Ours()
    with Served(work.folder / "site") as served, browser() as chromium:
        page = chromium.new_page()
        page.set_default_timeout(240_000)
        finder.open(page, served.url)
        took = [(finder.type(each.text), each.text) for each in spread(work.questions(), TYPED)]
    times = [each for each, _ in took if each is not None]
    return {
        **spans(times),
        "typed": len(took),
        "slowest": sorted(((each or 0, text) for each, text in took), reverse=True)[:5],
    }


def ask_in_terminal(work: Work) -> dict[str, Any]:
    """Ask the same of `afterword search`: ranks in one process, and the time of whole commands."""
    from afterword.operations.search.searching import Asked, search

    def find(text: str) -> tuple[list[str], float]:
        begin = time.perf_counter()
        found = search(Asked(text, limit=10), start=work.archive)
        return [each.id for each in found.answer.records], (time.perf_counter() - begin) * 1000

    asked = work.questions()
    begin = time.perf_counter()
    find(asked[0].text)
    figures: dict[str, Any] = {"first seconds": time.perf_counter() - begin, "ranks": ask(find, asked)}
    times = []
    for each in spread(asked, 30):
        begin = time.perf_counter()
        afterword("search", "--format", "json", "--", each.text, folder=work.archive)
        times.append((time.perf_counter() - begin) * 1000)
    return {**figures, "command": spans(times)}


def edit_one(work: Work) -> dict[str, Any]:
    """Build again after one record was edited."""
    record = sorted((work.archive / "postmortems").glob("20*/*.md"))[-1]
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("## Summary\n", "## Summary\n\nOnce more, with a word nobody used: zephyrine.\n"),
        encoding="utf-8",
    )
    try:
        begin = time.perf_counter()
        afterword("build", "--config-file", work.archive / "mkdocs.yml", "--site-dir", work.folder / "site")
        whole = time.perf_counter() - begin
    finally:
        record.write_text(text, encoding="utf-8")
    return {"whole build seconds": whole}


DOES: dict[str, Callable[[Work], dict[str, Any]]] = {
    "archive": write_archive,
    "plain": build_plain,
    "site": build_site,
    "afterword": ask_in_browser(Ours(), "site"),
    "typing": time_typing,
    "material": ask_in_browser(Material(), "plain"),
    "pagefind": ask_in_browser(Pagefind(), "plain"),
    "terminal": ask_in_terminal,
    "rebuild": edit_one,
}


def ask(find: Callable[[str], tuple[list[str], float]], asked: Sequence[Question]) -> list[dict[str, Any]]:
    """Ask all questions: the place of the first right record, 0 where it is not among those shown, and the milliseconds."""
    told = []
    for question in asked:
        found, took = find(question.text)
        places = [place for place, each in enumerate(found, start=1) if each in question.expected]
        about = {
            "kind": question.kind,
            "text": question.text,
            "expected": question.expected,
            "held out": question.held_out,
        }
        told.append({**about, "rank": min(places, default=0), "took": took, "found": found[:5]})
    return told


def spread(asked: Sequence[Question], number: int) -> list[Question]:
    """Take so many questions of all kinds, always the same ones."""
    return list(asked[:: max(len(asked) // number, 1)][:number])


def spans(times: Sequence[float]) -> dict[str, Any]:
    """Give the middle and the 95th percentile of some times."""
    ordered = sorted(times)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(0.95 * (len(ordered) - 1))],
        "most": ordered[-1],
    }


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=[*BROWSER]
        )
        yield chromium
        chromium.close()


def afterword(*command: str | Path, folder: Path | None = None) -> str:
    """Run a command of ours."""
    return run("-c", "import sys; from afterword.cli.main import main; main()", *command, folder=folder)


def run(*command: str | Path, folder: Path | None = None) -> str:
    """Run Python; what it says, or the end where it fails."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(
            f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-3000:]}"
        )
    return done.stdout + done.stderr


def table(work: Work, only: Callable[[dict[str, Any]], bool]) -> Iterator[str]:
    """Give the lines of the table of found questions: in the first place, among the first five, of how many."""
    yield f"| found first · in the first five | {' | '.join(KINDS)} | milliseconds, p50 · p95 |"
    yield f"|---|{'---|' * (len(KINDS) + 1)}"
    for name in ("afterword", "terminal", "material", "pagefind"):
        if not work.figures(name).exists():
            continue
        told = [each for each in json.loads(work.figures(name).read_text())["ranks"] if only(each)]
        cells = []
        for kind in KINDS:
            ranks = [each["rank"] for each in told if each["kind"] == kind]
            first, five = sum(rank == 1 for rank in ranks), sum(1 <= rank <= 5 for rank in ranks)
            cells.append(
                f"{100 * first / len(ranks):.0f} % · {100 * five / len(ranks):.0f} %" if ranks else "–"
            )
        times = spans([each["took"] for each in told])
        yield f"| {name} | {' | '.join(cells)} | {times['p50']:.0f} · {times['p95']:.0f} |"


def rest(work: Work) -> Iterator[str]:
    """Give the other figures, a line each."""
    for name in ("afterword", "material", "pagefind"):
        if work.figures(name).exists():
            sizes = json.loads(work.figures(name).read_text())["bytes"]
            worst = max(sizes, key=lambda each: each["all"])
            middle = statistics.median(each["all"] for each in sizes)
            yield f"- {name}: {middle / 1000:.0f} KB until the first result in the middle, at most {worst['all'] / 1000:.0f} KB, of it {worst['without theme'] / 1000:.0f} KB without the theme's own files"
    for name in ("archive", "plain", "site", "typing", "rebuild"):
        if work.figures(name).exists():
            told = {
                key: round(each, 2) if isinstance(each, float) else each
                for key, each in json.loads(work.figures(name).read_text()).items()
            }
            yield f"- {name}: {json.dumps(told, ensure_ascii=False)}"
    if work.figures("terminal").exists():
        yield f"- terminal, whole commands in milliseconds: {json.loads(work.figures('terminal').read_text())['command']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what has not been done, and print what was measured."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks search", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument("steps", nargs="*", help=f"do these only, of {', '.join(STEPS)}")
    parser.add_argument(
        "--records",
        type=int,
        default=1000,
        help="how many invented records are mixed with the real ones (default 1000)",
    )
    parser.add_argument(
        "--with", dest="others", type=Path, help="a folder of others' post-mortems, a folder per organisation"
    )
    parser.add_argument("--work", type=Path, help="the work folder (default .cache/search-RECORDS)")
    parser.add_argument("--again", nargs="*", default=(), choices=STEPS, help="do these again")
    parser.add_argument(
        "--misses",
        help="list the questions that this one does not find first; only those that may be tuned on",
    )
    parser.add_argument(
        "--half",
        choices=("dev", "test"),
        help="count only the questions that may be tuned on, or those that may not",
    )
    asked = parser.parse_args(arguments)
    if unknown := {*asked.steps} - {*STEPS}:
        parser.error(f"no step {', '.join(sorted(unknown))}, expected {', '.join(STEPS)}")
    work = Work(asked.work or REPOSITORY / ".cache" / f"search-{asked.records}", asked.records, asked.others)
    work.folder.mkdir(parents=True, exist_ok=True)
    steps = Steps(work.folder)
    for step in asked.steps or STEPS:
        if step in asked.again:
            steps.forget(step)
        steps.do(step, partial(DOES[step], work))
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, Chromium; {len(work.questions())} questions\n"
    )
    halves = {"dev": False, "test": True, None: None}
    wanted = halves[asked.half]
    print("\n".join(table(work, lambda each: wanted is None or each["held out"] is wanted)), end="\n\n")
    print("\n".join(rest(work)))
    if asked.misses:
        for each in json.loads(work.figures(asked.misses).read_text())["ranks"]:
            if each["rank"] != 1 and not each["held out"]:
                print(
                    f"{each['kind']:12} {each['rank']:2} {each['text']!r} {' '.join(each['expected'])} instead of {' '.join(each['found'][:2])}"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
