"""The adapter to MkDocs: it translates, and does not think."""
