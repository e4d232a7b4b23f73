/* Loaded by every page of an archive: what it cannot know when it is built, which is the day it is read on; and the keys that lead to the search. */
(() => {
  "use strict";
  const DAY = 86400000;
  const SOON = 7;

  /* The day in the archive's zone where the page names it, else in the reader's. */
  const today = (zone) => {
    const form = { year: "numeric", month: "2-digit", day: "2-digit" };
    try {
      return new Intl.DateTimeFormat("en-CA", zone ? { ...form, timeZone: zone } : form).format(new Date());
    } catch {
      return new Date().toISOString().slice(0, 10);
    }
  };

  /* An action is overdue from the day after its due day; `data-late` names what else becomes of something then, such as a review that is past. */
  const markLate = (place, day) => {
    const badge = place.matches(".aw-state") ? place : place.querySelector(".aw-state");
    const late = place.dataset.late || "overdue";
    const name = `aw-state--${late.replace(/ /g, "-")}`;
    if (!badge || place.dataset.due >= day || badge.classList.contains(name)) return;
    badge.className = `aw-state ${name}`;
    const glyph = document.createElement("i");
    glyph.setAttribute("aria-hidden", "true");
    glyph.textContent = "!";
    badge.replaceChildren(glyph, ` ${late}`);
  };

  const days = (number) => `${number.toLocaleString("en")} ${number === 1 ? "day" : "days"}`;
  const away = (left) => (left < 0 ? `${days(-left)} over` : left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${days(left)}`);

  /* How many due days have passed since the page was made tells what is overdue and due soon in all, also of what stands on other pages. */
  const count = (page, passed) => {
    const moved = { overdue: 0, soon: 0, later: 0 };
    for (const entry of page.dataset.days.split(" ").filter(Boolean)) {
      const [day, number] = entry.split(":").map(Number);
      const before = day <= SOON ? "soon" : "later";
      const after = day < passed ? "overdue" : day <= passed + SOON ? "soon" : "later";
      moved[before] -= number;
      moved[after] += number;
    }
    moved.past = moved.overdue; // of accepted risks
    moved.accepted = -moved.overdue;
    for (const place of page.querySelectorAll("[data-count]")) {
      const number = Number(place.textContent.replace(/,/g, "")) + (moved[place.dataset.count] || 0);
      place.textContent = number.toLocaleString("en");
      const tile = place.closest(".aw-tile");
      if (tile && ["overdue", "past"].includes(place.dataset.count)) tile.classList.toggle("aw-tile--overdue", number > 0);
    }
  };

  const move = (page, day) => {
    const parts = new Map([...page.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    for (const line of page.querySelectorAll("[data-part] [data-due]")) {
      const left = Math.round((Date.parse(line.dataset.due) - Date.parse(day)) / DAY);
      const when = line.querySelector("[data-when]");
      when.textContent = away(left);
      when.classList.toggle("aw-late", left < 0);
      const now = parts.get(left < 0 ? "overdue" : left <= SOON ? "soon" : "later");
      if (!now || line.closest("[data-part]") === now) continue;
      if ("cut" in now.dataset) line.remove(); // its list goes on elsewhere, and this line with it
      else now.querySelector("ul").append(line);
    }
    for (const [name, part] of parts) {
      const filled = Boolean(part.querySelector("li"));
      const none = part.querySelector("[data-none]");
      if (none) none.hidden = filled;
      else if (name !== "later" || !filled) part.hidden = !filled;
    }
  };

  const recount = (page) => {
    const built = page.dataset.asOf;
    const day = today(page.dataset.zone);
    if (!("moves" in page.dataset) || day <= built || page.dataset.today) return;
    page.dataset.today = day;
    count(page, Math.round((Date.parse(day) - Date.parse(built)) / DAY));
    move(page, day);
    for (const then of page.querySelectorAll("[data-then]")) then.hidden = false; // a number that keeps its day, beside those that move
    for (const place of page.querySelectorAll('[data-due] :is([data-label="Due"], [data-label="Review"], .aw-todo__due)')) overdueBy(place, day);
    regroup(page, day);
    for (const stamp of page.querySelectorAll("[data-stamp]")) {
      stamp.dateTime = day;
      stamp.textContent = new Date(day).toUTCString().slice(5, 16).replace(/^0/, "");
    }
  };

  /* Risks lie by review day: what is past now comes after what was. */
  const regroup = (page, day) => {
    const [past, accepted] = ["past", "accepted"].map((name) => page.querySelector(`[data-group="${name}"]`));
    if (!past) return;
    past.append(...[...accepted.querySelectorAll("[data-due]")].filter((row) => row.dataset.due < day));
    for (const group of [past, accepted]) group.hidden = !group.querySelector(".aw-act");
  };

  const overdueBy = (place, day) => {
    const over = Math.round((Date.parse(day) - Date.parse(place.closest("[data-due]").dataset.due)) / DAY);
    if (over < 1) return;
    let mark = place.querySelector(".aw-late");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "aw-late";
      place.querySelector("time").after(" ", mark);
    }
    mark.textContent = `${days(over)} over`;
  };

  const start = () => {
    const page = document.querySelector("[data-days]");
    const list = page && page.dataset.list;
    // The address is looked at, too: where pages come without being loaded it may be the next page's already.
    if (list && /\/(actions|risks)\/(index\.html)?$/.test(location.pathname) && /[?&](state|text|owner|team|service|category|severity|class|year)=/.test(location.search)) {
      location.replace(list + location.search); // where the filter was before there were lists
      return;
    }
    const fixed = page && !("moves" in page.dataset);
    const day = today(page ? page.dataset.zone : "");
    if (!fixed) document.querySelectorAll("[data-due]").forEach((place) => markLate(place, day));
    if (page) recount(page);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  /* Ctrl+K, on a Mac ⌘K, leads from every page of the archive to its search, and there into the field. */
  const mac = /^(Mac|iP)/.test(navigator.platform);
  for (const key of document.querySelectorAll(":is(.aw-find, .aw-ask) kbd[hidden]")) {
    key.textContent = mac ? "⌘ K" : "Ctrl K";
    key.hidden = false;
  }

  /* Where pages come without being loaded the script runs for each of them, and one listener is enough. */
  if ("awShortcut" in document.documentElement.dataset) return;
  document.documentElement.dataset.awShortcut = "";
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(mac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
    const url = search();
    if (!url) return; // the page that came is no page of an archive
    event.preventDefault();
    const field = document.getElementById("aw-search-text");
    if (field) {
      field.focus();
      field.select();
    } else {
      const form = document.querySelector(".aw-find");
      ask(url, form ? new FormData(form) : []);
      location.assign(url);
    }
  });
  for (const kind of ["focusin", "input"]) document.addEventListener(kind, leadOn);

  /* The search page lies beside the folder of this script. */
  function search() {
    const script = document.querySelector('.md-content script[src$="/afterword.js"], main script[src$="/afterword.js"]');
    return script && new URL("../search/#aw-search-text", script.src);
  }

  /* A page's own form tells what is typed there, and what the search is kept to. */
  function ask(url, entries) {
    for (const [name, value] of entries) if (value.trim()) url.searchParams.set(name, value.trim());
  }

  /* The theme's search box knows titles, services and classes of records: above what it finds stands the way to the search that knows their texts.
     The theme goes to the entry of the highest score with the Enter key, and to this one where it has found nothing. */
  function leadOn({ target }) {
    const found = target.matches('[data-md-component="search-query"]') && document.querySelector(".md-search-result__list");
    if (!found) return;
    document.querySelector(".aw-onward")?.remove();
    const url = search();
    if (!url) return;
    const typed = target.value.trim();
    ask(url, [["text", typed]]);
    const link = document.createElement("a");
    link.className = "md-search-result__link aw-onward";
    link.href = url;
    link.tabIndex = -1;
    const words = document.createElement("span");
    words.dataset.mdScore = "-1";
    words.textContent = `Search the post-mortems${typed && ` for \u201c${typed}\u201d`}`;
    link.append(words);
    found.before(link);
  }
})();
