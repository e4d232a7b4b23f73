"""Setting up: the recipes, their scripts, and the wheel."""
