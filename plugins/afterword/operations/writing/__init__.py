"""Starting an archive, and writing in it."""
