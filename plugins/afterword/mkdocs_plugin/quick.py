"""The pages of records that are edited while their site is served: each is there before the site is built again."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from mkdocs.structure.files import File

from afterword.mkdocs_plugin.pages import ArchiveFile, ArchivePage, part
from afterword.mkdocs_plugin.shell_page import Shell
from afterword.operations.edits import Edits
from afterword.operations.site import Site
from afterword.render.page import SitePage
from afterword.sources.site_folder import Entry, SiteFolder, overwritten

MOST_AT_ONCE = 10
"""Records that are shown before the site is built: where more change together, somebody has taken over another state of all of them."""

OWN_FOLDER = ".afterword"
"""Where Afterword itself keeps things, which is no news."""

_BESIDE = re.compile(
    r"^\.#|^#.*#$|~$|^\..*\.sw[a-p]x?$|^4913$|^\.goutputstream-|___jb_(tmp|old)___$|\.kate-swp$|^\.DS_Store$"
)
"""Files that editors and file managers leave beside what they write."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of a served site leaves: what is known of its files, by address, what was known of those before, what shows an edit by itself, None where nothing does, and what MkDocs knows its pages by."""

    before: Mapping[str, Entry] = field(default_factory=dict)
    after: Mapping[str, Entry] = field(default_factory=dict)
    pages: QuickPages | None = None
    documents: Sequence[File] = ()

    @classmethod
    def of(cls, site: Site, shell: Shell | None, documents: Sequence[File], folder: SiteFolder) -> Built:
        """Gather it when the site is published."""
        pages = None
        if site.edits is not None and shell is not None:
            pages = QuickPages.of(site.edits, shell, folder.folder, folder.entries)
        return cls(folder.before, folder.entries, pages, documents)

    def changed(self) -> Collection[str]:
        """Give the addresses whose content is another than that which readers had before, edits that were shown included."""
        before, after = self.before, self.after
        gone_or_new = {*before} ^ {*after}
        return gone_or_new | {
            one for one, each in after.items() if one in before and before[one].digest != each.digest
        }

    def prepare(self) -> None:
        """Let the first edit take no longer than those after it."""
        if self.pages is not None:
            self.pages.edits.prepare()

    def let_go(self) -> None:
        """Part its pages from their files, when another build has taken its place: they hold on to each other and to the whole archive, and to search for that would take seconds."""
        for file in self.documents:
            part(file)

    def edited(self, touched: Mapping[str, bool]) -> tuple[list[str], bool]:
        """Show edits of records, and give the addresses whose content is another, and whether all that was touched is shown.

        `touched` are the paths of files, each with whether it has come about just now: one that is gone already was never meant for readers.
        """
        if self.pages is None:
            return [], False
        records, is_all = self._sorted(touched, self.pages.edits)
        if len(records) > MOST_AT_ONCE:
            return [], False
        shown: list[str] = []
        for path in records:
            written = self.pages.edited(path)
            shown += written or ()
            is_all &= written is not None
        return shown, is_all

    @staticmethod
    def _sorted(touched: Mapping[str, bool], edits: Edits) -> tuple[list[str], bool]:
        """Give the paths of the records that are edited, and whether nothing else has changed."""
        records: dict[str, None] = {}
        is_all = True
        for name, is_new in touched.items():
            # A linked file keeps its name.
            place = Path(os.path.realpath(Path(name).parent), Path(name).name)
            path = edits.path_of(place)
            if path is not None and place.is_file():
                if edits.is_edited(path):
                    records[path] = None
            elif path is not None or not (
                OWN_FOLDER in place.parts
                or _BESIDE.search(place.name)
                or (is_new and not os.path.lexists(place))
            ):
                is_all = False
        return list(records), is_all


@dataclass(slots=True)
class QuickPages:
    """What one build leaves behind for the pages of single records.

    `shell` puts the theme around them, `files` are those of all pages of the site, `folder` is where the site is served from, and `entries` what is known of the files there.
    """

    edits: Edits
    shell: Shell
    files: Mapping[str, ArchivePage]
    folder: Path
    entries: MutableMapping[str, Entry]

    @classmethod
    def of(
        cls,
        edits: Edits,
        shell: Shell,
        folder: Path,
        entries: MutableMapping[str, Entry],
    ) -> QuickPages:
        """Find the pages of records among the files of a site."""
        pages = {
            file.archive_page.source: file.page
            for file in shell.files
            if isinstance(file, ArchiveFile)
            and file.archive_page.source
            and isinstance(file.page, ArchivePage)
        }
        return cls(edits, shell, pages, folder, entries)

    def edited(self, path: str) -> Sequence[str] | None:
        """Write the page of a record as its file is now, and give the addresses of the files whose content is another; None where the site is to be built for that."""
        page = self.files.get(path)
        made = self.edits.edited(path) if page is not None else None
        if page is None or made is None:
            return None
        _refill(page, made.page)
        content = self.shell.page(page)
        page.forget()
        written = []
        for address, each in [
            (page.file.dest_uri, content),
            *((file.address, file.content) for file in made.files),
        ]:
            entry = overwritten(self.folder, address, each, self.entries.get(address))
            if entry is not None:
                self.entries[address] = entry
                written.append(address)
        return written


def _refill(page: ArchivePage, made: SitePage) -> None:
    """Give a page of the last build another content, and the title that goes with it unless the navigation's owner has named it."""
    before = page.archive_page
    if page.title == escape(before.nav_title or before.title):
        page.title = escape(made.nav_title or made.title)
    page.forget()
    page.archive_page, page.made, page.meta = made, made, {}
