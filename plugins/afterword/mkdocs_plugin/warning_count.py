"""What a build warns of, counted."""

from __future__ import annotations

import logging

_TOOLS = ("mkdocs", "properdocs")
"""The loggers of what builds sites with this plugin."""


class WarningCount(logging.Handler):
    """Counts warnings and errors between `begin` and `end`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a warning."""
        self.count += 1

    def begin(self) -> None:
        """Count from nothing on."""
        self.count = 0
        for name in _TOOLS:
            logging.getLogger(name).addHandler(self)

    def end(self) -> None:
        """Count no more; a second time does nothing."""
        for name in _TOOLS:
            logging.getLogger(name).removeHandler(self)
