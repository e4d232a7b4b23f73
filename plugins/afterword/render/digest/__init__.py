"""The digest: what happened lately, and what is due."""
