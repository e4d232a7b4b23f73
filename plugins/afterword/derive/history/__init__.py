"""What git knows of records."""
