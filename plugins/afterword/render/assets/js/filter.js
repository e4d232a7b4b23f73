/* Lists of actions, and of causes and risks: filters and an order that stand in the address.
   Causes and risks are all in the page. Of the actions one file has all; what fits of them stands in the place of the list. */
(() => {
  "use strict";

  const page = document.querySelector(".aw-dashboard");
  const form = document.getElementById("aw-filters");
  const tables = page ? [...page.querySelectorAll(".aw-dash")] : [];
  if (!tables.length || !form) return;

  const DAY = 86400000;
  const count = document.getElementById("aw-count");
  const heads = tables.flatMap(headsOf);
  const usual = page.dataset.state || "";
  const collator = new Intl.Collator("en", { numeric: true });
  const sorting = { column: "", down: false };
  const list = page.dataset.file ? actions(tables[0]) : causes();

  for (const head of heads) {
    const button = element("button", "aw-sort", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const again = sorting.column === head.dataset.sort;
      sorting.column = again && sorting.down ? "" : head.dataset.sort;
      sorting.down = again && !sorting.down;
      changed();
    });
  }
  form.hidden = false;
  read();
  form.addEventListener("input", changed); // not on "change": it comes when a reader presses on a result, and would put another in its place before the click
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    setTimeout(() => {
      form.elements.state.value = usual;
      sorting.column = "";
      changed();
    }),
  );
  window.addEventListener("popstate", read);
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !link.search || link.host !== location.host || link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation(); // a theme that loads pages by script would go there, too
    history.pushState(null, "", link.href);
    read();
    document.getElementById(link.hash.slice(1) || "list").scrollIntoView();
  });

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function headsOf(table) {
    return [...table.tHead.rows[0].cells];
  }

  /* afterword.js, which comes first, says on which day the page is read. */
  function today() {
    return page.dataset.today || page.dataset.asOf;
  }

  function asked() {
    const told = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
    return new Map(told.filter(([name, value]) => value && !(name === "state" && value === usual)));
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name) continue;
      const fallback = field.name === "state" ? usual : "";
      field.value = query.get(field.name) || fallback;
      if (field.selectedIndex === -1) field.value = fallback;
    }
    const [, minus, column] = /^(-?)(.*)/.exec(query.get("sort") || "");
    sorting.down = Boolean(minus);
    sorting.column = heads.some((head) => head.dataset.sort === column) ? column : "";
    show();
  }

  function changed() {
    const query = new URLSearchParams([...asked()]);
    if (sorting.column) query.set("sort", (sorting.down ? "-" : "") + sorting.column);
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
    show();
  }

  function show() {
    for (const head of heads) {
      if (head.dataset.sort === sorting.column) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const query = asked();
    const state = form.elements.state.value;
    const words = (query.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = [...query].filter(([name]) => name !== "state" && name !== "text");
    const fits = (row) => list.inState(row, state) && wanted.every(([name, value]) => list.has(row, name, value)) && words.every((word) => list.words(row).includes(word));
    list.show(fits, query.size > 0 || Boolean(sorting.column));
  }

  /* Rows in the order that is asked for; what is not stated comes last either way. */
  function sorted(rows) {
    if (!sorting.column) return rows;
    const keys = new Map(rows.map((row) => [row, list.key(row, sorting.column)]));
    return [...rows].sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (!a !== !b) return a ? -1 : 1;
      return (sorting.down ? -1 : 1) * collator.compare(a, b);
    });
  }

  /* Causes and risks, in one table or several, by groups. */
  function causes() {
    const SEVERAL = ["service", "class"]; // attributes that hold several values, parted by blanks
    const groups = tables.flatMap((table) => [...table.tBodies]);
    const made = groups.flatMap((group) => [...group.querySelectorAll(".aw-act")]);
    const home = new Map(made.map((row) => [row, row.parentElement]));
    const words = new Map(made.map((row) => [row, row.textContent.toLowerCase()]));
    const states = [...form.elements.state.options].map((option) => option.value);
    const rows = recounted();

    /* What is past on the day of reading goes to the group of that name, the longest past first. */
    function recounted() {
      const past = groups.find((group) => group.dataset.group === "past");
      for (const row of made) {
        if (!row.dataset.due || row.dataset.due >= today() || row.dataset.state === row.dataset.late) continue;
        row.dataset.state = row.dataset.late;
        home.set(row, past);
      }
      for (const group of groups) {
        const number = page.querySelector(`[data-count="${group.dataset.group}"]`);
        if (number) number.textContent = made.filter((row) => home.get(row) === group).length;
      }
      const late = made.filter((row) => home.get(row) === past);
      late.sort((one, other) => collator.compare(one.dataset.due, other.dataset.due));
      return [...late, ...made.filter((row) => !late.includes(row))];
    }

    /* Of several tables those that have the column are sorted. */
    function isSorted(group) {
      return headsOf(group.closest("table")).some((head) => head.dataset.sort === sorting.column);
    }

    return {
      words: (row) => words.get(row),
      inState: (row, state) => !state || row.dataset.state === state,
      has(row, name, value) {
        const held = row.dataset[name] || "";
        return SEVERAL.includes(name) ? held.split(" ").includes(value) : held === value;
      },
      key(row, column) {
        if (column === "state") return String(states.indexOf(row.dataset.state) + 1);
        const cell = row.cells[headsOf(row.closest("table")).findIndex((head) => head.dataset.sort === column)];
        const day = cell && cell.querySelector("time");
        return day ? day.dateTime : cell ? cell.textContent.trim().toLowerCase() : "";
      },
      show(fits) {
        for (const row of sorted(rows)) {
          const group = home.get(row);
          (isSorted(group) ? row.closest("table").tBodies[0] : group).append(row);
          row.hidden = !fits(row);
        }
        for (const group of groups) {
          const here = [...group.querySelectorAll(".aw-act")].filter((row) => !row.hidden).length;
          const head = group.querySelector(".aw-group");
          head.hidden = isSorted(group);
          head.querySelector(".aw-group__count").textContent = here;
          group.hidden = !here;
        }
        for (const table of tables) table.parentElement.hidden = tables.length > 1 && [...table.tBodies].every((group) => group.hidden);
        const shown = rows.filter((row) => !row.hidden).length;
        const of = shown === rows.length ? "" : ` of ${rows.length}`;
        const { one, many } = count.dataset;
        count.textContent = shown ? `${shown}${of} ${shown === 1 && !of ? one : many}` : `No ${one} fits. Clear a filter to see more.`;
      },
    };
  }

  /* Actions, read from their file as soon as one filter is set. */
  function actions(table) {
    const AT_ONCE = 100;
    const SOON = 7;
    const STILL = 30;
    const GLYPHS = { overdue: "!", open: "○", "in progress": "◐", "in review": "◑", candidate: "◌", done: "✓", cancelled: "×" };
    const UNFINISHED = ["open", "in progress", "in review"];
    const ORDER = Object.keys(GLYPHS);
    const STATES = {
      all: () => true,
      unfinished: (row) => row.unfinished,
      "due soon": (row) => row.soon,
      unchanged: (row) => row.still,
      open: (row) => row.unfinished && row.state !== "overdue",
      retold: (row) => row.retold,
    };
    const listed = count.textContent;
    const built = [table.tBodies[0], ...page.querySelectorAll(".aw-pager, .aw-empty")];
    const found = table.appendChild(element("tbody"));
    const more = element("button", "aw-button");
    let rows = null;
    let loading = null;
    let hits = [];
    more.type = "button";
    more.addEventListener("click", grow);
    table.parentElement.after(more);

    function number(day) {
      return Math.round(Date.parse(day) / DAY);
    }

    async function load() {
      const answer = await fetch(page.dataset.file);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const file = await answer.json();
      const [day, made] = [number(today()), number(page.dataset.asOf)];
      rows = file.rows.map((row) => unpacked(row, file, day, made));
    }

    function unpacked([record, id, text, owner, team, due, status, category, priority, ticket, link, closed, retold, changed, drifts = []], file, day, made) {
      const [path, title, tone, severity, services] = file.records[record];
      const unfinished = !retold && UNFINISHED.includes(status);
      const row = { id, text, due, status, priority, ticket, closed, retold, unfinished, drifts, path, title, tone, severity };
      row.url = typeof link === "number" ? file.trackers[link] + ticket : link;
      [row.owner, row.ownerSlug] = file.owners[owner];
      [row.team, row.teamSlug] = file.teams[team];
      [row.categoryId, row.category] = file.categories[category];
      row.services = services.flatMap((service) => file.services[service]);
      row.late = unfinished && due && due < day ? day - due : 0;
      row.state = row.late ? "overdue" : status;
      row.soon = unfinished && due && due >= day && due <= day + SOON;
      row.still = unfinished && changed && made - changed >= STILL;
      return row;
    }

    function grow() {
      const shown = found.rows.length;
      const next = hits.slice(shown, shown + AT_ONCE);
      found.append(...next.map(line));
      const left = hits.length - shown - next.length;
      more.hidden = !left;
      more.textContent = `Show more (${left.toLocaleString("en")} left)`;
    }

    function line({ id, path, text, title, state, tone, severity, due, late, status, closed, category, priority, ticket, url, ...row }) {
      const glyph = element("i", "", GLYPHS[state] || "?");
      glyph.setAttribute("aria-hidden", "true");
      const tracked = url ? link(ticket || "link", url) : ticket;
      if (url) tracked.rel = "noopener";
      const team = row.team !== row.owner && row.team;
      const parts = [
        [span(`aw-state aw-state--${state.replace(/ /g, "-")}`, glyph, ` ${state}`), row.retold && span("aw-retold", "retold")],
        [link(id, `${page.dataset.base}${path}#${id.toLowerCase()}`, "aw-act__id"), text],
        [link(title, page.dataset.base + path), severity && span(`aw-badge aw-badge--${tone}`, element("i"), ` ${severity}`)],
        [named(row.owner, "owners", row.ownerSlug), team && span("aw-muted", named(team, "teams", row.teamSlug))],
        due ? [day(due), late && span("aw-late", `${late} ${late === 1 ? "day" : "days"} over`)] : [span("aw-muted", closed ? `${status} ${day(closed).textContent}` : "no date")],
        [category, priority && span("aw-muted", priority)],
        [tracked, ...row.drifts.map((each) => span("aw-drift", each))],
      ];
      const cells = parts.map((cell) => element("td", "", ...cell.filter(Boolean).flatMap((part) => [part, " "]).slice(0, -1)));
      cells[4].dataset.label = "Due";
      return element("tr", "aw-act", ...cells);
    }

    function span(className, ...children) {
      return element("span", className, ...children);
    }

    function link(text, href, className) {
      const made = element("a", className, text);
      made.href = href;
      return made;
    }

    function named(name, folder, slug) {
      return slug ? link(name, `${page.dataset.base}${folder}/${slug}/`, "aw-quiet") : name;
    }

    function day(number) {
      const at = new Date(number * DAY);
      const made = element("time", "", at.toUTCString().slice(5, 16).replace(/^0/, ""));
      made.dateTime = at.toISOString().slice(0, 10);
      return made;
    }

    function put(isFound) {
      for (const each of built) each.hidden = isFound;
      found.hidden = !isFound;
    }

    return {
      words(row) {
        row.words ||= [row.id, row.text, row.title, row.owner, row.team, row.ticket, row.category].join(" ").toLowerCase();
        return row.words;
      },
      inState: (row, state) => (STATES[state] ? STATES[state](row) : !row.retold && row.state === state),
      has(row, name, value) {
        const held = { owner: [row.owner], team: [row.team], priority: [row.priority], category: [row.categoryId, row.category], service: row.services, ticket: row.drifts.length ? ["otherwise"] : [] }[name] || [];
        if (form.elements[name].localName !== "input") return held.includes(value);
        return held.some((each) => each.toLowerCase().includes(value.toLowerCase()));
      },
      key(row, column) {
        if (column === "state") return String(ORDER.indexOf(row.state));
        const value = { action: row.text, record: row.title }[column] ?? row[column];
        return String(value || "").toLowerCase();
      },
      show(fits, isAsked) {
        put(isAsked);
        more.hidden = true;
        if (!isAsked) {
          count.textContent = listed;
          return;
        }
        if (!rows) {
          count.textContent = "Reading all actions …";
          loading ||= load();
          loading.then(show, () => {
            put(false);
            count.textContent = "The file with all actions could not be read, so that nothing is filtered; the list below is whole.";
          });
          return;
        }
        hits = sorted(rows.filter(fits));
        found.replaceChildren();
        grow();
        const all = rows.length.toLocaleString("en");
        count.textContent = hits.length ? `${hits.length.toLocaleString("en")} of ${all} actions` : `None of ${all} actions fits. Clear a filter to see more.`;
      },
    };
  }
})();
