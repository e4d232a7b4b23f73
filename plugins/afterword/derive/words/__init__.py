"""Words as they are shown, compared and taken out of a record."""
