"""A Jira for tests, Cloud or Data Center: a few projects' issues behind Atlassian's description of the interface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.trackers.rest_host import Respond, RestHost, description_of
from tests.trackers.scripted_server import Asked, Told

_LARGEST_PAGE = 60


@dataclass
class Issue:
    """An issue; `former` are the keys that it had before it was moved."""

    key: str
    status: str = "To Do"
    category: str = "new"
    former: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)

    def told(self, wanted: list[str]) -> dict[str, Any]:
        """Give it with the fields that were asked for."""
        known = {
            "summary": f"Issue {self.key}",
            "status": {"name": self.status, "statusCategory": {"key": self.category}},
            "resolution": None,
            "assignee": None,
            "duedate": None,
            "resolutiondate": None,
            **self.fields,
        }
        return {"key": self.key, "fields": {name: known[name] for name in wanted if name in known}}


@dataclass
class JiraSite:
    """`token` is what the header has to carry; whoever comes with another is told what anybody is. `validates` refuses queries for keys that there are not, whatever is asked.

    `screen` are the fields that issues may be made with.
    """

    flavour: str
    folder: str
    issues: list[Issue] = field(default_factory=list)
    token: str = ""
    validates: bool = False
    steps: tuple[tuple[str, str, str], ...] = (("11", "In Progress", "indeterminate"), ("31", "Done", "done"))
    screen: frozenset[str] = frozenset(
        {"project", "issuetype", "summary", "description", "duedate", "labels"}
    )
    made: list[Mapping[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        description = description_of(f"jira-{self.flavour}", self.folder)
        is_cloud = self.flavour == "cloud"
        base = "/rest/api/3" if is_cloud else "/api/2"
        responds: dict[str, Respond] = {
            f"GET {base}/myself": self._myself,
            f"POST {base}/issue": self._make,
            f"GET {base}/issue/{{issueIdOrKey}}": self._one,
            f"GET {base}/issue/{{issueIdOrKey}}/transitions": self._steps,
            f"POST {base}/issue/{{issueIdOrKey}}/transitions": self._step,
        }
        if is_cloud:
            responds |= {f"POST {base}/issue/bulkfetch": self._many, f"POST {base}/search/jql": self._search}
        else:
            responds[f"POST {base}/search"] = self._search
        self.host = RestHost(_any_values(description), responds, "" if is_cloud else "/rest")

    def __call__(self, asked: Asked) -> Told:
        """Answer a request."""
        return self.host(asked)

    def _is_known(self, asked: Asked) -> bool:
        return not self.token or asked.headers.get("Authorization") == self.token

    def _myself(self, asked: Asked, values: Mapping[str, str]) -> Told:
        return Told({"displayName": "Archive"}) if self._is_known(asked) else Told({}, 401)

    def _visible(self, asked: Asked) -> list[Issue]:
        return self.issues if self._is_known(asked) else []

    def _issue(self, asked: Asked, key: str) -> Issue | None:
        wanted = key.upper()
        return next(
            (issue for issue in self._visible(asked) if wanted in (issue.key, *issue.former)),
            None,
        )

    def _one(self, asked: Asked, values: Mapping[str, str]) -> Told:
        issue = self._issue(asked, values["issueIdOrKey"])
        if issue is None:
            return Told({"errorMessages": ["Issue does not exist"], "errors": {}}, 404)
        return Told(issue.told(asked.query["fields"].split(",")))

    def _many(self, asked: Asked, values: Mapping[str, str]) -> Told:
        body: Any = asked.json
        assert len(body["issueIdsOrKeys"]) <= 100
        found = [self._issue(asked, key) for key in body["issueIdsOrKeys"]]
        told = {issue.key: issue.told(body["fields"]) for issue in found if issue}
        return Told({"issues": list(told.values()), "issueErrors": []})

    def _search(self, asked: Asked, values: Mapping[str, str]) -> Told:
        body: Any = asked.json
        found: list[Issue] = []
        if keys := re.fullmatch(r"key in \((.*)\) ORDER BY key", body["jql"]):
            names = re.findall(r'"([^"]+)"', keys[1])
            unknown = [name for name in names if self._issue(asked, name) is None]
            if unknown and (self.validates or body.get("validateQuery", True)):
                messages = [f"An issue with key '{name}' does not exist for field 'key'." for name in unknown]
                return Told({"errorMessages": messages, "errors": {}}, 400)
            for name in names:
                issue = self._issue(asked, name)
                if issue is not None and issue not in found:
                    found.append(issue)
        else:
            marks = re.findall(r'description ~ "\\"(\w+)\\""', body["jql"])
            assert marks and body["jql"].startswith('project = "PAY" AND ('), body["jql"]
            # An index finds what is alike, and so does this one.
            found = [
                issue for issue in self._visible(asked) if "afterword" in str(issue.fields.get("description"))
            ]
        start = int(body.get("nextPageToken") or body.get("startAt") or 0)
        page = [issue.told(body["fields"]) for issue in found[start : start + _LARGEST_PAGE]]
        after = start + len(page)
        if self.flavour == "cloud":
            more = {"isLast": False, "nextPageToken": str(after)} if after < len(found) else {"isLast": True}
            return Told({"issues": page, **more})
        return Told({"issues": page, "startAt": start, "maxResults": _LARGEST_PAGE, "total": len(found)})

    def _make(self, asked: Asked, values: Mapping[str, str]) -> Told:
        body: Any = asked.json
        refused = {
            name: f"Field '{name}' cannot be set." for name in body["fields"] if name not in self.screen
        }
        if refused:
            return Told({"errorMessages": [], "errors": refused}, 400)
        fields = body["fields"]
        self.made.append(fields)
        issue = Issue(f"{fields['project']['key']}-{900 + len(self.made)}", fields=dict(fields))
        self.issues.append(issue)
        return Told({"id": "10000", "key": issue.key, "self": "http://127.0.0.1/issue"}, 201)

    def _steps(self, asked: Asked, values: Mapping[str, str]) -> Told:
        steps = [
            {"id": number, "name": name, "to": {"name": name, "statusCategory": {"key": category}}}
            for number, name, category in self.steps
        ]
        return Told({"transitions": steps})

    def _step(self, asked: Asked, values: Mapping[str, str]) -> Told:
        body: Any = asked.json
        issue = self._issue(asked, values["issueIdOrKey"])
        (step,) = [step for step in self.steps if step[0] == body["transition"]["id"]]
        assert issue is not None
        _, issue.status, issue.category = step
        return Told(b"", 204)


def _any_values(part: Any) -> Any:
    """Read `additionalProperties` of a bare object as any value: the description of Data Center is generated, and has that for values of every kind, the title's text among them."""
    if isinstance(part, list):
        return [_any_values(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {} if name == "additionalProperties" and value == {"type": "object"} else _any_values(value)
        for name, value in part.items()
    }
