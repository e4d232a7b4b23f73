"""Finding records from a terminal."""
