"""The agenda of the weekly review."""
