"""Records to and from other forms."""
