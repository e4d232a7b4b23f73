"""`unreadable-file`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unreadable-file",
    summary="a file below the archive that cannot be opened, or leads out of it by a symbolic link",
    why="""\
Its content is on no page. Links out of the folder are not followed, since they would publish what was never meant to be.""",
    bad="postmortems/2026/2026-03-14-checkout-errors.md -> ../../private/draft.md",
    better="postmortems/2026/2026-03-14-checkout-errors.md",
    language="text",
)
