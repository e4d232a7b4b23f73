"""What an archive says of all its records together, in parts that are kept."""
