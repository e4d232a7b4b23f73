"""When it happened and how long it took, for one record."""
