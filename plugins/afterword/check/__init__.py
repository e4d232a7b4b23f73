"""Rules about records, and the runner that applies them."""
