"""`unknown-incident`: an incident in the timeline that the header does not list; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-incident",
    summary="an incident in the timeline that the header does not list",
    why="""\
Its events belong to no incident of the record, and give no figures.""",
    bad="""\
---
incidents: [INC-142, INC-143]
---

| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED INC-124] Page: error rate above 5 % |""",
    better="""\
---
incidents: [INC-142, INC-143]
---

| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED INC-142] Page: error rate above 5 % |""",
)
