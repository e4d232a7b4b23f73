"""Records by what they share."""
