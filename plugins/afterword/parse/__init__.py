"""Text to model, with the place of everything; what is wrong is a finding, never an exception."""
