"""Which files of an archive's folder are published beside its pages (docs/format.md, section 1)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath

from afterword.model.archive import Archive, Attachment
from afterword.model.settings import Settings
from afterword.operations.opening import Opened
from afterword.parse.limits import check_limits
from afterword.parse.markdown import parse_blocks
from afterword.parse.references import read_references
from afterword.parse.text import decode, split_front_matter
from afterword.sources.files import read_bytes

MAX_ATTACHMENT = 10 * 1024 * 1024


def published_attachments(opened: Opened) -> tuple[Attachment, ...]:
    """Give the attachments that a record or an ordinary page links to, of an allowed type and size."""
    archive = opened.loaded.archive
    by_pages = frozenset(_linked_by_pages(opened))
    return tuple(
        each
        for each in archive.attachments
        if (each.linked or each.path in by_pages) and is_publishable(each, archive.settings)
    )


def is_publishable(attachment: Attachment, settings: Settings) -> bool:
    """Tell whether an attachment's type and size are allowed."""
    extension = PurePosixPath(attachment.path).suffix.lower().removeprefix(".")
    return extension in settings.attachment_types and attachment.size <= MAX_ATTACHMENT


def _linked_by_pages(opened: Opened) -> Iterator[str]:
    archive: Archive = opened.loaded.archive
    for path in archive.pages:
        text, _ = decode(read_bytes(opened.loaded.root / path))
        split = split_front_matter(text)
        if check_limits(len(text), split.header, split.body, split.body_line) is not None:
            continue
        for reference in read_references(parse_blocks(split.body, split.body_line)):
            target = reference.target.partition("#")[0].partition("?")[0]
            yield os.path.normpath(PurePosixPath(path).parent / target).replace(os.sep, "/")
