"""What runs in a process of its own: `python -m benchmarks.runs NAME FOLDER` does one thing and prints the processor time it took."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.generate import LARGE, draw_large_record
from benchmarks.measurement import FIGURE

AS_OF = dt.date(2026, 11, 23)


def check(folder: Path) -> Callable[[], object]:
    """Read all records and apply all rules, as `afterword check` does; what that imports belongs to starting, as the parser of the peer does."""
    from afterword.operations import find, judge

    return lambda: judge(find(start=folder), AS_OF)


def check_secrets(folder: Path) -> Callable[[], object]:
    """Do the same, and look for secrets and personal data; what that imports belongs to starting."""
    from detect_secrets.filters import heuristic  # noqa: F401
    from phonenumbers import PhoneNumberMatcher  # noqa: F401

    from afterword import operations

    def run() -> object:
        found = operations.find(start=folder)
        operations.look_for_secrets(found)
        return operations.judge(found, AS_OF)

    return run


def comrak(folder: Path) -> Callable[[], object]:
    """Parse the same texts with the Markdown parser that we use, and visit each node once for its kind and place."""
    return _parsing(
        [path.read_text(encoding="utf-8") for path in sorted((folder / "postmortems").glob("*/*.md"))]
    )


def comrak_large(folder: Path) -> Callable[[], object]:
    """Do the same with the record that `benchmarks.typing` types into, read and parsed once before, as it is there."""
    parse = _parsing([draw_large_record(LARGE)[1]])
    parse()
    return parse


def _parsing(texts: Sequence[str]) -> Callable[[], object]:
    import comrak

    extensions = comrak.ExtensionOptions(
        table=True,
        strikethrough=True,
        autolink=True,
        tasklist=True,
        footnotes=True,
        alerts=True,
        shortcodes=True,
    )
    options = comrak.ParseOptions()

    def run() -> int:
        nodes = 0
        for text in texts:
            waiting = [comrak.parse_document(text, extension_options=extensions, parse_options=options)]
            while waiting:
                node = waiting.pop()
                _ = type(node.node_value), node.sourcepos.start.line
                nodes += 1
                waiting.extend(node.children)
        return nodes

    return run


def check_again(folder: Path) -> Callable[[], object]:
    """Do the same where nothing has changed since the last time."""
    from afterword import operations
    from afterword.sources.cache import Cache

    cache = Cache(folder / ".cache")
    operations.judge(operations.find(start=folder), AS_OF, cache=cache)
    return lambda: operations.judge(operations.find(start=folder), AS_OF, cache=cache)


def check_edited(folder: Path) -> Callable[[], object]:
    """Do the same after a sentence more in one record."""
    from afterword.operations import find, judge
    from afterword.sources.cache import Cache
    from afterword.sources.clock import today

    cache = Cache(folder / ".cache")
    day = today(find(start=folder).settings.timezone)
    judge(find(start=folder), day, cache=cache)
    edited = min((folder / "postmortems").glob("*/*.md"))
    edited.write_text(f"{edited.read_text(encoding='utf-8')}\nSeen at {time.time_ns()}.\n", encoding="utf-8")
    return lambda: judge(find(start=folder), day, cache=cache)


RUNS = {
    "check": check,
    "check-secrets": check_secrets,
    "check-again": check_again,
    "check-edited": check_edited,
    "comrak-large": comrak_large,
    "comrak": comrak,
}


def main() -> None:
    """Prepare the named run, then time it."""
    name, folder = sys.argv[1:]
    run = RUNS[name](Path(folder))
    begin = time.process_time()
    run()
    print(f"{FIGURE}{time.process_time() - begin:.6f}")


if __name__ == "__main__":
    main()
