/* The facets: check boxes with the numbers of what is found. A facet is one stop of the tab key; the arrow keys move inside it. */

import { button, element } from "./results.js";

const FEW = 6; // values that a facet shows at first
const MANY = 10; // from so many on a facet has a field that narrows it down
const IN_ORDER = ["severity", "year", "status", "kind", "detection", "open"]; // the others are sorted by number

/* The facets of a table below `place`; `changed(value, checked)` is told what a reader chooses. */
export function panel(place, table, changed) {
  const facets = table.columns.map((column) => facet(column, changed));
  place.replaceChildren(...facets.map((each) => each.field));
  return (counts, choice) => facets.forEach((each, position) => each.show(counts[position], choice.get(each.name) || new Set()));
}

function facet({ name, label, values }, changed) {
  const list = element("div", "aw-facet__list");
  const field = element("fieldset", "aw-facet", element("legend", "", label));
  const narrow = values.length > MANY ? element("input") : null;
  const more = button("aw-facet__more", unfold);
  let counts = new Int32Array(values.length);
  let chosen = new Set();
  let whole = false;
  let order = [];
  const lines = new Map(values.map((value) => [value, line(value)]));
  if (narrow) {
    narrow.type = "search";
    narrow.autocomplete = "off";
    narrow.placeholder = `Find among ${values.length}`;
    narrow.setAttribute("aria-label", `${label}: find a value`);
    narrow.addEventListener("input", () => draw(true));
    field.append(narrow);
  }
  field.append(list, more);
  field.addEventListener("keydown", pressed);

  function unfold() {
    whole = !whole;
    draw(true);
    const next = whole && shown()[FEW];
    if (next) focus(next);
  }

  function line(value) {
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => changed(value, box.checked));
    const count = element("span", "aw-facet__count");
    const made = element("label", "aw-facet__line", box, element("span", "aw-facet__label", value.label), " ", count);
    return { made, box, count };
  }

  /* While a reader is in it a list keeps its order: what was under the finger or the focus stays there. */
  function draw(anew) {
    const typed = narrow ? narrow.value.trim().toLowerCase() : "";
    if (anew || !list.contains(document.activeElement)) {
      order = values.filter((value) => (counts[value.position] || chosen.has(value.id)) && (!typed || `${value.label} ${value.id}`.toLowerCase().includes(typed)));
      if (!IN_ORDER.includes(name)) order.sort((one, other) => chosen.has(other.id) - chosen.has(one.id) || counts[other.position] - counts[one.position] || one.label.localeCompare(other.label));
      const most = whole || typed ? order.length : FEW;
      const kept = order.filter((value, position) => position < most || chosen.has(value.id));
      list.replaceChildren(...kept.map((value) => lines.get(value).made));
      more.hidden = Boolean(typed) || order.length <= FEW;
      more.textContent = whole ? "Show fewer" : `Show all ${order.length}`;
      more.setAttribute("aria-expanded", String(whole));
    }
    for (const value of order) {
      const { made, box, count } = lines.get(value);
      box.checked = chosen.has(value.id);
      count.textContent = counts[value.position].toLocaleString("en");
      made.classList.toggle("aw-facet__line--none", !counts[value.position]);
    }
    const boxes = shown();
    const stop = boxes.find((box) => box === document.activeElement) || boxes.find((box) => box.checked) || boxes[0];
    for (const box of boxes) box.tabIndex = box === stop ? 0 : -1;
    field.hidden = !boxes.length && !typed;
  }

  function shown() {
    return [...list.querySelectorAll("input")];
  }

  function focus(box) {
    for (const each of shown()) each.tabIndex = each === box ? 0 : -1;
    box.focus();
  }

  function pressed(event) {
    const boxes = shown();
    const here = boxes.indexOf(event.target);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: boxes.length - 1 };
    if (event.target === narrow && event.key === "Enter" && boxes.length) {
      event.preventDefault();
      boxes[0].click();
      narrow.value = "";
      draw(true);
    } else if (event.target === narrow && event.key === "Escape" && narrow.value) {
      event.stopPropagation();
    } else if (event.key in steps && (here >= 0 || (event.target === narrow && event.key === "ArrowDown"))) {
      event.preventDefault();
      const next = boxes[steps[event.key]];
      if (next) focus(next);
      else if (narrow && event.key === "ArrowUp") narrow.focus();
    } else if (event.key === "Enter" && here >= 0) {
      event.preventDefault();
      event.target.click();
    }
  }

  return {
    name,
    field,
    show(counted, held) {
      [counts, chosen] = [counted, held];
      draw(false);
    },
  };
}
