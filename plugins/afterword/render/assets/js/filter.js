/* The dashboard of action items: what is overdue today, filters that stand in the address, and sorting. */
(() => {
  "use strict";

  const page = document.querySelector(".aw-dashboard");
  const table = document.getElementById("aw-actions");
  const form = document.getElementById("aw-filters");
  if (!page || !table || !form) return;

  const count = document.getElementById("aw-count");
  const groups = [...table.tBodies];
  const rows = groups.flatMap((group) => [...group.querySelectorAll(".aw-act")]);
  const place = new Map(rows.map((row, position) => [row, position]));
  const home = new Map(rows.map((row) => [row, row.parentElement]));
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const columns = [...table.tHead.rows[0].cells];
  const STATES = ["overdue", "open", "in progress", "in review", "candidate", "done", "cancelled", "retold"];
  const DAY = 86400000;
  const sorting = { column: "", down: false };

  recount();
  setUpSorting();
  form.hidden = false;
  read();
  form.addEventListener("input", changed); // not on "change": it comes when a reader presses on a result, and would put another in its place before the click
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  window.addEventListener("popstate", read);
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    if (!link || !link.search || link.host !== location.host || link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation(); // a theme that loads pages by script would go there, too
    history.pushState(null, "", link.href);
    read();
    document.getElementById("list").scrollIntoView();
  });

  /* The page was made on some day; it is read on another, in the archive's zone. */
  function today() {
    const built = page.dataset.asOf;
    let now;
    try {
      now = new Intl.DateTimeFormat("en-CA", { timeZone: page.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
    } catch {
      now = new Date().toISOString().slice(0, 10);
    }
    return now > built ? now : built;
  }

  function recount() {
    const day = today();
    const stamp = document.getElementById("aw-as-of");
    if (stamp && day !== page.dataset.asOf) {
      stamp.dateTime = day;
      stamp.textContent = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(day));
    }
    const overdue = groups.find((group) => group.dataset.group === "overdue");
    for (const row of rows) {
      if (!("unfinished" in row.dataset) || !row.dataset.due || row.dataset.due >= day) continue;
      const late = Math.round((Date.parse(day) - Date.parse(row.dataset.due)) / DAY);
      setLate(row, late);
      if (row.dataset.state === "overdue") continue;
      row.dataset.state = "overdue";
      setBadge(row);
      home.set(row, overdue);
    }
    const late = rows.filter((row) => home.get(row) === overdue);
    late.sort((one, other) => (one.dataset.due < other.dataset.due ? -1 : one.dataset.due > other.dataset.due ? 1 : place.get(one) - place.get(other)));
    const first = Math.min(...late.map((row) => place.get(row)), 0);
    late.forEach((row, position) => {
      overdue.append(row);
      place.set(row, first + position - late.length);
    });
    for (const group of groups) {
      const held = rows.filter((row) => home.get(row) === group).length;
      const number = page.querySelector(`[data-count="${group.dataset.group}"]`);
      if (number) number.textContent = String(held);
    }
  }

  function setLate(row, days) {
    const cell = row.querySelector('[data-label="Due"]');
    let mark = cell.querySelector(".aw-late");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "aw-late";
      cell.append(" ", mark);
    }
    mark.textContent = `${days} ${days === 1 ? "day" : "days"} over`;
  }

  function setBadge(row) {
    const badge = row.querySelector(".aw-state");
    badge.className = "aw-state aw-state--overdue";
    badge.lastChild.textContent = "overdue";
    const glyph = badge.querySelector("i");
    if (glyph) glyph.textContent = "!";
    words.set(row, row.textContent.toLowerCase());
  }

  function setUpSorting() {
    for (const head of columns) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "aw-sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        if (sorting.column !== head.dataset.sort) Object.assign(sorting, { column: head.dataset.sort, down: false });
        else if (!sorting.down) sorting.down = true;
        else Object.assign(sorting, { column: "", down: false });
        changed();
      });
    }
  }

  function key(row, column) {
    if (column === "state") return String(STATES.indexOf(row.dataset.state)).padStart(2, "0");
    if (column === "due") {
      const day = row.querySelector('[data-label="Due"] time');
      return day ? day.dateTime : "";
    }
    const position = columns.findIndex((head) => head.dataset.sort === column);
    return position < 0 ? "" : row.cells[position].textContent.trim().toLowerCase();
  }

  function sort() {
    for (const head of columns) {
      if (head.dataset.sort === sorting.column) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const order = [...rows].sort((one, other) => place.get(one) - place.get(other));
    if (sorting.column) {
      const keys = new Map(rows.map((row) => [row, key(row, sorting.column)]));
      order.sort((one, other) => {
        const [a, b] = [keys.get(one), keys.get(other)];
        if (!a !== !b) return a ? -1 : 1; /* what is not stated comes last either way */
        return (sorting.down ? -1 : 1) * a.localeCompare(b, "en", { numeric: true });
      });
    }
    for (const row of order) (sorting.column ? groups[0] : home.get(row)).append(row);
  }

  function fits(row, asked, text) {
    const state = asked.get("state");
    if (state === "unfinished" ? !("unfinished" in row.dataset) : state && !inState(row, state)) return false;
    for (const name of ["owner", "team", "category"]) {
      if (asked.get(name) && row.dataset[name] !== asked.get(name)) return false;
    }
    const service = asked.get("service");
    if (service && !row.dataset.service.split(" ").includes(service)) return false;
    return text.every((word) => words.get(row).includes(word));
  }

  /* "open" is what the group of that name holds: work in progress and in review is open, too. */
  function inState(row, state) {
    return row.dataset.state === state || (state === "open" && home.get(row).dataset.group === "open");
  }

  function show() {
    const asked = new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const text = (asked.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, asked, text);
      shown += row.hidden ? 0 : 1;
    }
    for (const group of groups) {
      const here = [...group.querySelectorAll(".aw-act")].filter((row) => !row.hidden).length;
      const head = group.querySelector(".aw-group");
      head.hidden = Boolean(sorting.column);
      head.querySelector(".aw-group__count").textContent = String(here);
      group.hidden = !here;
    }
    const of = shown === rows.length ? "" : ` of ${rows.length}`;
    count.textContent = shown ? `${shown}${of} ${shown === 1 && !of ? "action" : "actions"}` : "No action fits. Clear a filter to see more.";
    return asked;
  }

  function changed() {
    sort();
    const asked = show();
    const query = new URLSearchParams([...asked].filter(([, value]) => value));
    if (sorting.column) query.set("sort", (sorting.down ? "-" : "") + sorting.column);
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = query.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
    }
    const wanted = query.get("sort") || "";
    sorting.down = wanted.startsWith("-");
    sorting.column = columns.some((head) => head.dataset.sort === wanted.replace(/^-/, "")) ? wanted.replace(/^-/, "") : "";
    sort();
    show();
  }
})();
