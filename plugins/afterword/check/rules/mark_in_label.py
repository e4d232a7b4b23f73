"""`mark-in-label`: a mark that does not stand at the end of its cause; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="mark-in-label",
    summary="a mark that does not stand at the end of its cause, or is written with other signs",
    why="""\
It stays text: the cause looks addressed, or like a root cause, to readers of the file and to nobody else.""",
    bad="- Connections leaked (root cause) in the batch job",
    better="- Connections leaked in the batch job (root cause)",
)
