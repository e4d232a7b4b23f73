"""`link-outside`: a relative link leaves the archive's folder."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import targets
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report relative links and images that lead out of the archive's folder, and those that begin with `/`."""
    for target in targets(record, context):
        if target.outside:
            what = "image" if target.reference.image else "link"
            message = f"{what} to '{shown(target.reference.target)}' leaves the archive's folder"
            hint = "only what lies below the folder is published: put a copy beside the record, or link to its https address"
            yield Finding("link-outside", message, target.reference.span, Nature.ERROR, hint)


RULE = Rule(
    id="link-outside",
    summary="a relative link or image that leaves the archive's folder",
    why="""\
The site holds only what lies below the folder, so the link would be dead there. And what lies outside, sources and settings, was never meant to be published
through a link in a record.""",
    bad="""\
The limit is set in [pool.yaml](../../deploy/pool.yaml).""",
    better="""\
The limit is set in [pool.yaml](https://code.example/shop/deploy/pool.yaml).""",
    check=check,
)
