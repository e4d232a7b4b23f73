"""The adapter to MkDocs in sites that are more than an archive."""
