"""`why-answer`: a question of the five whys without an answer; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="why-answer",
    summary="a question of the five whys without an answer",
    why="""\
The chain breaks there. Answers begin on the next line, with `Because` or an arrow.""",
    bad="""\
1. Why did checkout fail?
2. Why was the pool empty?
   Because the batch kept connections.""",
    better="""\
1. Why did checkout fail?
   Because no connection was free.
2. Why was the pool empty?
   Because the batch kept connections.""",
)
