/* What the page cannot know when it is built: which day it is read on. */
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

  const days = (number) => `${number} ${number === 1 ? "day" : "days"}`;
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
    for (const place of page.querySelectorAll("[data-count]")) {
      const number = Number(place.textContent.replace(/,/g, "")) + (moved[place.dataset.count] || 0);
      place.textContent = number.toLocaleString("en");
      const tile = place.closest(".aw-tile");
      if (tile && place.dataset.count === "overdue") tile.classList.toggle("aw-tile--overdue", number > 0);
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
    for (const late of page.querySelectorAll(".aw-act[data-due]")) overdueBy(late, day);
    for (const stamp of page.querySelectorAll("[data-stamp]")) {
      stamp.dateTime = day;
      stamp.textContent = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(day));
    }
  };

  const overdueBy = (row, day) => {
    const over = Math.round((Date.parse(day) - Date.parse(row.dataset.due)) / DAY);
    if (over < 1) return;
    const cell = row.querySelector('[data-label="Due"], [data-label="Review"]');
    let mark = cell.querySelector(".aw-late");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "aw-late";
      cell.querySelector("time").after(" ", mark);
    }
    mark.textContent = `${days(over)} over`;
  };

  const start = () => {
    const page = document.querySelector("[data-days]");
    const list = page && page.dataset.list;
    // The address is looked at, too: where pages come without being loaded it may be the next page's already.
    if (list && /\/actions\/(index\.html)?$/.test(location.pathname) && /[?&](state|text|owner|team|service|category)=/.test(location.search)) {
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
})();
