"""How well an archive is kept."""
