"""The browser of whoever sits at this machine."""

from __future__ import annotations

import webbrowser


def open_in_browser(address: str) -> bool:
    """Open an address in the browser that `BROWSER` names, else the system's; False where there is none."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
