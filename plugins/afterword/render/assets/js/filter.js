/* Lists of what is owed, in one table or several: what is late today, filters that stand in the address, and sorting. */
(() => {
  "use strict";

  const page = document.querySelector(".aw-dashboard");
  const tables = page ? [...page.querySelectorAll(".aw-dash")] : [];
  const form = document.getElementById("aw-filters");
  if (!tables.length || !form) return;

  const count = document.getElementById("aw-count");
  const groups = tables.flatMap((table) => [...table.tBodies]);
  const rows = groups.flatMap((group) => [...group.querySelectorAll(".aw-act")]);
  const place = new Map(rows.map((row, position) => [row, position]));
  const home = new Map(rows.map((row) => [row, row.parentElement]));
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const heads = (table) => [...table.tHead.rows[0].cells];
  const columns = tables.flatMap(heads);
  const states = [...form.elements.state.options].map((option) => option.value);
  const SEVERAL = ["service", "class"]; // attributes that hold several values, parted by blanks
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
    document.getElementById(link.hash.slice(1) || "list").scrollIntoView();
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
    const overdue = groups.find((group) => ["overdue", "past"].includes(group.dataset.group));
    for (const row of rows) {
      if (!row.dataset.due || row.dataset.due >= day) continue;
      const late = Math.round((Date.parse(day) - Date.parse(row.dataset.due)) / DAY);
      setLate(row, late);
      const state = row.dataset.late || "overdue";
      if (row.dataset.state === state) continue;
      row.dataset.state = state;
      setBadge(row, state);
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
    const cell = row.querySelector('[data-label="Due"], [data-label="Review"]');
    let mark = cell.querySelector(".aw-late");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "aw-late";
      cell.append(" ", mark);
    }
    mark.textContent = `${days} ${days === 1 ? "day" : "days"} over`;
  }

  function setBadge(row, state) {
    const badge = row.querySelector(".aw-state");
    badge.className = `aw-state aw-state--${state.replace(/ /g, "-")}`;
    badge.lastChild.textContent = ` ${state}`;
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
    if (column === "state") return String(states.indexOf(row.dataset.state)).padStart(2, "0");
    const cell = row.cells[heads(row.closest("table")).findIndex((head) => head.dataset.sort === column)];
    const day = cell && cell.querySelector("time");
    return day ? day.dateTime : cell ? cell.textContent.trim().toLowerCase() : "";
  }

  /* Of several tables those that have the column are sorted. */
  function isSorted(group) {
    return Boolean(sorting.column) && heads(group.closest("table")).some((head) => head.dataset.sort === sorting.column);
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
    for (const row of order) (isSorted(home.get(row)) ? row.closest("table").tBodies[0] : home.get(row)).append(row);
  }

  function fits(row, asked, text) {
    const state = asked.get("state");
    if (state === "unfinished" ? !("unfinished" in row.dataset) : state && !inState(row, state)) return false;
    for (const [name, value] of asked) {
      if (!value || name === "state" || name === "text") continue;
      const held = row.dataset[name] || "";
      if (SEVERAL.includes(name) ? !held.split(" ").includes(value) : held !== value) return false;
    }
    return text.every((word) => words.get(row).includes(word));
  }

  /* "open" is what the group of that name holds: work in progress and in review is open, too. */
  function inState(row, state) {
    return row.dataset.state === state || home.get(row).dataset.group === state;
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
      head.hidden = isSorted(group);
      head.querySelector(".aw-group__count").textContent = String(here);
      group.hidden = !here;
    }
    for (const table of tables) table.parentElement.hidden = tables.length > 1 && [...table.tBodies].every((group) => group.hidden);
    const of = shown === rows.length ? "" : ` of ${rows.length}`;
    const { one, many } = count.dataset;
    count.textContent = shown ? `${shown}${of} ${shown === 1 && !of ? one : many}` : `No ${one} fits. Clear a filter to see more.`;
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
