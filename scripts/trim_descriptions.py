"""Cuts the descriptions that vendors publish of their interfaces down to what is asked for, for `tests/trackers/descriptions/published`.

    python scripts/trim_descriptions.py github.graphql PATH
    python scripts/trim_descriptions.py github.yaml PATH
    python scripts/trim_descriptions.py gitlab.yaml PATH
    python scripts/trim_descriptions.py jira-cloud.yaml PATH
    python scripts/trim_descriptions.py jira-data-center.yaml PATH
    python scripts/trim_descriptions.py linear.graphql PATH

PATH is the vendor's file; for Linear the types of its SDK will do. Nothing is changed in what stays; prose is left out, and so are fields, operations and types that are not asked for.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from graphql import language as gql
from linear_schema import schema_of_types

TARGET = Path(__file__).parents[1] / "tests" / "trackers" / "descriptions" / "published"

FIELDS: Mapping[str, Mapping[str, str]] = {
    "github.graphql": {
        "Query": "repository search",
        "Repository": "issueOrPullRequest issues",
        "IssueOrPullRequest": "Issue PullRequest",
        "SearchResultItem": "Issue PullRequest",
        "SearchResultItemConnection": "nodes",
        "IssueConnection": "nodes",
        "Issue": "number title body url state stateReason closedAt assignees labels",
        "PullRequest": "number title body url state isDraft closedAt assignees labels",
        "UserConnection": "nodes",
        "User": "login name",
        "LabelConnection": "nodes",
        "Label": "name",
        "IssueOrder": "*",
        "IssueFilters": "*",
        **dict.fromkeys(
            (
                "SearchType",
                "IssueState",
                "IssueStateReason",
                "PullRequestState",
                "IssueOrderField",
                "OrderDirection",
            ),
            "*",
        ),
    },
    "linear.graphql": {
        "Query": "issue issues teams issueLabels",
        "Mutation": "issueCreate",
        "Issue": "id identifier number title url dueDate completedAt canceledAt trashed previousIdentifiers state assignee",
        "WorkflowState": "name type",
        "User": "name displayName",
        "Team": "id key",
        "IssueLabel": "id name",
        "PageInfo": "*",
        "IssuePayload": "*",
        "IssueConnection": "nodes pageInfo",
        "TeamConnection": "nodes pageInfo",
        "IssueLabelConnection": "nodes pageInfo",
        "IssueFilter": "and or id number team",
        "TeamFilter": "and or id key",
        "NullableTeamFilter": "and or id key null",
        "IssueLabelFilter": "and or id name team",
        "IssueCreateInput": "*",
        **dict.fromkeys(
            (
                # As the schema calls them, and as the SDK does.
                "IssueIDComparator",
                "IssueIdComparator",
                "IDComparator",
                "IdComparator",
                "NumberComparator",
                "StringComparator",
                "PaginationOrderBy",
                "SLADayCountType",
            ),
            "*",
        ),
    },
}
"""Types that stay, with their fields (members of unions), `*` for all whose types stay."""

PATHS = {
    "github.yaml": {
        "/repos/{owner}/{repo}/issues": ("post",),
        "/repos/{owner}/{repo}/issues/{issue_number}": ("get", "patch"),
    },
    "jira-cloud.yaml": {
        "/rest/api/3/myself": ("get",),
        "/rest/api/3/issue": ("post",),
        "/rest/api/3/issue/bulkfetch": ("post",),
        "/rest/api/3/issue/{issueIdOrKey}": ("get",),
        "/rest/api/3/issue/{issueIdOrKey}/transitions": ("get", "post"),
        "/rest/api/3/search/jql": ("post",),
    },
    "jira-data-center.yaml": {
        "/api/2/myself": ("get",),
        "/api/2/issue": ("post",),
        "/api/2/issue/{issueIdOrKey}": ("get",),
        "/api/2/issue/{issueIdOrKey}/transitions": ("get", "post"),
        "/api/2/search": ("post",),
    },
    "gitlab.yaml": {
        "/api/v4/projects/{id}/issues": ("get", "post"),
        "/api/v4/projects/{id}/issues/{issue_iid}": ("get", "put"),
        "/api/v4/projects/{id}/issues/{noteable_id}/notes": ("get",),
    },
}
"""Paths that stay, with their operations."""

_DESCRIPTION = re.compile(r'^[ ]*"""(?:.|\n)*?"""\n', re.MULTILINE)

PROSE = frozenset(
    {"description", "summary", "tags", "externalDocs", "example", "examples", "operationId", "deprecated"}
)


def trimmed_schema(text: str, kept: Mapping[str, str]) -> str:
    """Cut a GraphQL schema down."""
    document = gql.parse(text, no_location=True)
    scalars = {
        each.name.value for each in document.definitions if isinstance(each, gql.ScalarTypeDefinitionNode)
    }
    stays = {*kept, *scalars, "ID", "Int", "Float", "String", "Boolean"}
    written, named = [], set()
    for definition in document.definitions:
        name = getattr(getattr(definition, "name", None), "value", "")
        if name not in kept or not isinstance(definition, gql.TypeDefinitionNode):
            continue
        cutter = _Cutter(None if kept[name] == "*" else kept[name].split(), stays)
        cut = _DESCRIPTION.sub("", gql.print_ast(gql.visit(definition, cutter)))
        if cutter.missing:
            raise SystemExit(f"{name} has no {', '.join(sorted(cutter.missing))}")
        written.append(cut)
        named |= scalars & set(re.findall(r"\w+", cut))
    return "\n\n".join([*written, *(f"scalar {name}" for name in sorted(named))]) + "\n"


class _Cutter(gql.Visitor):
    """Leaves out of one definition all but the `wanted` fields, prose, directives and interfaces."""

    def __init__(self, wanted: list[str] | None, stays: set[str]) -> None:
        super().__init__()
        self.wanted, self.stays = wanted, stays
        self.missing = set(wanted or ())
        self.seen: set[str] = set()

    def enter(self, node: Any, key: Any, parent: Any, path: list[Any], ancestors: list[Any]) -> Any:
        """Say what goes."""
        if isinstance(node, gql.DirectiveNode) or "interfaces" in path:
            return gql.REMOVE
        if isinstance(node, gql.NamedTypeNode) and "types" in path:
            return self._stays(node.name.value)
        if isinstance(node, gql.FieldDefinitionNode) or (
            isinstance(node, gql.InputValueDefinitionNode) and "arguments" not in path
        ):
            # Of all fields only those whose types stay; one that is asked for by name has to be there.
            return self._stays(node.name.value) if _base(node.type) in self.stays else gql.REMOVE
        if isinstance(node, gql.InputValueDefinitionNode) and _base(node.type) not in self.stays:
            return gql.REMOVE
        return None

    def _stays(self, name: str) -> Any:
        # GitHub's schema defines some fields twice.
        if name in self.seen or (self.wanted is not None and name not in self.wanted):
            return gql.REMOVE
        self.seen.add(name)
        self.missing.discard(name)
        return None


def _base(kind: Any) -> str:
    while not isinstance(kind, gql.NamedTypeNode):
        kind = kind.type
    return kind.name.value


def trimmed_description(text: str, paths: Mapping[str, tuple[str, ...]]) -> str:
    """Cut an OpenAPI description down, JSON or YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    whole = json.loads(text) if text.startswith("{") else yaml.load(text, loader)  # noqa: S506 - a safe one
    cut: dict[str, Any] = {
        "openapi": whole["openapi"],
        "info": {
            name: whole["info"][name] for name in ("title", "version", "license") if name in whole["info"]
        },
        "paths": {},
        "components": {},
    }
    for path, methods in paths.items():
        found = whole["paths"][path]
        cut["paths"][path] = {name: part for name, part in found.items() if name in (*methods, "parameters")}
    left = list(_references(cut["paths"]))
    while left:
        _, section, name = left.pop().removeprefix("#/").split("/")
        if name not in cut["components"].setdefault(section, {}):
            part = whole["components"][section][name]
            cut["components"][section][name] = part
            left += _references(part)
    return yaml.dump(_without_prose(cut), sort_keys=False, allow_unicode=True, width=120)


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            elif name not in ("example", "examples"):
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _without_prose(part: Any, *, named: bool = False) -> Any:
    """Leave prose out; under `properties` and other maps of `named` things, a `description` is a thing."""
    if isinstance(part, list):
        return [_without_prose(value) for value in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _without_prose(
            value, named=name in ("properties", "paths", "schemas", "responses", "parameters")
        )
        for name, value in part.items()
        if named or (name not in PROSE and not str(name).startswith("x-"))
    }


def trim(name: str, text: str) -> None:
    """Write a description that is cut down."""
    if name == "linear.graphql" and "type Scalars = {" in text:
        text = schema_of_types(text, FIELDS[name])
    cut = trimmed_schema(text, FIELDS[name]) if name in FIELDS else trimmed_description(text, PATHS[name])
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_text(cut, encoding="utf-8")


def main() -> None:
    """Do so for a file."""
    if len(sys.argv) != 3 or sys.argv[1] not in {*FIELDS, *PATHS}:
        raise SystemExit(__doc__)
    trim(sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
