"""The language server, by the protocol."""
