"""The JSON Schema of the exported archive."""

from __future__ import annotations

from importlib.resources import files


def archive_schema() -> str:
    """Give the schema (draft 2020-12) of what `archive_json` writes, as text."""
    return files("afterword.convert").joinpath("archive.schema.json").read_text(encoding="utf-8")
