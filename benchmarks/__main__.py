"""`python -m benchmarks [--quick]`: all measurements, each as a ratio against a peer measured in the same run.

`python -m benchmarks search`, `python -m benchmarks build` and `python -m benchmarks serve` are programs of their own: they take minutes and go on where they were stopped.
The first measures what is found as well as times, the second what building a site costs, from nothing and again, the third how soon an edit is on its page.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.ledger import OTHERS, write_large_ledger, write_ledger
from benchmarks.measurement import Measurement, Result, measure
from benchmarks.trees import write_trees

AFTERWORD = ("-c", "from afterword.cli.main import main; main()")
KEEPING = (
    "-c",
    "import os, sys; os.environ['AFTERWORD_CACHE'] = sys.argv.pop(1); from afterword.cli.main import main; main()",
    "{folder}/.cache",
)
SEARCH = (*KEEPING, "search", "certificate", "bundle")
HEADERS = (
    "-c",
    "import pathlib, sys, yaml; texts = (path.read_text('utf-8') for path in pathlib.Path(sys.argv[1]).glob('20*/*.md')); "
    "print(sum(len(yaml.load(text.split('---')[1], yaml.CSafeLoader)) for text in texts))",
    "{folder}/postmortems",
)
SCAN = (
    "-c",
    "import pathlib, sys; texts = (path.read_text('utf-8').lower() for path in pathlib.Path(sys.argv[1]).rglob('*.md')); "
    "print(sum(all(word in text for word in sys.argv[2:]) for text in texts))",
    "{folder}/postmortems",
    "certificate",
    "bundle",
)
ONE_FILE = (
    "import sys, click, yaml, comrak; text = open(sys.argv[1], encoding='utf-8').read(); "
    "comrak.parse_document(text); yaml.compose(text.split('---')[1], Loader=yaml.CSafeLoader)"
)


def measurements(quick: bool) -> tuple[Measurement, ...]:
    """List what is measured; `quick` takes smaller archives."""
    return (
        Measurement(
            "check",
            200 if quick else 1000,
            "read and judge all records",
            ("-m", "benchmarks.runs", "check", "{folder}"),
            "comrak: parse the same texts and visit each node",
            ("-m", "benchmarks.runs", "comrak", "{folder}"),
            10,
        ),
        Measurement(
            "check-secrets",
            200 if quick else 1000,
            "the same, looking for secrets",
            ("-m", "benchmarks.runs", "check-secrets", "{folder}"),
            "comrak: parse the same texts and visit each node",
            ("-m", "benchmarks.runs", "comrak", "{folder}"),
            25,
        ),
        Measurement(
            "check-again",
            200 if quick else 1000,
            "the same where nothing has changed",
            ("-m", "benchmarks.runs", "check-again", "{folder}"),
            "Afterword: the first time",
            ("-m", "benchmarks.runs", "check", "{folder}"),
            0.1,
        ),
        Measurement(
            "check-edited",
            200 if quick else 1000,
            "the same after a sentence more in one record",
            ("-m", "benchmarks.runs", "check-edited", "{folder}"),
            "Afterword: the first time",
            ("-m", "benchmarks.runs", "check", "{folder}"),
            0.3,
        ),
        Measurement(
            "start-up",
            1,
            "`afterword check RECORD`",
            (*AFTERWORD, "check", "{record}"),
            "a script that imports click, PyYAML and comrak and parses the same file",
            ("-c", ONE_FILE, "{record}"),
        ),
        Measurement(
            "site",
            50 if quick else 200,
            "`afterword build`, nothing cached",
            (*AFTERWORD, "build", "--config-file", "{folder}/mkdocs.yml", "--site-dir", "{folder}/ours"),
            "MkDocs, Material and its search on the same files",
            ("-m", "mkdocs", "build", "--quiet", "--config-file", "{folder}/mkdocs-plain.yml", "--site-dir", "{folder}/plain"),
        ),
        Measurement(
            "lsp",
            200,
            "a keystroke in a record of 50 KB, from the change to its findings: the 95th percentile",
            ("-m", "benchmarks.typing", "{folder}"),
            "comrak: parse the same text and visit each node",
            ("-m", "benchmarks.runs", "comrak-large", "{folder}"),
            most=0.05,
        ),
        Measurement(
            "search-terminal",
            1000 if quick else 10_000,
            "`afterword search certificate bundle`, the whole process, indexed before",
            SEARCH,
            "Python: read all files and look for both words",
            SCAN,
            most=0.5,
        ),
        Measurement(
            "actions",
            1000 if quick else 10_000,
            "`afterword actions --overdue`, the whole process, records read before",
            (*KEEPING, "actions", "--overdue"),
            "PyYAML, libyaml: read the header of each file",
            HEADERS,
        ),
        _ledger("ledger", "read a history of three versions a record, nothing cached", "cold", 200 if quick else 1000),
        _ledger("ledger-again", "the same where nothing has changed", "again", 200 if quick else 10_000),
        _ledger("ledger-large", f"the same after {OTHERS:,} commits of others", "again", 100, write_large_ledger, 0.1),
        *(_trees(nodes, count, quick) for nodes, count in ((1, 1000), (12, 1000), (100, 100), (1000, 10))),
    )  # fmt: skip


def _ledger(
    name: str,
    ours: str,
    run: str,
    records: int,
    write: Callable[[Path, int], list[Path]] = write_ledger,
    limit: float | None = None,
) -> Measurement:
    """Measure reading a history; git included on both sides."""
    return Measurement(
        name,
        records,
        ours,
        ("-m", "benchmarks.ledger", run, "{folder}"),
        "git: `git log --raw` over the same folder",
        ("-m", "benchmarks.ledger", "git", "{folder}"),
        limit,
        write=write,
    )


def _trees(nodes: int, count: int, quick: bool) -> Measurement:
    """Measure drawings of one size, in a batch as a build draws them."""
    return Measurement(
        f"trees-{nodes}",
        max(count // 5, 2) if quick else count,
        f"records to drawings of {nodes} {'node' if nodes == 1 else 'nodes'} each, nothing cached",
        ("-m", "benchmarks.trees", "ours", "{folder}"),
        "the bare engine: the same DOT to SVG, in one process",
        ("-m", "benchmarks.trees", "engine", "{folder}"),
        1.5 if nodes == 12 else None,
        write=partial(write_trees, nodes=nodes),
    )


def shown(seconds: float) -> str:
    """Give a time in the unit in which it is read."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def row(result: Result) -> str:
    """Give one line of the table in docs/measurements.md."""
    what = result.measurement
    limits = (f"{what.limit:g}" if what.limit else "", shown(what.most) if what.most else "")
    limit = " and ".join(f"at most {each}" for each in limits if each) or "–"
    return (
        f"| {what.name} | {what.records} | {what.ours} | {shown(result.ours)} | {what.peer} | {shown(result.peer)} "
        f"| {result.ratio:.2g} | {limit} |"
    )


def main() -> int:
    """Run the measurements and print them as a table; 1 where a ratio is above its limit."""
    if sys.argv[1:2] == ["build"]:
        from benchmarks.build import main as measure_builds

        return measure_builds(sys.argv[2:])
    if sys.argv[1:2] == ["serve"]:
        from benchmarks.serving import main as measure_serving

        return measure_serving(sys.argv[2:])
    if sys.argv[1:2] == ["search"]:
        from benchmarks.search import main as measure_search

        return measure_search(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="run these only")
    parser.add_argument("--quick", action="store_true", help="smaller archives, fewer repeats")
    parser.add_argument("--repeats", type=int, help="how often each is run (default 5, quick 3)")
    arguments = parser.parse_args()
    known = measurements(arguments.quick)
    unknown = {*arguments.names} - {each.name for each in known}
    if unknown:
        parser.error(
            f"no measurement {', '.join(sorted(unknown))}, expected {', '.join(each.name for each in known)}"
        )
    repeats = arguments.repeats or (3 if arguments.quick else 5)
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, medians of {repeats}\n"
    )
    print(
        "| measurement | records | Afterword | | peer | | ratio | target |\n|---|---|---|---|---|---|---|---|"
    )
    passing = True
    for each in known:
        if arguments.names and each.name not in arguments.names:
            continue
        with tempfile.TemporaryDirectory(prefix="afterword-bench-") as folder:
            record = each.write(Path(folder), each.records)[0]
            result = measure(each, Path(folder), record, repeats)
        print(row(result), flush=True)
        passing &= result.passes
    return 0 if passing else 1


if __name__ == "__main__":
    raise SystemExit(main())
