"""The page of a record, section by section."""
