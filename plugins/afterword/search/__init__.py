"""Search indexes made from the model."""
