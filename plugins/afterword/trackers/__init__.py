"""Trackers: tickets asked for by their keys, and opened. A tracker is one file here and a line in `table.py`."""
