"""A REST host: every request, and every answer of its own, is validated against an OpenAPI description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from openapi_schema_validator import OAS30Validator

from tests.trackers.described import description
from tests.trackers.scripted_server import Asked, Told

Respond = Callable[[Asked, Mapping[str, str]], Told]


def description_of(vendor: str, folder: str) -> Mapping[str, Any]:
    """Read a vendor's OpenAPI description."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Any] = yaml.load(description(f"{vendor}.yaml", folder), loader)  # noqa: S506
    return found


@dataclass
class RestHost:
    """`responds` has a function for each `METHOD path template` of the description; `refused` lists what did not fit it.

    `answers_fit` False where the description is known to be wrong about answers.
    """

    description: Mapping[str, Any]
    responds: Mapping[str, Respond]
    prefix: str = ""
    answers_fit: bool = True
    refused: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Told:
        """Answer a request."""
        template, values = self._operation(asked)
        if not template:
            self.refused.append(f"{asked.method} {asked.path}: no such operation")
            return Told({"message": "404 Not Found"}, 404)
        operation = self.description["paths"][template][asked.method.lower()]
        self.refused += [
            f"{asked.method} {template}: {fault}" for fault in self._faults(operation, template, asked)
        ]
        told = self.responds[f"{asked.method} {template}"](asked, values)
        self.refused += [
            f"{asked.method} {template} answers: {fault}" for fault in self._told(operation, told)
        ]
        return told

    def _operation(self, asked: Asked) -> tuple[str, Mapping[str, str]]:
        path = asked.path.removeprefix(self.prefix)
        for template, operations in self.description["paths"].items():
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            found = re.fullmatch(pattern, path)
            if found and asked.method.lower() in operations:
                return template, found.groupdict()
        return "", {}

    def _faults(self, operation: Mapping[str, Any], template: str, asked: Asked) -> Iterator[str]:
        known = {}
        for parameter in [
            *self.description["paths"][template].get("parameters", ()),
            *operation.get("parameters", ()),
        ]:
            parameter = self._resolved(parameter)
            if parameter["in"] == "query":
                known[parameter["name"].removesuffix("[]")] = self._resolved(parameter["schema"])
        for name in dict.fromkeys(name for name, _ in asked.parameters):
            schema = known.get(name.removesuffix("[]"))
            if schema is None:
                yield f"no parameter {name}"
                continue
            values = [value for each, value in asked.parameters if each == name]
            if schema.get("type") == "array":
                item = self._resolved(schema["items"])
                yield from self._against(schema, [_read(value, item) for value in values])
            else:
                yield from self._against(schema, _read(values[-1], schema))
        if asked.body:
            content = self._resolved(operation["requestBody"])["content"]["application/json"]
            schema = self._resolved(content["schema"])
            yield from self._against(schema, asked.json)
            unknown = set(asked.json) - set(schema["properties"]) if isinstance(asked.json, dict) else ()
            yield from (f"no property {name}" for name in unknown)

    def _told(self, operation: Mapping[str, Any], told: Told) -> Iterator[str]:
        response = operation["responses"].get(str(told.status))
        if response is None:
            yield f"status {told.status} is not described"
            return
        content = self._resolved(response).get("content", {}).get("application/json")
        if content and self.answers_fit:
            yield from self._against(content["schema"], told.body)

    def _against(self, schema: Mapping[str, Any], value: object) -> Iterator[str]:
        whole = {"allOf": [schema], "components": self.description.get("components", {})}
        for error in OAS30Validator(whole).iter_errors(value):
            # Vendors leave null out of the values of what may be null.
            if error.validator == "enum" and error.instance is None and error.schema.get("nullable"):
                continue
            yield f"{'/'.join(str(each) for each in error.absolute_path)}: {error.message}"

    def _resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in part:
            found: Any = self.description
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part


def _read(text: str, schema: Mapping[str, Any]) -> object:
    if schema.get("type") == "integer" and text.isdigit():
        return int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        return text == "true"
    return text
