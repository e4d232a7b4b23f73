"""Knowledge drawn from records: pure functions on the model."""
