"""Pages that lead from former addresses to the present one."""

from __future__ import annotations

import dataclasses

from afterword.model.settings import Entry
from afterword.render.page.redirects import redirect_files
from tests.render.drawn_archives import FOLDER, SETTINGS, a_file, an_archive

RECORD = "2026-03-14-payments-fail.md"


def test_aliases_that_differ_in_letter_case_share_a_page() -> None:
    """Some hosts see no difference, and one file would overwrite the other."""
    archive = an_archive({RECORD: a_file(more="aliases: [Old/Name.md, old/name.md]\n")})
    assert [each.address for each in redirect_files(archive, FOLDER)] == ["postmortems/Old/Name/index.html"]


def test_no_alias_takes_the_place_of_a_record() -> None:
    """Not even below an archive whose address has capital letters."""
    folder = dataclasses.replace(FOLDER, address="PostMortems/")
    other = a_file(more="aliases: [2026/2026-03-14-payments-fail/index.md]\n")
    archive = an_archive(
        {RECORD: a_file(), "2026-03-15-other.md": other}, dataclasses.replace(SETTINGS, archives=(folder,))
    )
    assert redirect_files(archive, folder) == ()


def test_a_renamed_service_is_found_at_its_former_address() -> None:
    """Each former id leads to the page of the present one, unless something else lives there now."""
    services = (
        Entry("gateway", "Gateway", renamed_from=("edge", "mail")),
        Entry("mail", "Mail"),
    )
    classes = (Entry("capacity", "Capacity & co", renamed_from=("load",)),)
    settings = dataclasses.replace(SETTINGS, services=services, failure_classes=classes)
    files = redirect_files(an_archive({}, settings), FOLDER, ["postmortems/services/mail/"])
    assert [each.address for each in files] == [
        "postmortems/services/edge/index.html",
        "postmortems/classes/load/index.html",
    ]
    assert b"url=../gateway/" in files[0].content and b"This service has moved" in files[0].content
    assert b"Capacity &amp; co" in files[1].content
