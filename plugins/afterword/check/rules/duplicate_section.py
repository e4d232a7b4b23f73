"""`duplicate-section`: a second section of a name; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="duplicate-section",
    summary="a second section of a name",
    why="""\
Links and the table of contents lead to the first. Readers who jump there do not see that there is more.""",
    bad="""\
## Impact

One in four payments failed.

## Customer impact

1,200 customers saw an error.""",
    better="""\
## Impact

One in four payments failed: 1,200 customers saw an error.""",
)
