/* Records as cards: what the catalogue knows at once, the passage as soon as it is there. Text stays text. */

import { valuesOf } from "./facets.js";
import { opening, passage, pieces } from "./passages.js";

const GLYPHS = { draft: "✎", "in-review": "◑" };
const DAY = 86400000;
const WHERE = { text: "", "went well": "What went well" };
const shownDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
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
    day.textContent = shownDay.format(date).replace("Sept", "Sep");
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

function marked(text, isFound) {
  return pieces(text, isFound).map(([piece, found]) => (found ? element("mark", "", piece) : piece));
}
