"""Pages and files about action items, and about who holds them."""
