"""Pages of records that are edited while their site is served: each is shown before the site is built again."""

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
from afterword.operations.site.edits import Edits
from afterword.operations.site.site import Site
from afterword.render.page.site_page import SitePage
from afterword.sources.site_folder import Entry, SiteFolder, overwritten

MOST_AT_ONCE = 10
"""Records that are shown before the site is built: where more change together, somebody has switched branches, or the like."""

OWN_FOLDER = ".afterword"
"""The folder of Afterword's own cache: its files change with every build."""

_BESIDE = re.compile(
    r"^\.#|^#.*#$|~$|^\..*\.sw[a-p]x?$|^4913$|^\.goutputstream-|___jb_(tmp|old)___$|\.kate-swp$|^\.DS_Store$"
)
"""Files that editors and file managers leave beside what they write."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of a served site leaves for the server.

    `after` is what is known of its files, by address, and `before` what was known of those of the build before. `pages` can show an edit by themselves, None where that is not possible.
    `documents` are the files of all pages, `watched` the files and folders beside them that the site was made from.
    """

    before: Mapping[str, Entry] = field(default_factory=dict)
    after: Mapping[str, Entry] = field(default_factory=dict)
    pages: QuickPages | None = None
    documents: Sequence[File] = ()
    watched: Sequence[Path] = ()

    @classmethod
    def of(
        cls,
        site: Site,
        shell: Shell | None,
        documents: Sequence[File],
        folder: SiteFolder,
        theme: str | None,
    ) -> Built:
        """Gather it when the site is published; `theme` is the folder of the site's own templates."""
        pages = None
        if site.edits is not None and shell is not None:
            pages = QuickPages.of(site.edits, shell, folder.folder, folder.entries)
        watched = (*site.watched, *([Path(theme)] if theme else []))
        return cls(folder.before, folder.entries, pages, documents, watched)

    def changed(self) -> Collection[str]:
        """Give the addresses whose content has changed since the build before, edits that were shown at once included."""
        before, after = self.before, self.after
        gone_or_new = {*before} ^ {*after}
        return gone_or_new | {
            one for one, each in after.items() if one in before and before[one].digest != each.digest
        }

    def prepare(self) -> None:
        """Do now what would make the first edit slow."""
        if self.pages is not None:
            self.pages.edits.prepare()

    def let_go(self) -> None:
        """Break the reference cycles between its pages and files, when another build has taken its place: they hold on to the whole archive, and collecting them would take seconds."""
        for file in self.documents:
            part(file)

    def edited(self, touched: Mapping[str, bool]) -> tuple[list[str], bool]:
        """Show edited records; give the addresses whose content has changed, and whether everything that was touched is shown.

        `touched` has the paths of files, each with whether it is new: a new one that is gone already was an editor's own.
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
    """Writes the pages of single records after a build.

    `shell` is the theme around them, `files` has the page of each record by its path, `folder` is the one that is served, and `entries` what is known of the files there.
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
        """Write the page of a record as its file is now, and give the addresses of the files that have changed; None where only a build can show the edit."""
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
    """Replace the content of a page of the last build, and its title too unless `nav` names it."""
    before = page.archive_page
    if page.title == escape(before.nav_title or before.title):
        page.title = escape(made.nav_title or made.title)
    page.forget()
    page.archive_page, page.made, page.meta = made, made, {}
