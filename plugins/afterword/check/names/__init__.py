"""Telling the names of people from all other words that are written with a capital."""
