/* The filter over all lists of actions: it reads one file with every action, and puts what fits in the place of the list. */
(() => {
  "use strict";

  const page = document.querySelector("[data-file]");
  const form = document.getElementById("aw-filters");
  const table = document.getElementById("aw-actions");
  if (!page || !form || !table) return;

  const AT_ONCE = 100;
  const SOON = 7;
  const STILL = 30;
  const DAY = 86400000;
  const GLYPHS = { overdue: "!", open: "○", "in progress": "◐", "in review": "◑", candidate: "◌", done: "✓", cancelled: "×" };
  const UNFINISHED = ["open", "in progress", "in review"];
  const ORDER = ["overdue", ...Object.keys(GLYPHS).slice(1)];
  const count = document.getElementById("aw-count");
  const listed = count.textContent;
  const built = table.tBodies[0];
  const found = document.createElement("tbody");
  const pager = page.querySelector(".aw-pager");
  const empty = page.querySelector(".aw-empty");
  const heads = [...table.tHead.rows[0].cells];
  const more = element("button", "aw-button", "Show more");
  const sorting = { column: "", down: false };
  const made = number(page.dataset.asOf);
  let rows = null;
  let loading = null;
  let hits = [];
  let shown = 0;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function number(day) {
    return Math.round(Date.parse(day) / DAY);
  }

  /* afterword.js, which comes first, says on which day the page is read. */
  function today() {
    return number(page.dataset.today || page.dataset.asOf);
  }

  function load() {
    loading =
      loading ||
      fetch(page.dataset.file)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
        .then((file) => {
          const day = today();
          rows = file.rows.map((row, place) => unpacked(row, file, place, day));
        });
    return loading;
  }

  function unpacked([record, id, text, owner, team, due, status, category, priority, ticket, link, closed, retold, changed, drifts = []], file, place, day) {
    const [path, title, tone, severity, services] = file.records[record];
    const unfinished = !retold && UNFINISHED.includes(status);
    const row = { place, id, text, due, status, priority, ticket, closed, retold, unfinished, drifts, path, title, tone, severity };
    row.url = typeof link === "number" ? file.trackers[link] + ticket : link;
    [row.owner, row.ownerSlug] = file.owners[owner];
    [row.team, row.teamSlug] = file.teams[team];
    [row.categoryId, row.category] = file.categories[category];
    row.services = services.map((service) => file.services[service]);
    row.state = unfinished && due && due < day ? "overdue" : status;
    row.soon = unfinished && due && due >= day && due <= day + SOON;
    row.still = unfinished && changed && made - changed >= STILL;
    return row;
  }

  function words(row) {
    row.words = row.words || [row.id, row.text, row.title, row.owner, row.team, row.ticket, row.category].join(" ").toLowerCase();
    return row.words;
  }

  const STATES = {
    all: () => true,
    unfinished: (row) => row.unfinished,
    "due soon": (row) => row.soon,
    unchanged: (row) => row.still,
    open: (row) => row.unfinished && row.state !== "overdue",
    retold: (row) => row.retold,
  };

  function has(row, name, value) {
    const typed = form.elements[name] && form.elements[name].localName === "input";
    const held = { owner: [row.owner], team: [row.team], priority: [row.priority], category: [row.categoryId, row.category], service: row.services.flat(), ticket: row.drifts.length ? ["otherwise"] : [] }[name] || [];
    if (!typed) return held.includes(value);
    return held.some((each) => each.toLowerCase().includes(value.toLowerCase()));
  }

  function asked() {
    return new Map([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([name, value]) => value && !(name === "state" && value === page.dataset.state)));
  }

  function fits(row, query, state, text) {
    const inState = STATES[state] || ((each) => !each.retold && each.state === state);
    if (!inState(row)) return false;
    for (const [name, value] of query) if (name !== "state" && name !== "text" && !has(row, name, value)) return false;
    return text.every((word) => words(row).includes(word));
  }

  const KEYS = {
    state: (row) => String(ORDER.indexOf(row.state)),
    action: (row) => `${row.text}`.toLowerCase(),
    record: (row) => row.title.toLowerCase(),
    owner: (row) => row.owner.toLowerCase(),
    due: (row) => (row.due ? String(row.due).padStart(7, "0") : ""),
    category: (row) => row.category.toLowerCase(),
    ticket: (row) => row.ticket.toLowerCase(),
  };

  function compare(one, other) {
    const [a, b] = [KEYS[sorting.column](one), KEYS[sorting.column](other)];
    if (!a !== !b) return a ? -1 : 1; /* what is not stated comes last either way */
    return (sorting.down ? -1 : 1) * a.localeCompare(b, "en", { numeric: true }) || one.place - other.place;
  }

  function show() {
    const query = asked();
    const isAsked = query.size > 0 || Boolean(sorting.column);
    for (const head of heads) {
      if (head.dataset.sort === sorting.column) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    built.hidden = isAsked;
    found.hidden = !isAsked;
    if (pager) pager.hidden = isAsked;
    if (empty) empty.hidden = isAsked;
    if (!isAsked) {
      count.textContent = listed;
      more.hidden = true;
      return;
    }
    if (!rows) {
      count.textContent = "Reading all actions …";
      load().then(show, () => {
        built.hidden = false;
        found.hidden = true;
        if (pager) pager.hidden = false;
        count.textContent = "The file with all actions could not be read, so that nothing is filtered; the list below is whole.";
      });
      return;
    }
    const text = (query.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const state = form.elements.state.value;
    hits = rows.filter((row) => fits(row, query, state, text));
    if (sorting.column) hits.sort(compare);
    found.replaceChildren();
    shown = 0;
    grow();
    const all = rows.length.toLocaleString("en");
    count.textContent = hits.length ? `${hits.length.toLocaleString("en")} of ${all} actions` : `None of ${all} actions fits. Clear a filter to see more.`;
  }

  function grow() {
    const next = hits.slice(shown, shown + AT_ONCE);
    found.append(...next.map(line));
    shown += next.length;
    more.hidden = shown >= hits.length;
    more.textContent = `Show more (${(hits.length - shown).toLocaleString("en")} left)`;
  }

  function line(row) {
    const made = element("tr", "aw-act");
    made.append(stateCell(row), actionCell(row), recordCell(row), ownerCell(row), dueCell(row), categoryCell(row), ticketCell(row));
    return made;
  }

  function link(text, href, className) {
    const made = element("a", className, text);
    made.href = href;
    return made;
  }

  function stateCell(row) {
    const cell = element("td");
    const badge = element("span", `aw-state aw-state--${row.state.replace(/ /g, "-")}`);
    const glyph = element("i", "", GLYPHS[row.state] || "?");
    glyph.setAttribute("aria-hidden", "true");
    badge.append(glyph, ` ${row.state}`);
    cell.append(badge);
    if (row.retold) cell.append(" ", element("span", "aw-retold", "retold"));
    return cell;
  }

  function actionCell(row) {
    const cell = element("td");
    cell.append(link(row.id, `${page.dataset.base}${row.path}#${row.id.toLowerCase()}`, "aw-act__id"), ` ${row.text}`);
    return cell;
  }

  function recordCell(row) {
    const cell = element("td");
    cell.append(link(row.title, page.dataset.base + row.path));
    if (row.severity) {
      const badge = element("span", `aw-badge aw-badge--${row.tone}`);
      badge.append(element("i"), ` ${row.severity}`);
      cell.append(" ", badge);
    }
    return cell;
  }

  function ownerCell(row) {
    const cell = element("td");
    cell.append(row.ownerSlug ? link(row.owner, `${page.dataset.base}owners/${row.ownerSlug}/`, "aw-quiet") : row.owner);
    if (row.team && row.team !== row.owner) {
      const team = element("span", "aw-muted");
      team.append(row.teamSlug ? link(row.team, `${page.dataset.base}teams/${row.teamSlug}/`, "aw-quiet") : row.team);
      cell.append(" ", team);
    }
    return cell;
  }

  function dueCell(row) {
    const cell = element("td");
    cell.dataset.label = "Due";
    if (row.due) {
      cell.append(day(row.due));
      const over = today() - row.due;
      if (row.state === "overdue") cell.append(" ", element("span", "aw-late", `${over} ${over === 1 ? "day" : "days"} over`));
    } else cell.append(element("span", "aw-muted", row.closed ? `${row.status} ${day(row.closed).textContent}` : "no date"));
    return cell;
  }

  function day(count) {
    const at = new Date(count * DAY);
    const made = element("time", "", new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(at).replace("Sept", "Sep"));
    made.dateTime = at.toISOString().slice(0, 10);
    return made;
  }

  function categoryCell(row) {
    const cell = element("td", "", row.category);
    if (row.priority) cell.append(" ", element("span", "aw-muted", row.priority));
    return cell;
  }

  function ticketCell(row) {
    const cell = element("td");
    if (row.url) {
      const made = link(row.ticket || "link", row.url);
      made.rel = "noopener";
      cell.append(made);
    } else cell.append(row.ticket);
    for (const each of row.drifts) cell.append(" ", element("span", "aw-drift", each));
    return cell;
  }

  function setUpSorting() {
    for (const head of heads) {
      const button = element("button", "aw-sort", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        if (sorting.column !== head.dataset.sort) Object.assign(sorting, { column: head.dataset.sort, down: false });
        else if (!sorting.down) sorting.down = true;
        else Object.assign(sorting, { column: "", down: false });
        changed();
      });
    }
  }

  function changed() {
    const query = new URLSearchParams([...asked()]);
    if (sorting.column) query.set("sort", (sorting.down ? "-" : "") + sorting.column);
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
    show();
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name) continue;
      const usual = field.name === "state" ? page.dataset.state : "";
      field.value = query.get(field.name) || usual;
      if (field.selectedIndex === -1) field.value = usual;
    }
    const wanted = query.get("sort") || "";
    sorting.down = wanted.startsWith("-");
    sorting.column = Object.hasOwn(KEYS, wanted.replace(/^-/, "")) ? wanted.replace(/^-/, "") : "";
    show();
  }

  found.hidden = true;
  table.append(found);
  more.type = "button";
  more.hidden = true;
  table.parentElement.after(more);
  more.addEventListener("click", () => grow());
  setUpSorting();
  form.hidden = false;
  read();
  form.addEventListener("input", changed); // not on "change": it comes when a reader presses on a result, and would put another in its place before the click
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    setTimeout(() => {
      form.elements.state.value = page.dataset.state;
      sorting.column = "";
      changed();
    }),
  );
  window.addEventListener("popstate", read);
})();
