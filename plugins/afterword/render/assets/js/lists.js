/* Lists of records and overviews that go on over numbered pages: sorted here, over all pages, with the order in the address. */
(() => {
  "use strict";

  const AT_ONCE = 120;
  const FEW = 4; // of so few records no order is asked for
  const DAY = 86400000;
  const GLYPHS = { draft: "✎", "in-review": "◑" };
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  document.querySelectorAll(".aw-list[data-catalogue]").forEach((list) => {
    if (Number(list.dataset.total) > FEW) setUp(list, { "": "Latest first", oldest: "Oldest first", worst: "Worst first", open: "Most open actions first", title: "By title" }, records);
  });
  document.querySelectorAll(".aw-overview").forEach((list) => {
    const names = { "": list.dataset.order, records: "Most records first", latest: "Latest incident first", overdue: "Most overdue first", open: "Most open actions first" };
    if (list.querySelectorAll(".aw-entry").length > 1) setUp(list, names, overview);
  });

  /* Put the choice above a list; `kind` loads what is sorted, and gives a way to show it in an order. */
  function setUp(list, names, kind) {
    const choice = element("select", "");
    for (const [name, label] of Object.entries(names)) choice.append(new Option(label, name));
    const said = element("p", "aw-hidden");
    said.setAttribute("role", "status");
    const field = element("p", "aw-order", element("label", "", element("span", "", "Order "), choice), said);
    const shown = element("div", "aw-list__sorted");
    const built = [...list.children];
    list.prepend(field);
    list.append(shown);
    let show = null;
    read();
    choice.addEventListener("change", () => {
      const query = new URLSearchParams(location.search);
      if (choice.value) query.set("sort", choice.value);
      else query.delete("sort");
      const text = query.toString();
      history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
      order();
    });
    window.addEventListener("popstate", read);

    function read() {
      choice.value = new URLSearchParams(location.search).get("sort") || "";
      if (choice.selectedIndex === -1) choice.value = "";
      order();
    }

    function order() {
      const wanted = choice.value;
      if (!wanted) return put(false);
      show = show || kind(list);
      show
        .then((sorted) => {
          if (choice.value !== wanted) return;
          sorted(wanted, shown);
          put(true);
          said.textContent = `Sorted: ${names[wanted]}`;
        })
        .catch(() => {
          show = null;
          choice.value = "";
          put(false);
          said.className = "aw-hint";
          said.textContent = "The file that is needed to sort could not be loaded; the list stands as it was.";
        });
    }

    function put(sorted) {
      for (const each of built) each.hidden = sorted;
      shown.hidden = !sorted;
    }
  }

  /* Records: the catalogue of the search page has them all. */
  function records(list) {
    return load(list.dataset.catalogue).then((catalogue) => {
      const { facets, records: columns } = catalogue;
      const rows = chosen(list, catalogue);
      const orders = {
        oldest: (one, other) => (columns.day[one] || Infinity) - (columns.day[other] || Infinity) || one - other,
        worst: (one, other) => rank(one) - rank(other) || newest(one, other),
        open: (one, other) => columns.open[other] - columns.open[one] || newest(one, other),
        title: (one, other) => columns.title[one].localeCompare(columns.title[other], document.documentElement.lang || "en", { numeric: true }),
      };
      const base = new URL("../", new URL(list.dataset.catalogue, location.href));

      function newest(one, other) {
        return columns.day[other] - columns.day[one] || other - one;
      }

      function rank(row) {
        const place = columns.severity[row];
        return place < 0 ? Infinity : place;
      }

      function line(row) {
        const day = element("span", "aw-row__day");
        if (columns.day[row]) day.append(time(columns.day[row]));
        const badge = element("span", "aw-row__badge");
        const severity = facets.severity[columns.severity[row]];
        if (severity) badge.append(element("span", `aw-badge aw-badge--${severity[2] || "other"}`, hiddenSign(""), " ", severity[1]));
        const link = element("a", "aw-row__title", columns.title[row]);
        link.href = new URL(`${columns.id[row].slice(0, 4)}/${columns.id[row]}/`, base);
        const main = element("span", "aw-row__main", link);
        const status = facets.status[columns.status[row]];
        if (status && status[0] !== "final") main.append(" ", element("span", `aw-state aw-state--${status[0]}`, hiddenSign(GLYPHS[status[0]] || "?"), " ", status[1]));
        const facts = columns.service[row].map((place) => facets.service[place][1]).join(", ");
        const open = columns.open[row];
        main.append(" ", element("span", "aw-row__facts", facts + (open ? ` · ${open} open ${open === 1 ? "action" : "actions"}` : "")));
        return element("li", "aw-row", day, " ", badge, " ", main);
      }

      return (wanted, shown) => {
        const sorted = [...rows].sort(orders[wanted]);
        const lines = element("ul", "aw-rows");
        const more = element("button", "aw-button", "Show more");
        more.type = "button";
        more.addEventListener("click", () => {
          const from = lines.children.length;
          go();
          lines.children[from].querySelector("a").focus();
        });
        go();
        shown.replaceChildren(lines, element("p", "aw-more", more));

        function go() {
          const from = lines.children.length;
          lines.append(...sorted.slice(from, from + AT_ONCE).map(line));
          more.hidden = lines.children.length >= sorted.length;
        }
      };
    });
  }

  /* The rows that have what the list is about; a class holds those of its narrower ones. */
  function chosen(list, { facets, records: columns }) {
    const tests = [...new URLSearchParams(list.dataset.query)].map(([name, value]) => {
      const places = new Set();
      facets[name].forEach((entry, place) => {
        if (entry[0] === value || (name === "class" && (entry[2] || []).some((wider) => facets[name][wider][0] === value))) places.add(place);
      });
      const column = columns[name];
      return (row) => (Array.isArray(column[row]) ? column[row].some((place) => places.has(place)) : places.has(column[row]));
    });
    return columns.id.map((_, row) => row).filter((row) => tests.every((test) => test(row)));
  }

  /* Overviews: what the other pages list is taken from there. */
  function overview(list) {
    const first = new URL(list.dataset.first, location.href);
    const pages = Array.from({ length: Number(list.dataset.pages) }, (_, place) => place + 1)
      .filter((number) => number !== Number(list.dataset.page))
      .map((number) => new URL(number === 1 ? "" : `${number}/`, first));
    const here = [...list.querySelectorAll(".aw-entry")].map((entry) => entry.cloneNode(true));
    return Promise.all(pages.map(entriesOf)).then((there) => {
      const entries = [...here, ...there.flat()];
      return (wanted, shown) => {
        const sorted = [...entries].sort((one, other) => Number(other.dataset[wanted]) - Number(one.dataset[wanted]) || Number(one.dataset.place) - Number(other.dataset.place));
        shown.replaceChildren(element("ul", "aw-entries", ...sorted));
      };
    });
  }

  function entriesOf(address) {
    return fetch(address)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((html) => {
        const entries = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(".aw-overview .aw-entry")];
        for (const link of entries.flatMap((entry) => [...entry.querySelectorAll("a[href]")])) link.href = new URL(link.getAttribute("href"), address);
        return entries.map((entry) => document.adoptNode(entry));
      });
  }

  function load(address) {
    return fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))));
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function hiddenSign(sign) {
    const made = element("i", "", sign);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function time(number) {
    const day = new Date(number * DAY);
    const made = element("time", "", `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`);
    made.dateTime = day.toISOString().slice(0, 10);
    return made;
  }
})();
