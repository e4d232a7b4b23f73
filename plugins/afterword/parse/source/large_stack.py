"""A thread whose stack is large enough for any Markdown."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

T = TypeVar("T")

STACK_BYTES = 128 * 1024 * 1024
"""comrak recurses: this holds four times the deepest nesting that a record of the permitted size can spell. Only pages in use cost memory.

On Windows Python takes less than 256 MB alone (`THREAD_MAX_STACKSIZE` in its `thread_nt.h`), and starts no thread otherwise.
"""


def on_large_stack(work: Callable[[], T]) -> T:
    """Do some work on the thread whose stack is large enough for any Markdown, and give what it gives.

    Whoever parses many texts does well to do all of it there: going to and fro costs as much as comrak does. An exception that ends the
    waiting, such as Ctrl-C, does not end the work.
    """
    if getattr(_here, "is_large", False):
        return work()
    return _worker().submit(_marked, work).result()


_here = threading.local()


def _marked(work: Callable[[], T]) -> T:
    _here.is_large = True
    return work()


@cache
def _worker() -> ThreadPoolExecutor:
    """Start the thread with the large stack, once for a process."""
    before = threading.stack_size(STACK_BYTES)
    try:
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="markdown")
        pool.submit(int).result()
    finally:
        threading.stack_size(before)
    return pool


# A forked child has the cache but not the thread.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.cache_clear)
