"""What several products say of the same things."""
