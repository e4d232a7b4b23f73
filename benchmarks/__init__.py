"""What Afterword costs, measured on archives of any size against named peers."""
