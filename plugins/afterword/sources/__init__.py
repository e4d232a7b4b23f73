"""The edges: files, git, the layout engine."""
