"""The server of `mkdocs serve`, which shows an edited record at once and has the site built when its author pauses."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from afterword.mkdocs_plugin.memory import Memory
from afterword.mkdocs_plugin.served import Served
from afterword.mkdocs_plugin.watching import FolderWatch

log = get_plugin_logger("afterword")

TOGETHER = 0.03
"""Seconds without a change after which a file is held to be written: editors write a file in several steps."""

PAUSE = 1.0
"""Seconds after an edit that was shown at once in which nothing else happens, and the rest of the site follows."""

TURN = 0.001
"""Seconds that a thread works before another one's turn comes, a fifth of what Python gives it."""

POLLED = 1.0
"""Seconds after which a waiting browser is sent away to ask again: the page that it shows may be another by then."""

_EVERYWHERE = re.compile(r"\.(css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?)$", re.IGNORECASE)
"""Files that any page may show; all others are read by scripts, or fetched by programs."""


class LiveServer(LiveReloadServer):
    """MkDocs' own server, but that the operating system reports changes, and a browser reloads only if its own page has changed.

    Changes are taken on a thread of their own, so that an edit is shown while MkDocs builds the whole site on another.
    """

    def __init__(self, server: LiveReloadServer, served: Served) -> None:
        """Take the place of a server that does not run yet; `served` has what the last build has left."""
        host, port = server.server_address[:2]
        super().__init__(
            server.builder,
            str(host),
            port,
            server.root,
            server.mount_path,
            shutdown_delay=server.shutdown_delay,
        )
        server.server_close()
        self.error_handler = server.error_handler
        self.poll_response_timeout = POLLED  # type: ignore[assignment]  # MkDocs says a whole number, and waits for any
        self.observer = FolderWatch(self._note)  # type: ignore[assignment]  # all of one that the server asks for
        for path, times in server._watched_paths.items():
            for _ in range(times):
                self.watch(path, recursive=server._watch_refs[path].is_recursive)
        self._served, self._built = served, served.built
        self._watch_more()
        self._editing = threading.RLock()
        self._changes = threading.Condition()
        self._touched: dict[str, bool] = {}
        self._since: dict[str, bool] = {}
        self._due: float | None = None
        self._is_building = False
        self._memory = Memory()
        self._all_epoch = self._visible_epoch
        self._page_epochs: dict[str, int] = {}
        self._attending = threading.Thread(target=self._attend, daemon=True, name="edits")
        if hasattr(os, "register_at_fork"):
            # In a process that is split off, what another thread has locked stays locked.
            os.register_at_fork(
                before=self._editing.acquire,
                after_in_parent=self._editing.release,
                after_in_child=self._editing.release,
            )

    def _watch_more(self) -> bool:
        """Watch what the last build was made from beside the documents: settings may name other files than before. Tell whether one is there, and may have come since that build looked."""
        is_there = False
        for path in self._built.watched:
            if str(path.absolute()) not in self._watched_paths and path.parent.is_dir():
                # Where the system allows no more, those of before are all there are.
                with contextlib.suppress(OSError):
                    self.watch(str(path))
                is_there |= path.exists()
        return is_there

    def shutdown(self, wait: bool = False) -> None:
        """End the server, and the thread that shows edits."""
        super().shutdown(wait)
        with self._changes:
            self._changes.notify_all()

    def _note(self, path: str, is_new: bool) -> None:
        self._memory.note_edit()
        with self._changes:
            self._touched[path] = is_new or self._touched.get(path, False)
            self._changes.notify_all()

    def _attend(self) -> None:
        """Show edits as they come, and ask for a build where that is not all, until the server ends."""
        while touched := self._next():
            begun = time.perf_counter()
            shown, is_all = self._shown(touched)
            if shown:
                took = 1000 * (time.perf_counter() - begun)
                log.info("%s: shown after %.0f ms, the rest of the site follows", ", ".join(shown), took)
            if not is_all:
                self._due = time.monotonic()
            elif shown:
                self._due = time.monotonic() + PAUSE

    def _next(self) -> dict[str, bool]:
        """Wait for changes, and give them when they belong together; nothing when the server ends."""
        with self._changes:
            while not self._touched and not self._shutdown:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    self._ask_for_build()
                else:
                    self._changes.wait(left)
            while not self._shutdown and self._changes.wait(TOGETHER):
                pass
            touched, self._touched = self._touched, {}
            return {} if self._shutdown else touched

    def _shown(self, touched: Mapping[str, bool]) -> tuple[Collection[str], bool]:
        """Show what was edited, and give the addresses that are other than before, and whether that is all there is to do."""
        with self._editing:
            self._since |= touched
            shown, is_all = self._edited(touched)
        self._announce(shown)
        return shown, is_all

    def _edited(self, touched: Mapping[str, bool]) -> tuple[Collection[str], bool]:
        try:
            return self._built.edited(touched)
        except Exception:
            log.exception("an edit could not be shown by itself, and the whole site is built")
            return (), False

    def _ask_for_build(self) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _build_loop(self) -> None:
        # An edit is not to wait long for each turn that a build takes.
        sys.setswitchinterval(TURN)
        self._attending.start()
        self._built.prepare()
        while self._is_asked():
            with self._editing:
                self._since = {}
            is_built = self._build()
            with self._epoch_cond:
                self._is_building = False
                self._epoch_cond.notify_all()
            self._memory.note_build(is_whole=is_built)

    def _is_asked(self) -> bool:
        """Wait until a build is asked for, or the server ends."""
        with self._rebuild_cond:
            # Without breaks, no interrupt would come through on Windows.
            while not self._rebuild_cond.wait_for(
                lambda: self._want_rebuild or self._shutdown, timeout=self.shutdown_delay
            ):
                self._memory.tidy()
            self._want_rebuild, self._is_building = False, True
            return not self._shutdown

    def _build(self) -> bool:
        """Build the site, have browsers reload whose page is another now, and tell whether it was built."""
        try:
            self.builder()
        except Exception as error:
            # As MkDocs has it: the author mends what is wrong, and the server goes on.
            if not isinstance(error, SystemExit):
                log.exception("the site could not be built")
            log.error("the site stays as it was: %s", error)
            return False
        with self._editing:
            before, self._built = self._built, self._served.built
            if self._watch_more():
                self._ask_for_build()
            # What was edited after it was read is published as it was before.
            self._edited(self._since)
            changed = self._built.changed()
        self._announce(changed)
        # Where the site's settings leave the archive out now, what was built before is still the last.
        if before is not self._built:
            before.let_go()
        self._built.prepare()
        return True

    def _announce(self, addresses: Collection[str]) -> None:
        """Have browsers reload that show one of these, or all of them where that may stand on any page."""
        if not addresses:
            return
        with self._epoch_cond:
            epoch = max(round(time.monotonic() * 1000), self._visible_epoch + 1)
            if any(map(_EVERYWHERE.search, addresses)):
                self._all_epoch = epoch
            self._page_epochs |= dict.fromkeys(addresses, epoch)
            # Whoever asks for a page is answered while the next build goes on: it changes nothing before it is published.
            self._visible_epoch = self._wanted_epoch = epoch
            self._epoch_cond.notify_all()

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        asked = re.fullmatch(r"/livereload/([0-9]+)/[0-9]+", environ["PATH_INFO"])
        if asked is None:
            return self._page(environ, start_response)
        known, address = int(asked[1]), self._address(environ.get("HTTP_REFERER"))
        start_response("200 OK", [("Content-Type", "text/plain")])
        with self._epoch_cond:
            if self._epoch_of(address) <= known:
                self._log_poll_request(environ.get("HTTP_REFERER"), request_id=environ["PATH_INFO"])
                self._epoch_cond.wait_for(
                    lambda: self._epoch_of(address) > known, timeout=self.poll_response_timeout
                )
            return [b"%d" % self._epoch_of(address)]

    def _page(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        """Serve a file; one that is not there may come with the build that goes on."""
        found = super()._serve_request(environ, start_response)
        if found is None and self._is_building:
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: not self._is_building or self._shutdown)
            found = super()._serve_request(environ, start_response)
        return found

    def _address(self, url: str | None) -> str | None:
        """Give the file that a browser shows, None where it does not tell."""
        path = unquote(urlsplit(url or "").path)
        if not path.startswith(self.mount_path):
            return None
        address = path.removeprefix(self.mount_path)
        return address + "index.html" if not address or address.endswith("/") else address

    def _epoch_of(self, address: str | None) -> int:
        if address is None:
            return self._visible_epoch
        return max(self._all_epoch, self._page_epochs.get(address, 0))
