/* Records as cards: what the catalogue knows at once, the passage that answers the question best as soon as it is there. Text stays text. */

import { DAY, valuesOf } from "./facets.js";

const GLYPHS = { draft: "✎", "in-review": "◑" };
const WHERE = { text: "", "went well": "What went well" };
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const LENGTH = 230;
const BEFORE = 60;
/* What a stretch is worth by the part it stands in, at equal words. */
const WORTH = { summary: 0.5, cause: 0.6, action: 0.4, lesson: 0.4, impact: 0.3, detection: 0.3, resolution: 0.3, "went well": 0.2, timeline: 0.1 };

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function button(className, act, ...children) {
  const made = element("button", className, ...children);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export function glyph(sign) {
  const made = element("i", "", sign);
  made.setAttribute("aria-hidden", "true");
  return made;
}

/* What every list shows of the record of a row: its badges, its day, and its title as a link. `root` is the address of the search page. */
export function facts(table, root, row, isFound) {
  const { records } = table;
  const severity = valuesOf(table, "severity", row).map((value) => element("span", `aw-badge aw-badge--${value.more || "other"}`, glyph(""), " ", value.label));
  const status = valuesOf(table, "status", row)
    .filter((value) => value.id !== "final")
    .map((value) => element("span", `aw-state aw-state--${value.id.replace(/[^a-z-]/g, "")}`, glyph(GLYPHS[value.id] || "?"), " ", value.label));
  const day = records.day[row] ? element("time", "") : "";
  if (day) {
    const date = new Date(records.day[row] * DAY);
    day.textContent = date.toUTCString().slice(5, 16).replace(/^0/, "");
    day.dateTime = date.toISOString().slice(0, 10);
  }
  const id = records.id[row];
  const link = element("a", "", ...(isFound ? marked(records.title[row], isFound) : [records.title[row]]));
  link.href = new URL(`../${id.slice(0, 4)}/${encodeURIComponent(id)}/`, root);
  const open = records.open[row];
  return { severity, status, day, link, open: open ? `${open} open ${open === 1 ? "action" : "actions"}` : "" };
}

/* A list's entry for the record of a row; `isFound` tells of a word whether it was found. */
export function card(table, root, row, isFound) {
  const { severity, status, day, link, open } = facts(table, root, row, isFound);
  const top = element("p", "aw-card__top", ...[...severity, ...status].flatMap((each) => [each, " "]), element("span", "aw-card__day", day));
  const foot = element("p", "aw-card__foot");
  for (const [name, folder] of [["service", "services"], ["class", "classes"]]) {
    for (const value of valuesOf(table, name, row)) {
      if (value.label === "" || (name === "class" && isBroader(table, value, row))) continue;
      const chip = element("a", "aw-chip", value.label);
      chip.href = new URL(`../${folder}/${encodeURIComponent(value.id)}/`, root);
      foot.append(chip, " ");
    }
  }
  if (open) foot.append(element("span", "aw-muted", open));
  return element("li", "", element("article", "aw-card aw-card--record", top, element("h3", "aw-card__title", link), foot));
}

/* A class that the record has only because one of its own lies below it says nothing more. */
function isBroader(table, value, row) {
  return valuesOf(table, "class", row).some((other) => other !== value && other.above.has(value.position));
}

/* Put what was found into a card, and let its title lead there. */
export function fill(made, parts, isFound, asked) {
  const found = (asked && passage(parts, isFound)) || opening(parts);
  if (!found || !found.text) return;
  const text = element("p", "aw-card__summary");
  const link = made.querySelector(".aw-card__title a");
  if (asked && found.words) {
    const where = named(found);
    if (where) text.append(element("b", "aw-where", where), " ");
    if (found.anchor) link.hash = found.anchor;
  }
  text.append(...marked(found.text, isFound));
  const also = element("span", "aw-also");
  const seen = new Set([named(found)]);
  for (const each of found.others) {
    const name = named(each);
    if (seen.has(name) || seen.size > 3) continue;
    seen.add(name);
    const other = element("a", "", name);
    other.href = link.href;
    other.hash = each.anchor;
    also.append(seen.size > 2 ? ", " : " Also in ", other);
  }
  if (also.childNodes.length) text.append(also);
  made.querySelector(".aw-card__title").after(text);
}

/* The part of a record in the words of its heading; a text of the author's own is named by that alone. */
function named({ where, title }) {
  const name = WHERE[where] ?? where[0].toUpperCase() + where.slice(1);
  return name && title && !title.toLowerCase().includes(where.toLowerCase()) && where !== "summary" ? `${name} · ${title}` : title || name;
}

/* A text with the words that were found marked. */
function marked(text, isFound) {
  const pieces = text.split(/([\p{L}\p{N}\p{M}]+)/u); // every second one is a word
  return pieces.map((piece, at) => (at % 2 && isFound(piece) ? element("mark", "", piece) : piece));
}

/* The best passage of `parts` (`[where, anchor, title, text]`): `{ where, anchor, title, text, others }`, with the other parts that hold found words; null where none does. */
function passage(parts, isFound) {
  const found = parts.flatMap(([where, anchor, title, text]) => {
    const stretch = densest(text, isFound);
    return stretch ? [{ where, anchor, title, text, ...stretch, worth: stretch.words + (WORTH[where] || 0) }] : [];
  });
  if (!found.length) return null;
  const best = found.reduce((one, other) => (other.worth > one.worth ? other : one));
  const others = found.filter((each) => each !== best && each.where !== "text" && each.anchor && each.words >= best.words);
  return { ...best, text: cut(best.text, best.from), others };
}

/* What stands for a record where no part holds a found word: the beginning of its summary. */
function opening(parts) {
  const part = parts.find(([where, , , text]) => where === "summary" && text) || parts.find(([, , , text]) => text);
  return part ? { where: part[0], anchor: part[1], title: part[2], text: cut(part[3], 0), others: [] } : null;
}

function densest(text, isFound) {
  const hits = [];
  for (const word of text.matchAll(WORD)) {
    const found = isFound(word[0]);
    if (found) hits.push([word.index, found]);
    if (hits.length > 400) break;
  }
  if (!hits.length) return null;
  let from = hits[0][0];
  let words = 0;
  const held = new Map();
  for (let first = 0, next = 0; first < hits.length; first += 1) {
    for (; next < hits.length && hits[next][0] < hits[first][0] + LENGTH - BEFORE; next += 1) held.set(hits[next][1], (held.get(hits[next][1]) || 0) + 1);
    if (held.size > words) [from, words] = [hits[first][0], held.size];
    const left = held.get(hits[first][1]) - 1;
    if (left) held.set(hits[first][1], left);
    else held.delete(hits[first][1]);
  }
  return { from, words };
}

/* A stretch around a place, from a word to a word; parts of a list stand apart by dots, and a stretch rather begins after one. */
function cut(text, place) {
  let begin = 0;
  if (place > BEFORE) {
    const item = text.lastIndexOf(" · ", place);
    begin = item >= place - 2 * BEFORE && item >= 0 ? item + 3 : text.indexOf(" ", place - BEFORE) + 1;
  }
  const end = begin + LENGTH;
  if (end >= text.length) return (begin ? "… " : "") + text.slice(begin);
  const last = text.lastIndexOf(" ", end);
  return `${begin ? "… " : ""}${text.slice(begin, last > begin ? last : end)} …`;
}
