"""Where a record is, and what stays the same when it moves."""
