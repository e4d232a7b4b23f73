"""Afterword from nothing, and again after one thing has changed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building.place import Place
from benchmarks.building.spent import Spent
from benchmarks.committed import git
from benchmarks.measurement import REPOSITORY
from benchmarks.runs import AS_OF
from benchmarks.services import SERVICES

SEARCH_OFF = "search: off\n"
"""What the settings say where pages are made and no search."""

TEMPLATE = "record_actions.html"
"""The shipped template that is changed: the table of a record's actions, which every record shows."""
_TEMPLATES = REPOSITORY / "plugins" / "afterword" / "render" / "templates"
_OWN = "overrides"

COMMAND = (
    sys.executable,
    "-c",
    "from afterword.cli.main import main; main()",
    "build",
)

Change = Callable[["Site", int], None]
"""Changes one thing in an archive, another way with each number."""


@dataclass(frozen=True, slots=True)
class Site:
    """A copy of the archive of a place, the site that is built from it, and what is kept between builds."""

    place: Place
    has_search: bool

    @property
    def folder(self) -> Path:
        """Give where all of it lies."""
        return self.place.folder / ("afterword" if self.has_search else "afterword-no-search")

    @property
    def archive(self) -> Path:
        """Give the folder of the archive's settings."""
        return self.folder / "archive"

    @property
    def _is_built(self) -> Path:
        """The file that tells that the last build ended, and nothing has changed since."""
        return self.folder / "is-built"

    def build(self) -> Spent:
        """Build the site as it is, and measure it."""
        self._is_built.unlink(missing_ok=True)
        spent = self._run(self.archive, self.folder / "site")
        self._is_built.touch()
        return spent

    def _run(self, archive: Path, site: Path, **more: str) -> Spent:
        command = (*COMMAND, "--config-file", "mkdocs.yml", "--site-dir", site)
        kept = str(self.folder / "cache")
        return self.place.run(self.folder.name, command, archive, XDG_CACHE_HOME=kept, **more)

    def cold(self, number: int) -> Spent:
        """Build with nothing there but the archive."""
        self.restore()
        self.place.clear(self.folder / "site", self.folder / "cache", self.archive / ".afterword")
        spent = self.build()
        home = self.folder / "site" / "index.html"
        pages = sum(1 for _ in home.parent.glob("20*/*/index.html"))
        if pages < self.place.records:
            raise SystemExit(
                f"{home.parent} has {pages:,} pages of records instead of {self.place.records:,}"
            )
        return spent

    def again(self, change: Change | None, number: int) -> Spent:
        """Build once more after a change; where what is there is not of a build that ended, one goes before that is not counted."""
        if not self._is_built.exists():
            self.restore()
            self.build()
        if change is not None:
            self._is_built.unlink()
            change(self, number)
        return self.build()

    def in_ci(self, number: int) -> Spent:
        """Build as CI does: in a clone of its own, in which a sentence more is committed, with the site of the last build and what was kept of it."""
        self.restore()
        self.build()
        clone = Site(Place(self.place.folder / "ci", self.place.records), self.has_search)
        self.place.clear(clone.place.folder)
        clone.folder.mkdir(parents=True)
        git(clone.folder, "clone", "--quiet", str(self.archive), str(clone.archive))
        shutil.copytree(self.archive / ".afterword", clone.archive / ".afterword")
        shutil.copytree(self.folder / "site", clone.folder / "site")
        edit_sentence(clone, number)
        git(clone.archive, "commit", "--quiet", "--all", "--message=x", day=AS_OF)
        return self._run(clone.archive, clone.folder / "site", CI="true")

    def restore(self) -> None:
        """Have the archive as it is committed."""
        if not self.archive.exists():
            self._copy()
        git(self.archive, "reset", "--quiet", "--hard")
        git(self.archive, "clean", "--quiet", "--force", "-d", _OWN)

    def _copy(self) -> None:
        """Copy the place's archive, with a theme folder of its own and, on wish, without search."""
        self.place.clear(self.folder)
        copied = self.folder / "copied"
        shutil.copytree(self.place.archive, copied)
        (copied / _OWN).mkdir()
        # Git keeps no empty folders.
        (copied / _OWN / ".keep").touch()
        site = copied / "mkdocs.yml"
        theme = rf"\g<0>\n  custom_dir: {_OWN}"
        site.write_text(_once(r"(?m)^  name: material$", theme, site.read_text("utf-8")), "utf-8")
        if not self.has_search:
            with (copied / "afterword.yml").open("a", encoding="utf-8") as settings:
                settings.write(SEARCH_OFF)
        git(copied, "add", "--all")
        git(copied, "commit", "--quiet", "--message=x", day=AS_OF)
        copied.rename(self.archive)

    def rewrite(self, path: Path, pattern: str, text: str) -> None:
        """Put a text in the place of the one that fits a pattern in a file of the archive, as it is committed."""
        original = git(self.archive, "show", f"HEAD:{path.as_posix()}").decode()
        (self.archive / path).write_text(_once(pattern, text, original), encoding="utf-8")

    def record(self, share: float) -> Path:
        """Give the path of a record by where it stands among all, from 0 to 1."""
        records = sorted((self.archive / "postmortems").glob("20*/*.md"))
        return records[int(share * len(records))].relative_to(self.archive)


def edit_sentence(site: Site, number: int) -> None:
    """Add a sentence to the summary of a record."""
    site.rewrite(
        site.record(0.5), r"(?m)^## Summary\n\n", rf"\g<0>Look number {number} found no more than this. "
    )


def edit_title(site: Site, number: int) -> None:
    """Give a record another title, which stands in many lists."""
    site.rewrite(site.record(0.3), r"(?m)^title: .*", rf"\g<0>, part {number}")


def rename_service(site: Site, number: int) -> None:
    """Give the busiest service another name in the settings."""
    service = next(iter(SERVICES))
    pattern = rf"(?m)^  - \{{id: {service}, name: [^,]*"
    site.rewrite(Path("afterword.yml"), pattern, rf"\g<0> {number}")


def change_template(site: Site, number: int) -> None:
    """Have a template of the site's own in the place of a shipped one, with another word as the head of a column."""
    own = site.archive / _OWN / "afterword" / TEMPLATE
    own.parent.mkdir(exist_ok=True)
    text = (_TEMPLATES / TEMPLATE).read_text(encoding="utf-8")
    own.write_text(_once(">Action</th>", f">Action {number}</th>", text), encoding="utf-8")


def _once(pattern: str, text: str, original: str) -> str:
    changed, count = re.subn(pattern, text, original, count=1)
    if not count:
        raise ValueError(f"nothing fits {pattern!r}")
    return changed
