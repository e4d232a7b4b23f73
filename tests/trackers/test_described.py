"""Vendors' descriptions: what is read out of a package, and what becomes of tests without them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.trackers.described import FOLDER, description

SCRIPTS = Path(__file__).parents[2] / "scripts"

TYPES = """\
type Maybe<T> = T | null;
type Scalars = {
  ID: string;
  String: string;
  Int: number;
  /** A day. */
  Day: any;
};
/** An issue. */
type Issue = Node & {
  __typename?: "Issue";
  /** Its day. */
  due?: Maybe<Scalars["Day"]>;
  labels: Array<Label>;
  former?: Maybe<Array<Scalars["String"]>>;
};
type IssueLabelsArgs = {
  first?: InputMaybe<Scalars["Int"]>;
  of: Scalars["ID"];
};
type IssueFilter = {
  and?: InputMaybe<Array<IssueFilter>>;
  team: Scalars["ID"];
};
declare enum Order {
  CreatedAt = "createdAt",
}
type Other = {
  a: Scalars["ID"];
};
"""

SCHEMA = """\
scalar Day

type Issue {
  due: Day
  labels(first: Int, of: ID!): [Label!]!
  former: [String!]
}

input IssueFilter {
  and: [IssueFilter!]
  team: ID!
}

enum Order {
createdAt
}
"""


def test_a_schema_is_read_back_out_of_the_types_of_an_sdk() -> None:
    """What may be null, lists, arguments, scalars, inputs and enumerations are as the schema has them."""
    program = "import sys; from linear_schema import schema_of_types; print(schema_of_types(sys.stdin.read(), sys.argv[1:]), end='')"
    told = subprocess.run(
        [sys.executable, "-c", program, "Issue", "IssueFilter", "Order", "Gone"],
        cwd=SCRIPTS,
        input=TYPES,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == SCHEMA


@pytest.mark.parametrize(
    ("ci", "name", "outcome"),
    [
        ("true", "linear.graphql", pytest.fail.Exception),
        ("", "linear.graphql", pytest.skip.Exception),
        ("true", "gitlab.yaml", pytest.skip.Exception),
    ],
)
def test_a_missing_description_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str, name: str, outcome: type[BaseException]
) -> None:
    """Under CI a test fails whose description a package carries; elsewhere it is skipped, with the reason."""
    (tmp_path / "packages.tsv").write_bytes((FOLDER / "packages.tsv").read_bytes())
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=f"no published {name} at hand"):
        description(name, "published", tmp_path)


def test_our_own_descriptions_are_always_there(tmp_path: Path) -> None:
    """Without one of them nothing is skipped."""
    with pytest.raises(FileNotFoundError):
        description("linear.graphql", "used", tmp_path)
