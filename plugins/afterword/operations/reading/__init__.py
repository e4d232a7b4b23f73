"""From files to an archive: found, read by several processes, kept, and seen as of a day."""
