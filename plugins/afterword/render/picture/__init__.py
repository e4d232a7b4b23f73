"""Causal trees, timelines and charts as DOT, SVG and Mermaid."""
