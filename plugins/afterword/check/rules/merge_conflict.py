"""`merge-conflict`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="merge-conflict",
    summary="the markers that git leaves where two people changed the same lines",
    why="""\
Both versions are on the page, with the markers between them: an action stands there twice, or a time runs backwards. What else is reported of
these lines follows from it, mostly.""",
    bad="""\
<<<<<<< HEAD
The pool ran dry for 22 minutes.
=======
The pool ran dry for 24 minutes.
>>>>>>> the-second-look""",
    better="The pool ran dry for 24 minutes.",
)
