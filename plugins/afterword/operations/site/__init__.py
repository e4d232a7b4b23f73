"""From an archive to all pages and files of its site."""
