"""How much memory is left for processes that are split off."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
STATM = Path("/proc/self/statm")
GROUP = Path("/sys/fs/cgroup")
"""Where Linux tells what is free, what this process holds, and what a container may hold (kernel documentation, "The /proc Filesystem" and "Control Group v2")."""

UNKNOWN = sys.maxsize
"""What `room` gives where nobody tells."""


def room() -> int:
    """Give how many times the memory that is free would hold what this process holds: one that is split off comes to have its own copy of all that it looks at."""
    try:
        held = int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        words = dict(line.split(":", 1) for line in MEMINFO.read_text().splitlines())
        free = int(words["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, LookupError):
        return UNKNOWN
    return min(free, _left_in_group(free)) // max(held, 1)


def _left_in_group(free: int) -> int:
    """Give what the group of this process may still hold, `free` where nothing limits it; files that the system remembers make room."""
    try:
        most, now = ((GROUP / f"memory.{name}").read_text().strip() for name in ("max", "current"))
        told = dict(line.split() for line in (GROUP / "memory.stat").read_text().splitlines())
        files = int(told["active_file"]) + int(told["inactive_file"])
        return free if most == "max" else max(0, int(most) - int(now) + files)
    except (OSError, ValueError, LookupError):
        return free
