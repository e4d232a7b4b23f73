"""What commands print of records and actions."""
