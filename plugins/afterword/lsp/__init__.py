"""The adapter for editors: a language server."""
