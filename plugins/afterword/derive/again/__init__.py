"""What happened before, and what was promised before."""
