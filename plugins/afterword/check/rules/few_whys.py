"""`few-whys`: a chain of fewer than three whys; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="few-whys",
    summary="a chain of fewer than three whys",
    why="""\
One or two questions end at the event that set it off. What made that event harmful comes after the third.""",
    bad="""\
Method: 5 whys

1. Why did checkout fail?
   Because the pool was empty.""",
    better="""\
Method: 5 whys

1. Why did checkout fail?
   Because the pool was empty.
2. Why was it empty?
   Because the batch kept connections.
3. Why did it keep them?
   Because an early return skips the release.""",
)
