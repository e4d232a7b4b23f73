"""The pages of single records, and what is drawn in them."""
