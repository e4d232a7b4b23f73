"""`anchor-incident`: an anchor that names no incident, in a record with several; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="anchor-incident",
    summary="an anchor that names no incident, in a record with several",
    why="""\
Each incident has its own durations. An anchor without a name counts for all of them, and rarely is that so.""",
    bad="""\
---
incidents: [INC-142, INC-143]
---

| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED] Page: error rate above 5 % |""",
    better="""\
---
incidents: [INC-142, INC-143]
---

| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED INC-142] Page: error rate above 5 % |""",
)
