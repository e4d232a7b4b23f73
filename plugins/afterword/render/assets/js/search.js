/* The search page: the index is lunr's, made when the site was built; the state of the form stands in the address. */
(() => {
  "use strict";

  const page = document.getElementById("aw-search");
  const form = document.getElementById("aw-search-form");
  if (!page || !form) return;

  const list = document.getElementById("aw-results");
  const count = document.getElementById("aw-search-count");
  const more = document.getElementById("aw-search-more");
  const STEP = 30;
  const PASSAGE = 240;
  const GLYPHS = { draft: "✎", "in-review": "◑" };
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  let records = [];
  let index = null;
  let texts = null;
  let found = [];
  let limit = STEP;

  /* On a page that comes without being loaded the scripts run in the order in which they arrive. */
  const library = document.querySelector('script[src$="lunr.js"]');
  if (typeof lunr !== "undefined") load();
  else if (library) {
    library.addEventListener("load", load);
    library.addEventListener("error", fail);
  }

  function load() {
    fetch(page.dataset.index)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))
      .then((made) => {
        records = made.records.map((record, position) => ({ ...record, position }));
        index = records.length ? lunr.Index.load(made.index) : null;
        start();
      })
      .catch(fail);
  }

  function fail() {
    count.textContent = "The search index could not be loaded; the records are listed below.";
  }

  function start() {
    form.hidden = false;
    if (read()) search();
    form.addEventListener("input", changed); // not on "change": it comes when a reader presses on a result, and would put another in its place before the click
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      changed();
    });
    window.addEventListener("popstate", () => {
      read();
      search();
    });
    more.addEventListener("click", () => {
      const next = limit;
      limit += STEP;
      show();
      const link = list.children[next] && list.children[next].querySelector("a");
      if (link) link.focus();
    });
  }

  /* Fill the form from the address; tell whether anything is asked. */
  function read() {
    const query = new URLSearchParams(location.search);
    let asked = false;
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = query.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
      asked = asked || Boolean(field.value);
    }
    return asked;
  }

  function changed() {
    const query = new URLSearchParams();
    for (const field of form.elements) {
      if (field.name && field.value.trim()) query.set(field.name, field.value.trim());
    }
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
    search();
  }

  function search() {
    limit = STEP;
    const asked = folded(form.elements.text.value);
    const fits = filter();
    let partly = false;
    if (asked.length && index) {
      const answer = ask(asked);
      partly = answer.partly;
      found = answer.hits.filter((hit) => fits(hit.record));
    } else {
      found = records.filter(fits).map((record) => ({ record, terms: new Set() }));
      found.sort((one, other) => (one.record.date === other.record.date ? (one.record.id < other.record.id ? 1 : -1) : one.record.date < other.record.date ? 1 : -1));
    }
    tell(asked.length > 0, partly);
    show();
    if (asked.length && texts === null) loadTexts();
  }

  function loadTexts() {
    texts = [];
    fetch(page.dataset.texts)
      .then((answer) => (answer.ok ? answer.json() : []))
      .then((made) => {
        texts = made;
        show();
      })
      .catch(() => {});
  }

  /* The same folding as the index was made with: letters and digits, no case, no accents. */
  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  }

  /* Every word must be found, in any field; the last one may be unfinished. Where no record has all, those with some are given. */
  function ask(asked) {
    const kept = asked.filter((word) => lunr.stopWordFilter(word) !== undefined);
    const last = asked[asked.length - 1];
    const open = !/\s$/.test(form.elements.text.value);
    const answers = (kept.length ? kept : asked).map((word) => one(word, open && word === last));
    let hits = merge(answers, answers.length);
    const partly = !hits.length && answers.length > 1;
    if (partly) hits = merge(answers, 1);
    return { hits, partly };
  }

  /* The query goes through lunr's builder, never through its language: no word of a reader is an operator. */
  function one(word, unfinished) {
    return index.query((query) => {
      query.term(word, { boost: 10 });
      if (unfinished && word.length > 1) query.term(word, { boost: 2, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
      if (word.length > 4) query.term(word, { boost: 0.5, editDistance: 1 });
    });
  }

  function merge(answers, least) {
    const hits = new Map();
    for (const answer of answers) {
      for (const result of answer) {
        const hit = hits.get(result.ref) || { record: records[Number(result.ref)], score: 0, answered: 0, terms: new Set() };
        hit.score += result.score;
        hit.answered += 1;
        Object.keys(result.matchData.metadata).forEach((term) => hit.terms.add(term));
        hits.set(result.ref, hit);
      }
    }
    return [...hits.values()].filter((hit) => hit.record && hit.answered >= least).sort((a, b) => b.answered - a.answered || b.score - a.score || a.record.position - b.record.position);
  }

  function filter() {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const chosen = form.elements.class && form.elements.class.selectedOptions[0];
    const classes = value("class") ? [value("class"), ...((chosen && chosen.dataset.includes) || "").split(" ")] : [];
    const [service, severity, year, status] = ["service", "severity", "year", "status"].map(value);
    return (record) =>
      (!service || record.services.includes(service)) &&
      (!severity || record.severity === severity) &&
      (!classes.length || record.classes.some((one) => classes.includes(one))) &&
      (!year || record.id.slice(0, 4) === year) &&
      (!status || record.status === status);
  }

  function tell(byText, partly) {
    const number = `${found.length} ${found.length === 1 ? "record" : "records"}`;
    if (!found.length) count.textContent = "No record fits. Try fewer words, or clear a filter.";
    else if (partly) count.textContent = `No record holds all these words; ${number} with some of them`;
    else count.textContent = byText ? number : `${number}, the latest first`;
  }

  function show() {
    list.replaceChildren(...found.slice(0, limit).map(card));
    more.hidden = found.length <= limit;
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function card({ record, terms }) {
    const top = element("p", "aw-card__top");
    const severity = option("severity", record.severity);
    if (record.severity) {
      const shape = element("i");
      shape.setAttribute("aria-hidden", "true");
      top.append(element("span", `aw-badge aw-badge--${(severity && severity.dataset.tone) || "other"}`, shape, " ", label(severity, record.severity)));
    }
    if (record.status && record.status !== "final") {
      const glyph = element("i", "", GLYPHS[record.status] || "?");
      glyph.setAttribute("aria-hidden", "true");
      top.append(" ", element("span", `aw-state aw-state--${record.status.replace(/[^a-z-]/g, "")}`, glyph, " ", record.status.replace("-", " ")));
    }
    if (record.date) {
      const day = element("time", "", shownDay(record.date));
      day.dateTime = record.date;
      top.append(" ", element("span", "aw-card__day", day));
    }
    const link = element("a", "", ...marked(record.title, terms));
    link.href = record.href;
    const foot = element("p", "aw-card__foot");
    for (const service of record.services) {
      const chosen = option("service", service);
      const chip = element(chosen ? "a" : "span", "aw-chip", label(chosen, service));
      if (chosen) chip.href = chosen.dataset.href;
      foot.append(chip, " ");
    }
    const passage = element("p", "aw-card__summary", ...marked(passageOf(record, terms), terms));
    return element("article", "aw-card aw-card--record", top, element("h2", "aw-card__title", link), passage, foot);
  }

  function option(name, value) {
    const select = form.elements[name];
    return select ? [...select.options].find((each) => each.value === value) : undefined;
  }

  function label(chosen, value) {
    return (chosen && chosen.dataset.label) || value;
  }

  function shownDay(date) {
    const [year, month, day] = date.split("-").map(Number);
    return `${day} ${MONTHS[month - 1]} ${year}`;
  }

  function isHit(word, terms) {
    return folded(word).some((part) => terms.has(part) || terms.has(String(lunr.stemmer(new lunr.Token(part)))));
  }

  /* Give a text as nodes in which the found words are marked; text stays text. */
  function marked(text, terms) {
    if (!terms.size) return [text];
    return text
      .split(/([\p{L}\p{N}\p{M}]+)/u)
      .filter(Boolean)
      .map((part) => (isHit(part, terms) ? element("mark", "", part) : part));
  }

  /* The stretch of the record that holds most of the found words; the summary's start where there is none. */
  function passageOf(record, terms) {
    const text = (texts && texts[record.position]) || record.summary;
    const hits = [];
    if (terms.size) {
      for (const word of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
        if (isHit(word[0], terms)) hits.push(word.index);
        if (hits.length > 500) break;
      }
    }
    if (!hits.length) return shortened(record.summary, 0);
    let best = 0;
    let most = 0;
    for (const from of hits) {
      const words = new Set(hits.filter((hit) => hit >= from && hit < from + PASSAGE - 60).map((hit) => /^[\p{L}\p{N}\p{M}]+/u.exec(text.slice(hit))[0].toLowerCase()));
      if (words.size > most) [best, most] = [from, words.size];
    }
    const begin = best < 80 ? 0 : text.indexOf(" ", best - 60) + 1;
    return shortened(text, begin);
  }

  function shortened(text, from) {
    const end = from + PASSAGE;
    if (end >= text.length) return (from ? "… " : "") + text.slice(from);
    const cut = text.lastIndexOf(" ", end);
    return `${from ? "… " : ""}${text.slice(from, cut > from ? cut : end)} …`;
  }
})();
