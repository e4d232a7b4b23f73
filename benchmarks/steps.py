"""Measurements that go on where they were stopped: each step leaves its figures in a file and is not done twice."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Steps:
    """The folder in which the figures of each step lie in a file of its own."""

    folder: Path

    def file(self, step: str) -> Path:
        """Give the file with the figures of a step."""
        return self.folder / f"{step}.json"

    def told(self, step: str) -> Figures | None:
        """Give the figures of a step, None where it has not been done."""
        try:
            figures: Figures = json.loads(self.file(step).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return figures

    def do(self, step: str, make: Callable[[], Figures]) -> Figures:
        """Give the figures of a step, doing it where it has not been done. Whoever is killed meanwhile leaves no figures, never half of them."""
        known = self.told(step)
        if known is not None:
            return known
        print(f"{step} …", file=sys.stderr, flush=True)
        figures = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        written = self.file(step).with_suffix(".part")
        written.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
        written.replace(self.file(step))
        return figures

    def forget(self, step: str) -> None:
        """Let a step be done again."""
        self.file(step).unlink(missing_ok=True)
