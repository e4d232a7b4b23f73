"""Secrets and personal data that came into a text with pasted logs."""
