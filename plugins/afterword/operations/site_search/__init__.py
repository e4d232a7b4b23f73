"""The search of a site."""
