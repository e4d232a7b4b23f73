"""`encoding`: bytes that are not UTF-8, and binary content; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="encoding",
    summary="bytes that are not UTF-8, and binary content",
    why="""\
Letters that cannot be read are shown as �, in names and services most of all. Some editors and search tools refuse such a file entirely.""",
    bad="title: Caf� checkout down",
    better="title: Café checkout down",
)
