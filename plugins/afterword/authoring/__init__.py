"""What people write and meet with: templates of records and worksheets, and how a template becomes a record."""
