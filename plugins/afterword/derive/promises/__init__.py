"""Action items: what became of them, who owes them, what is late."""
