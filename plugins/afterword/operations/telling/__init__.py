"""Showing and exporting what is known."""
