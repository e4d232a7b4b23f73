/* Lists of actions, of causes and of risks: filters and an order that stand in the address.
   One file has all of them; what fits stands in the place of the list. */
(() => {
  "use strict";

  const page = document.querySelector(".aw-dashboard");
  const form = document.getElementById("aw-filters");
  const table = page && page.querySelector(".aw-dash");
  if (!table || !form) return;

  const DAY = 86400000;
  const AT_ONCE = 100;
  const GLYPHS = {
    overdue: "!",
    open: "○",
    "in progress": "◐",
    "in review": "◑",
    candidate: "◌",
    done: "✓",
    cancelled: "×",
    "review past": "!",
    unaddressed: "–",
    "action cancelled": "×",
    "action missing": "?",
    "risk accepted": "◇",
  };
  const ORDER = Object.keys(GLYPHS);
  const count = document.getElementById("aw-count");
  const heads = [...table.tHead.rows[0].cells];
  const usual = page.dataset.state || "";
  const collator = new Intl.Collator("en", { numeric: true });
  const sorting = { column: "", down: false };
  const listed = count.textContent;
  const noun = count.dataset.many;
  const built = [...table.tBodies, ...page.querySelectorAll(".aw-pager, .aw-empty")].filter((each) => !each.hidden);
  const found = table.appendChild(element("tbody"));
  const more = element("button", "aw-button");
  const kind = page.dataset.rows === "rows" ? actions() : causes();
  let rows = null;
  let loading = null;
  let hits = [];
  more.type = "button";
  more.addEventListener("click", grow);
  table.parentElement.after(more);

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

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function span(className, ...children) {
    return element("span", className, ...children);
  }

  function link(text, href, className) {
    const made = element("a", className, text);
    made.href = href;
    return made;
  }

  function badge(state) {
    const glyph = element("i", "", GLYPHS[state] || "?");
    glyph.setAttribute("aria-hidden", "true");
    return span(`aw-state aw-state--${state.replace(/ /g, "-")}`, glyph, ` ${state}`);
  }

  function severityBadge({ tone, severity }) {
    return severity && span(`aw-badge aw-badge--${tone}`, element("i"), ` ${severity}`);
  }

  function day(number) {
    const at = new Date(number * DAY);
    const made = element("time", "", at.toUTCString().slice(5, 16).replace(/^0/, ""));
    made.dateTime = at.toISOString().slice(0, 10);
    return made;
  }

  function days(number) {
    return `${number.toLocaleString("en")} ${number === 1 ? "day" : "days"}`;
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
    const fits = (row) => kind.inState(row, state) && wanted.every(([name, value]) => has(row, name, value)) && words.every((word) => wordsOf(row).includes(word));
    const isAsked = query.size > 0 || Boolean(sorting.column);
    put(isAsked);
    more.hidden = true;
    if (!isAsked) {
      count.textContent = listed;
      return;
    }
    if (!rows) {
      count.textContent = `Reading all ${noun} …`;
      loading ||= load();
      loading.then(show, () => {
        put(false);
        count.textContent = `The file with all ${noun} could not be read, so that nothing is filtered; the list below is whole.`;
      });
      return;
    }
    hits = sorted(rows.filter(fits));
    found.replaceChildren();
    grow();
    // Until another state is asked for, the number to compare with is that of the list, as above its filters.
    const of = state === usual ? rows.filter((row) => kind.inState(row, state)) : rows;
    const all = of.length.toLocaleString("en");
    count.textContent = hits.length ? `${hits.length.toLocaleString("en")} of ${all} ${noun}` : `None of ${all} ${noun} fits. Clear a filter to see more.`;
  }

  function put(isFound) {
    for (const each of built) each.hidden = isFound;
    found.hidden = !isFound;
  }

  async function load() {
    const answer = await fetch(page.dataset.file);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const file = await answer.json();
    const [now, made] = [today(), page.dataset.asOf].map((each) => Math.round(Date.parse(each) / DAY));
    rows = file[page.dataset.rows].map((row) => kind.unpacked(row, file, now, made));
  }

  function grow() {
    const shown = found.rows.length;
    const next = hits.slice(shown, shown + AT_ONCE);
    found.append(...next.map(line));
    const left = hits.length - shown - next.length;
    more.hidden = !left;
    more.textContent = `Show more (${left.toLocaleString("en")} left)`;
  }

  function line(row) {
    const cells = kind.cells(row).map((cell, place) => {
      const made = element("td", "", ...cell.filter(Boolean).flatMap((part) => [part, " "]).slice(0, -1));
      made.dataset.label = heads[place].textContent;
      return made;
    });
    return element("tr", "aw-act", ...cells);
  }

  function wordsOf(row) {
    row.words ||= kind.words(row).join(" ").toLowerCase();
    return row.words;
  }

  function has(row, name, value) {
    const held = kind.held(row)[name] || [];
    if (form.elements[name].localName !== "input") return held.includes(value);
    return held.some((each) => each.toLowerCase().includes(value.toLowerCase()));
  }

  function keyOf(row, column) {
    return column === "state" ? String(ORDER.indexOf(row.state)) : String(kind.key(row, column) || "").toLowerCase();
  }

  /* Rows in the order that is asked for; what is not stated comes last either way. */
  function sorted(rows) {
    if (!sorting.column) return rows;
    const keys = new Map(rows.map((row) => [row, keyOf(row, sorting.column)]));
    return [...rows].sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (!a !== !b) return a ? -1 : 1;
      return (sorting.down ? -1 : 1) * collator.compare(a, b);
    });
  }

  function actions() {
    const SOON = 7;
    const STILL = 30;
    const UNFINISHED = ["open", "in progress", "in review"];
    const STATES = {
      all: () => true,
      unfinished: (row) => row.unfinished,
      "due soon": (row) => row.soon,
      unchanged: (row) => row.still,
      open: (row) => row.unfinished && row.state !== "overdue",
      retold: (row) => row.retold,
    };

    function named(name, folder, slug) {
      return slug ? link(name, `${page.dataset.base}${folder}/${slug}/`, "aw-quiet") : name;
    }

    return {
      unpacked([record, id, text, owner, team, due, status, category, priority, ticket, link, closed, retold, changed, drifts = []], file, now, made) {
        const [path, title, tone, severity, services] = file.records[record];
        const unfinished = !retold && UNFINISHED.includes(status);
        const row = { id, text, due, status, priority, ticket, closed, retold, unfinished, drifts, path, title, tone, severity };
        row.url = typeof link === "number" ? file.trackers[link] + ticket : link;
        [row.owner, row.ownerSlug] = file.owners[owner];
        [row.team, row.teamSlug] = file.teams[team];
        [row.categoryId, row.category] = file.categories[category];
        row.services = services.flatMap((service) => file.services[service]);
        row.late = unfinished && due && due < now ? now - due : 0;
        row.state = row.late ? "overdue" : status;
        row.soon = unfinished && due && due >= now && due <= now + SOON;
        row.still = unfinished && changed && made - changed >= STILL;
        return row;
      },
      cells(row) {
        const { id, path, due, late, status, closed, ticket, url } = row;
        const tracked = url ? link(ticket || "link", url) : ticket;
        if (url) tracked.rel = "noopener";
        const team = row.team !== row.owner && row.team;
        return [
          [badge(row.state), row.retold && span("aw-retold", "retold")],
          [link(id, `${page.dataset.base}${path}#${id.toLowerCase()}`, "aw-act__id"), row.text],
          [link(row.title, page.dataset.base + path), severityBadge(row)],
          [named(row.owner, "owners", row.ownerSlug), team && span("aw-muted", named(team, "teams", row.teamSlug))],
          due ? [day(due), late && span("aw-late", `${days(late)} over`)] : [span("aw-muted", closed ? `${status} ${day(closed).textContent}` : "no date")],
          [row.category, row.priority && span("aw-muted", row.priority)],
          [tracked, ...row.drifts.map((each) => span("aw-drift", each))],
        ];
      },
      words: (row) => [row.id, row.text, row.title, row.owner, row.team, row.ticket, row.category],
      inState: (row, state) => (STATES[state] ? STATES[state](row) : !row.retold && row.state === state),
      held: (row) => ({ owner: [row.owner], team: [row.team], priority: [row.priority], category: [row.categoryId, row.category], service: row.services, ticket: row.drifts.length ? ["otherwise"] : [] }),
      key: (row, column) => ({ action: row.text, record: row.title })[column] ?? row[column],
    };
  }

  /* Causes that nothing answers, or accepted risks: these have a reason, a role and a review day. */
  function causes() {
    const accepted = page.dataset.rows === "accepted";
    return {
      unpacked([record, anchor, text, root, note, state, reason, role, review, owed], { records, words, services, classes }, now) {
        const [path, title, tone, severity, severityId, itsServices, itsClasses, year, since, names] = records[record];
        const row = { anchor, text, root, note: words[note], state: words[state], reason: words[reason], role: words[role], review, path, title, tone, severity, severityId, year, since, names };
        row.services = itsServices.flatMap((service) => services[service]);
        row.classes = itsClasses.flatMap((each) => classes[each]);
        row.late = owed && review < now ? now - review : 0;
        row.ago = since && since < now ? now - since : 0;
        if (row.late) row.state = "review past";
        return row;
      },
      cells(row) {
        const href = page.dataset.base + row.path;
        const { review, since } = row;
        return [
          [badge(row.state)],
          [link(row.text, `${href}#${row.anchor}`), row.root && span("aw-root", "root cause"), row.reason && span("aw-muted", `Reason: ${row.reason}`), row.note && span("aw-muted", row.note)],
          [link(row.title, href), severityBadge(row), row.names && span("aw-muted", row.names)],
          ...(accepted
            ? [[row.role], review ? [day(review), row.late && span("aw-late", `${days(row.late)} over`)] : [span("aw-muted", "no readable day")]]
            : [since ? [day(since), row.ago && span("aw-muted", days(row.ago))] : []]),
        ];
      },
      words: (row) => [row.text, row.note, row.reason, row.role, row.title, row.names],
      inState: (row, state) => !state || row.state === state,
      held: (row) => ({ service: row.services, class: row.classes, severity: [row.severityId], year: [row.year] }),
      key: (row, column) => ({ cause: row.text, record: row.title })[column] ?? row[column],
    };
  }
})();
