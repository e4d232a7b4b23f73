/* The search page: what is typed and chosen stands in the address, and the address tells what is shown. */

import { answerOf, json, prepare, texts } from "./answer.js";
import { FACETS, filtered, tableOf } from "./facets.js";
import { panel } from "./panel.js";
import { button, card, element, fill, glyph } from "./results.js";
import { offers } from "./suggestions.js";

const ROOT = new URL("../../search/", import.meta.url);
const STEP = 30;
const MOST = 600; // records that an address may ask to be shown at once
const PAUSE = 120; // milliseconds after which nobody is in the middle of a word
const SILENCE = 700; // milliseconds without a change until it is said what was found
const WIDE = "(min-width: 60em)";

let loaded = null; // kept where pages come without being loaded

async function load() {
  const catalogue = await json(new URL("catalogue.json", ROOT), "no-cache");
  return { catalogue, table: tableOf(catalogue) };
}

/* Passages are asked for where they come into view, and not for what the next key puts away again. */
const filling = new WeakMap();
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter((each) => each.isIntersecting)) {
      seen.unobserve(target);
      filling.get(target)();
    }
  },
  { rootMargin: "200px" },
);

export async function start(page) {
  loaded ??= load();
  const { catalogue, table } = await loaded.catch((error) => {
    loaded = null;
    throw error;
  });
  const [form, drawer, place, chosen, count, list, none, more, said, offered, hint, filters] = ["form", "drawer", "facets", "chosen", "count", "results", "none", "more", "said", "offers", "hint", "filters"].map((name) => document.getElementById(`aw-search-${name}`));
  const field = form.elements.text;
  const order = document.getElementById("aw-search-order");
  const newest = [...list.children];
  const alive = new AbortController();
  const state = { text: "", order: "best", shown: STEP, choice: new Map() };
  let running = new AbortController();
  let updating = null;
  let last = null;
  let silence = 0;

  const show = panel(place, table, (value, checked) => choose([value], checked));
  const wide = matchMedia(WIDE);
  const fold = () => (drawer.open = wide.matches);
  fold();
  wide.addEventListener("change", fold, { signal: alive.signal });

  const typed = field.value;
  read();
  if (typed !== state.text) {
    field.value = state.text = typed; // while the catalogue was on its way
    write();
  }
  update();

  field.addEventListener("input", () => {
    prepare(ROOT, catalogue);
    Object.assign(state, { text: field.value, shown: STEP });
    write();
    update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    toResults(field);
  });
  order.addEventListener("change", () => {
    Object.assign(state, { order: order.value, shown: STEP });
    write(true);
    update();
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    state.shown += STEP;
    write();
    draw(next);
    focusResult(next);
  });
  addEventListener(
    "popstate",
    () => {
      if (!page.isConnected) alive.abort();
      else {
        read();
        update();
      }
    },
    { signal: alive.signal },
  );
  page.addEventListener("keydown", pressed);

  /* The state from the address; several values of a facet stand in it one by one. */
  function read() {
    const query = new URLSearchParams(location.search);
    state.text = query.get("text") || "";
    state.order = query.get("order") === "new" ? "new" : "best";
    state.shown = Math.min(Math.max(Number(query.get("shown")) || STEP, STEP), MOST);
    state.choice = new Map(Object.keys(FACETS).flatMap((name) => {
      const ids = query.getAll(name).filter(Boolean);
      return ids.length ? [[name, new Set(ids)]] : [];
    }));
    field.value = state.text;
  }

  /* What is chosen is a step that the back button undoes; what is typed changes the step that it belongs to. */
  function write(step = false) {
    const query = addressOf(state);
    const url = location.pathname + (query ? `?${query}` : "");
    if (step) history.pushState(null, "", url);
    else history.replaceState(history.state, "", url);
  }

  function choose(values, checked, text = state.text) {
    for (const { name, id } of values) {
      const ids = new Set(state.choice.get(name));
      if (checked) ids.add(id);
      else ids.delete(id);
      if (ids.size) state.choice.set(name, ids);
      else state.choice.delete(name);
    }
    Object.assign(state, { text, shown: STEP });
    if (field.value !== text) field.value = text;
    write(true);
    update();
  }

  function chooseNothing() {
    state.choice.clear();
    choose([], false);
  }

  function update() {
    updating = answered();
  }

  async function answered() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const text = state.text.trim();
    drawChosen();
    drawOffers(text);
    let answer = null;
    let lost = false;
    if (text) {
      const waiting = setTimeout(() => (count.textContent = "Searching …"), 400);
      try {
        answer = await answerOf(state.text, ROOT, catalogue, signal);
      } catch {
        lost = true;
        if (!signal.aborted) {
          count.textContent = "The index of the texts could not be loaded: words are not looked for, only what is chosen.";
          say(count.textContent);
        }
      } finally {
        clearTimeout(waiting);
      }
      if (signal.aborted || !page.isConnected) return;
      if (answer && text.length < 2 && !answer.hits.size) answer = null; // the first letter of a word
    }
    const rows = !answer ? table.newest : state.order === "new" ? table.newest.filter((row) => answer.hits.has(row)) : [...answer.hits.keys()];
    const { rows: fitting, counts } = filtered(table, state.choice, rows);
    last = { answer, fitting, signal, lost };
    tell();
    draw(0);
    order.parentElement.hidden = !answer || !fitting.length;
    order.value = state.order;
    // The results come first.
    setTimeout(() => {
      if (signal.aborted) return;
      show(counts, state.choice);
      drawer.hidden = false;
    });
  }

  function tell() {
    const { answer, fitting, lost } = last;
    const number = records(fitting.length);
    if (!lost) {
      count.replaceChildren(!fitting.length ? `No record fits${onlyCommon() ? ": words as common as these are not looked for" : ""}` : answer && answer.partly ? `No record holds all these words; ${number} with some of them` : answer ? number : `${number}, the latest first`);
      if (answer?.partly && fitting.length && answer.missing.length) count.append(" · no record holds ", element("em", "", answer.missing.join(", ")));
      for (const [slip, words] of (answer && fitting.length && answer.instead) || []) count.append(" · shown for ", element("em", "", words.slice(0, 3).join(" or ")), `, not ${slip}`);
    }
    const standing = offered.hidden ? 0 : offered.querySelectorAll("button").length;
    const offer = !standing ? "" : `. ${standing === 1 ? "1 filter is" : `${standing} filters are`} offered, the next stop of the Tab key`;
    if (asked() || said.textContent) say(count.textContent + offer);
  }

  function onlyCommon() {
    return Boolean(last.answer?.common && !last.answer.hits.size);
  }

  function asked() {
    return Boolean(state.text.trim() || state.choice.size);
  }

  function say(text) {
    clearTimeout(silence);
    silence = setTimeout(() => page.isConnected && (said.textContent = text), SILENCE);
  }

  /* Draw the results from a position on; before it they stay. */
  function draw(from) {
    const { answer, fitting, signal } = last;
    const untouched = !asked() && Math.min(state.shown, fitting.length) <= newest.length;
    const upto = Math.min(state.shown, fitting.length);
    const made = [];
    if (untouched) list.replaceChildren(...newest);
    else {
      for (let position = from; position < upto; position += 1) {
        const row = fitting[position];
        const isFound = answer ? answer.hits.get(row)() : () => "";
        const entry = card(table, ROOT, row, isFound);
        made.push(entry);
        // A title without a passage is a result still.
        filling.set(entry, () => texts(ROOT, catalogue).parts(row)?.then((told) => signal.aborted || fill(entry, told, isFound, answer && table.records.id[row] !== state.text.trim().toLowerCase())).catch(() => {}));
      }
      setTimeout(() => signal.aborted || made.forEach((entry) => seen.observe(entry)), PAUSE);
      if (from) list.append(...made);
      else list.replaceChildren(...made);
    }
    more.hidden = upto >= fitting.length;
    more.textContent = `Show ${Math.min(STEP, fitting.length - upto)} more of ${fitting.length.toLocaleString("en")}`;
    drawNone();
  }

  function drawChosen() {
    const chips = [...state.choice].flatMap(([name, ids]) => [...ids].map((id) => {
      const column = table.column(name);
      const value = (column && column.values[column.places.get(id)]) || { name, id, label: `${id} (no record has it)` };
      return chip(value);
    }));
    if (chips.length > 1) {
      const clear = () => {
        chooseNothing();
        field.focus();
      };
      chips.push(element("li", "", button("aw-chip aw-chip--clear", clear, "Clear all")));
    }
    chosen.replaceChildren(...chips);
    chosen.hidden = !chips.length;
    filters.textContent = chips.length ? ` (${[...state.choice.values()].reduce((sum, ids) => sum + ids.size, 0)})` : "";
  }

  function chip(value) {
    const remove = () => {
      choose([value], false);
      (chosen.querySelector("button") || field).focus();
    };
    const made = button("aw-chip aw-chip--chosen", remove, ...named(value), " ", glyph("×"));
    made.setAttribute("aria-label", `Remove ${FACETS[value.name]}: ${value.label}`);
    return element("li", "", made);
  }

  function drawOffers(text) {
    const found = text ? offers(state.text, table, state.choice) : [];
    offered.querySelector("ul").replaceChildren(...found.map((offer) => {
      const accept = () => {
        choose(offer.values, true, offer.rest);
        field.focus();
      };
      const made = button("aw-chip aw-chip--offer", accept, ...offer.values.flatMap((value, position) => [position ? " + " : "", ...named(value)]));
      if (!offer.rest) made.append(" ", element("span", "aw-chip__count", offer.count.toLocaleString("en")));
      return element("li", "", made);
    }));
    offered.hidden = !found.length;
    hint.hidden = Boolean(found.length);
  }

  /* Nothing was found: what would bring something, with how much. */
  function drawNone() {
    const empty = !last.fitting.length;
    none.hidden = !empty;
    if (!empty) return;
    const ways = [];
    const way = (label, number, act) => {
      if (!number) return;
      const go = () => {
        act();
        field.focus();
      };
      ways.push(element("li", "", button("aw-button", go, `${label} `, element("span", "aw-chip__count", records(number)))));
    };
    const rows = last.answer ? [...last.answer.hits.keys()] : table.newest;
    for (const [name, ids] of state.choice) {
      const others = new Map(state.choice);
      others.delete(name);
      const values = [...ids].map((id) => ({ name, id }));
      const column = table.column(name);
      const labels = [...ids].map((id) => (column && column.values[column.places.get(id)]?.label) || id).join(", ");
      way(`Without ${FACETS[name]}: ${labels}`, filtered(table, others, rows).rows.length, () => choose(values, false));
    }
    if (state.choice.size && last.answer) {
      if (state.choice.size > 1) way("Without any filter", rows.length, chooseNothing);
      way("Without the words", filtered(table, state.choice).rows.length, () => choose([], false, ""));
    }
    const why = !last.answer ? "No record has all that is chosen." : onlyCommon() ? "Words that stand in nearly every record are in no index. A word that says more finds some." : !rows.length ? "No record holds these words, nor words that are nearly the same. Other words for the same thing may help, or fewer." : "Records hold these words, and none of them has all that is chosen.";
    none.querySelector("p").textContent = why;
    none.querySelector("ul").replaceChildren(...ways);
    for (const link of none.querySelectorAll("a[data-search]")) link.href = `${link.dataset.search}?${new URLSearchParams({ text: state.text.trim() })}`;
  }

  function titles() {
    return [...list.querySelectorAll(".aw-card__title a")];
  }

  function focusResult(position) {
    const link = titles()[position];
    if (link) link.focus();
  }

  /* What was typed last may not be answered yet, and what still stands there is about to go; who types on, or goes elsewhere, stays there. */
  function toResults(from) {
    const awaited = updating;
    awaited.then(() => awaited === updating && document.activeElement === from && focusResult(0));
  }

  function pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { target, key } = event;
    const entry = target.closest("li");
    const at = list.contains(target) ? [...list.children].indexOf(entry) : -1;
    if (key === "Escape" && target !== field) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (key === "ArrowDown" && (target === field || offered.contains(target) || chosen.contains(target))) {
      event.preventDefault();
      toResults(target);
    } else if (key === "ArrowDown" && at >= 0) {
      event.preventDefault();
      if (at + 1 < list.children.length) focusResult(at + 1);
      else if (!more.hidden) more.focus();
    } else if (key === "ArrowUp" && (at >= 0 || target === more)) {
      event.preventDefault();
      if (target === more) focusResult(list.children.length - 1);
      else if (at) focusResult(at - 1);
      else field.focus();
    }
  }
}

function named(value) {
  return [element("span", "aw-muted", `${FACETS[value.name]}: `), value.label];
}

function records(number) {
  return `${number.toLocaleString("en")} ${number === 1 ? "record" : "records"}`;
}

function addressOf({ text, order, shown, choice }) {
  const query = new URLSearchParams();
  if (text.trim()) query.set("text", text.trim());
  for (const [name, ids] of choice) for (const id of ids) query.append(name, id);
  if (order === "new" && text.trim()) query.set("order", "new");
  if (shown > STEP) query.set("shown", shown);
  return query.toString();
}
