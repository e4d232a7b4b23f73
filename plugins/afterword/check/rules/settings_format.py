"""`settings-format`: a `format` in `afterword.yml` that this version of Afterword does not know; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="settings-format",
    summary="a `format` in `afterword.yml` that this version of Afterword does not know",
    why="""\
The records may use forms that this version reads wrongly. A newer version reads both.""",
    bad="format: 99",
    better="format: 1",
    language="yaml",
)
