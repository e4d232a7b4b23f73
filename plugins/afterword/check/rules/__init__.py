"""One rule a file; the table of all of them is in `afterword.check.table`."""
