"""Afterword: an archive of post-mortems that are worth writing."""
