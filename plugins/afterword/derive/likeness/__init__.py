"""Which records tell of the like."""
