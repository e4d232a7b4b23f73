"""Findings, and mending them."""
