"""How the archive is kept."""
