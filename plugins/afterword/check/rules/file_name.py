"""`file-name`: a file meant as a record whose name is no record id; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="file-name",
    summary="a file meant as a record whose name is no record id",
    why="""\
The name is the record's address for ever, and sorts the folder by day. The record is published under an id made from its name, which
changes when the file is renamed.""",
    bad="postmortems/2026/Checkout Errors.md",
    better="postmortems/2026/2026-03-14-checkout-errors.md",
    language="text",
)
