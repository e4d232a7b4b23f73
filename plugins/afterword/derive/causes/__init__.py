"""What is said of causes, and whether it is answered."""
