"""`control-character`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="control-character",
    summary="an invisible control character or an override of the writing direction, which is dropped",
    why="""\
Such characters come with pasted terminal output. They can make a line look different from what it says, in the pull request and on the
page, and they break feeds and exports.""",
    bad="- Restarted the pool <U+202E>yletaidemmi",
    better="- Restarted the pool immediately",
)
