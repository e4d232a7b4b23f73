"""Reads Linear's GraphQL schema back out of the types that its SDK declares, since no package carries the schema itself.

The SDK's types are generated from the schema (by graphql-codegen), and keep all of it but the capitals of a few names, such as `IssueIdComparator` for `IssueIDComparator`:
`Maybe<…>` marks what may be null, `Scalars["…"]` names a scalar, and the arguments of a field are a type of their own, such as `QueryIssuesArgs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BLOCK = re.compile(
    r"^(?:export )?(?:declare )?(?:type (\w+) = (?:\w+ & )*|enum (\w+) )\{\n(.*?)^\}",
    re.MULTILINE | re.DOTALL,
)
_FIELD = re.compile(r"^  (\w+)(\??): (.+);$", re.MULTILINE)
_VALUE = re.compile(r'^  \w+ = "(\w+)",$', re.MULTILINE)
_PARTS = re.compile(
    r'(?:Input)?Maybe<(?P<nullable>.+)>$|Array<(?P<listed>.+)>$|Scalars\["(?P<scalar>\w+)"\]$'
)
_BUILT_IN = frozenset({"ID", "String", "Boolean", "Int", "Float"})


def schema_of_types(text: str, names: Iterable[str]) -> str:
    """Write the schema of the named types, and all scalars."""
    blocks: dict[str, str] = {}
    for name, enum, block in _BLOCK.findall(text):
        blocks.setdefault(name or enum, block)
    scalars = (name for name, _, _ in _FIELD.findall(blocks["Scalars"]))
    written = [f"scalar {name}" for name in scalars if name not in _BUILT_IN]
    for name in names:
        block = blocks.get(name, "")
        if values := _VALUE.findall(block):
            written.append("\n".join([f"enum {name} {{", *values, "}"]))
        elif block:
            written.append(_fields(blocks, name))
    return "\n\n".join(written) + "\n"


def _fields(blocks: Mapping[str, str], name: str) -> str:
    lines = [f"{'type' if '__typename' in blocks[name] else 'input'} {name} {{"]
    for field, mark, kind in _FIELD.findall(blocks[name]):
        if field == "__typename":
            continue
        arguments = [
            f"{each}: {_kind(of, may_be_left_out=bool(left_out))}"
            for each, left_out, of in _FIELD.findall(
                blocks.get(f"{name}{field[0].upper()}{field[1:]}Args", "")
            )
        ]
        asked = f"({', '.join(arguments)})" if arguments else ""
        lines.append(f"  {field}{asked}: {_kind(kind, may_be_left_out=bool(mark))}")
    return "\n".join([*lines, "}"])


def _kind(text: str, *, may_be_left_out: bool = False) -> str:
    """Write a type as GraphQL does; what may be left out has a default, or may be null."""
    found = _PARTS.match(text)
    if found and found["nullable"]:
        return _kind(found["nullable"]).removesuffix("!")
    kind = f"[{_kind(found['listed'])}]" if found and found["listed"] else found["scalar"] if found else text
    return kind if may_be_left_out else f"{kind}!"
