"""Contributing factors and the root cause analysis."""
