"""Pages and files about causes, and whether they are answered."""
