"""The header and other YAML, value by value, each with its place."""
