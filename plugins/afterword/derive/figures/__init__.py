"""How long it took, over an archive."""
