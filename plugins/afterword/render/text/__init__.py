"""Words as terminals, pictures and files take them: measured, broken, escaped."""
