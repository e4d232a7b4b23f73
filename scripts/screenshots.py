"""Takes the pictures of the README: `python scripts/screenshots.py`, after `make site`.

They show this repository's archive as on a fixed day, so that a picture changes only where a page does.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
DAY = "2026-11-25"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is photographed: `scroll_to` is the selector of what stands at the top, `type` what is typed into the page's search."""

    name: str
    path: str
    scheme: str = "light"
    width: int = 1280
    height: int = 800
    scroll_to: str = ""
    type: str = ""


TWO_INCIDENTS = "2026/2026-07-21-proofs-stalled-labels-doubled/"
PICTURES_OF_THE_README = (
    Picture("home", ""),
    Picture("tree", TWO_INCIDENTS, scheme="dark", scroll_to="#causes"),
    Picture("actions", "actions/"),
    Picture("search", "search/", type="certificate"),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> int:
    """Build the site, open each page, write the pictures; give the exit code."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        sys.stderr.write("no Chromium on PATH: scripts/browser installs it, or says how\n")
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(Path(sys.executable).parent / "afterword"),
            "build",
            "--site-dir",
            folder,
            "--as-of",
            DAY,
        ]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        handler = functools.partial(_Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for picture in PICTURES_OF_THE_README:
                _take(browser, f"http://127.0.0.1:{server.server_address[1]}/", picture)
            browser.close()
        server.shutdown()
    return 0


def _take(browser: Browser, base: str, picture: Picture) -> None:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    page.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    page.goto(base + picture.path, wait_until="networkidle")
    if picture.type:
        page.locator("main input[type=search]").first.fill(picture.type)
        page.wait_for_timeout(600)
    if picture.scroll_to:
        page.evaluate(
            "selector => window.scrollTo(0, document.querySelector(selector).getBoundingClientRect().top + scrollY - 72)",
            picture.scroll_to,
        )
        page.wait_for_timeout(300)
    place = PICTURES / f"{picture.name}.png"
    page.screenshot(path=place)
    page.close()
    sys.stdout.write(f"wrote {place.relative_to(ROOT)} ({place.stat().st_size // 1024} KB)\n")


if __name__ == "__main__":
    sys.exit(main())
