/* Lists of records and overviews that go on over numbered pages: sorted here, over all pages, with the order in the address. */
(() => {
  "use strict";

  const AT_ONCE = 120;
  const FEW = 4; // of so few records no order is asked for
  const here = document.currentScript.src;

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

  /* Records: the catalogue of the search page has them all, and its modules know how to read it. */
  function records(list) {
    const address = new URL(list.dataset.catalogue, location.href);
    const modules = ["facets", "results"].map((name) => import(new URL(`search/${name}.js`, here)));
    const catalogue = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))));
    return Promise.all([catalogue, ...modules]).then(([made, { tableOf, filtered, valuesOf }, { button, element, facts }]) => {
      const table = tableOf(made);
      const { day, open, title } = table.records;
      const asked = new Map([...new URLSearchParams(list.dataset.query)].map(([name, value]) => [name, new Set([value])]));
      const newest = [...filtered(table, asked).rows];
      const orders = {
        oldest: (one, other) => (day[one] || Infinity) - (day[other] || Infinity) || one - other,
        worst: (one, other) => rank(one) - rank(other),
        open: (one, other) => open[other] - open[one],
        title: (one, other) => title[one].localeCompare(title[other], document.documentElement.lang || "en", { numeric: true }),
      };

      function rank(row) {
        const [severity] = valuesOf(table, "severity", row);
        return severity ? severity.position : Infinity;
      }

      function line(row) {
        const { severity, status, day: when, link, open: owed } = facts(table, address, row);
        link.className = "aw-row__title";
        const services = valuesOf(table, "service", row).map((value) => value.label);
        const told = element("span", "aw-row__facts", [services.join(", "), owed].filter(Boolean).join(" · "));
        const main = element("span", "aw-row__main", link, " ", ...status, " ", told);
        return element("li", "aw-row", element("span", "aw-row__day", when), " ", element("span", "aw-row__badge", ...severity), " ", main);
      }

      return (wanted, shown) => {
        const sorted = [...newest].sort(orders[wanted]);
        const lines = element("ul", "aw-rows");
        const more = button(
          "aw-button",
          () => {
            const from = lines.children.length;
            go();
            lines.children[from].querySelector("a").focus();
          },
          "Show more",
        );
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

  /* Overviews: what the other pages list is taken from there. */
  function overview(list) {
    const first = new URL(list.dataset.first, location.href);
    const pages = Array.from({ length: Number(list.dataset.pages) }, (_, place) => place + 1)
      .filter((number) => number !== Number(list.dataset.page))
      .map((number) => new URL(number === 1 ? "" : `${number}/`, first));
    const own = [...list.querySelectorAll(".aw-entry")].map((entry) => entry.cloneNode(true));
    return Promise.all(pages.map(entriesOf)).then((there) => {
      const entries = [...own, ...there.flat()];
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

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }
})();
