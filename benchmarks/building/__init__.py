"""What building a site costs: Afterword and other generators from the same records."""
