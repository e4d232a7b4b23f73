"""What is subscribed to, and what other programs show."""
