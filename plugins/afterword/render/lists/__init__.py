"""Lists of records, what divides them, the home and the search page."""
