"""`unknown-method`: a method other than causal tree, 5 whys and hybrid; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-method",
    summary="a method other than causal tree, 5 whys and hybrid",
    why="""\
What follows is published as text. Its causes have no state, and nobody sees which of them are still open.""",
    bad="Method: fishbone",
    better="Method: causal tree",
)
