/* Ctrl+K, on a Mac ⌘K, leads from every page of the archive to its search, and there into the field. */
(() => {
  "use strict";

  const mac = /^(Mac|iP)/.test(navigator.platform);
  for (const key of document.querySelectorAll(":is(.aw-find, .aw-ask) kbd[hidden]")) {
    key.textContent = mac ? "⌘ K" : "Ctrl K";
    key.hidden = false;
  }

  /* Where pages come without being loaded the script runs for each of them, and one listener is enough. */
  const root = document.documentElement;
  if ("awShortcut" in root.dataset) return;
  root.dataset.awShortcut = "";
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(mac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
    const script = document.querySelector('.md-content script[src$="/shortcut.js"], main script[src$="/shortcut.js"]');
    if (!script) return; // the page that came is no page of an archive
    event.preventDefault();
    const field = document.getElementById("aw-search-text");
    if (field) {
      field.focus();
      field.select();
    } else location.assign(address(script));
  });

  /* The search page lies beside the folder of this script; a page's own form tells what is typed there, and what the search is kept to. */
  function address(script) {
    const url = new URL("../search/#aw-search-text", script.src);
    const form = document.querySelector(".aw-find");
    for (const [name, value] of form ? new FormData(form) : []) {
      if (value.trim()) url.searchParams.set(name, value.trim());
    }
    return url;
  }
})();
