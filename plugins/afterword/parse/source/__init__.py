"""The text of a file: its characters, where everything stands in it, and how it is changed."""
