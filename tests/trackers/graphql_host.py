"""A GraphQL host: every question is validated against a schema, and answered through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graphql import GraphQLError, GraphQLSchema, build_schema, execute_sync, parse, validate

from tests.trackers.described import description
from tests.trackers.scripted_server import Asked, Told


def schema_of(vendor: str, folder: str) -> GraphQLSchema:
    """Read a vendor's schema."""
    return build_schema(description(f"{vendor}.graphql", folder))


@dataclass
class GraphQLHost:
    """`root` has the values and functions of the root types' fields; `refused` lists what did not fit the schema."""

    schema: GraphQLSchema
    root: Mapping[str, object]
    path: str = "/graphql"
    kind_of: Callable[[GraphQLError], Mapping[str, object]] = lambda error: {}
    refused: list[str] = field(default_factory=list)
    questions: int = 0

    def __call__(self, asked: Asked) -> Told:
        """Answer a request."""
        if asked.method != "POST" or asked.path != self.path:
            self.refused.append(f"{asked.method} {asked.path}")
            return Told({"message": "Not Found"}, 404)
        self.questions += 1
        body = asked.json
        assert isinstance(body, dict)
        document = parse(body["query"])
        if faults := validate(self.schema, document):
            self.refused += [fault.message for fault in faults]
            return Told({"errors": [fault.formatted for fault in faults]}, 400)
        result = execute_sync(self.schema, document, self.root, variable_values=body.get("variables"))
        told: dict[str, object] = {"data": result.data}
        if result.errors:
            told["errors"] = [{**error.formatted, **self.kind_of(error)} for error in result.errors]
            self.refused += [error.message for error in result.errors if error.original_error is None]
        return Told(told)
