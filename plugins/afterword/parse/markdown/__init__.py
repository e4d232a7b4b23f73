"""The tree of the Markdown, and what is read in the same way in every section."""
