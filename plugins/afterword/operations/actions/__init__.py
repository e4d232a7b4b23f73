"""Action items: handed on, closed, followed in trackers."""
