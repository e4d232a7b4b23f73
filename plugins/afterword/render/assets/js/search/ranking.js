/* The order of results: an engine's scores with what the catalogue knows of the records, the same for both engines. */

import { folded, stem, terms } from "./question.js";

const LOOKED_AT = 1000;
const EXACT = 10;
const SAME_ID = 20;
const PARTLY = 3;
const IN_TITLE = 0.8;
const WHOLE_TITLE = 0.4;
const PHRASE_IN_TITLE = 0.6;
const IN_NAMES = 0.3;
const RECENT = 0.05;

const told = new WeakMap();

/* Give the rows of hits, best first: keys as typed, then the engine's score with the words of title and names, the recent before the old at equal rank. */
export function ranked(hits, question, catalogue) {
  const { records } = catalogue;
  let most = 0;
  for (const hit of hits.values()) most = Math.max(most, hit.score);
  let last = 1;
  for (const day of records.day) last = Math.max(last, day);
  const asked = question.words.map(({ word, term }) => [term, ...(hits.instead.get(word) ?? []).map(stem)]);
  const sought = question.words.map(({ term }) => term).join(" ");
  const id = folded(question.text).join(" ");
  const byEngine = [...hits].sort((one, other) => Number(other[1].exact) - Number(one[1].exact) || other[1].score - one[1].score || one[0] - other[0]);
  const scored = byEngine.map(([row, hit], place) => {
    let score = most ? (hits.partly ? PARTLY : 1) * (hit.score / most) : 0; // how many of the words a record has goes first
    if (hit.exact) score += EXACT;
    if (folded(records.id[row]).join(" ") === id) score += SAME_ID;
    if (place < LOOKED_AT && asked.length) {
      const { title, names } = termsOf(row, catalogue);
      const inTitle = share(asked, title, question);
      score += IN_TITLE * inTitle + (inTitle === 1 ? WHOLE_TITLE : 0) + IN_NAMES * share(asked, names, question);
      if (asked.length > 1 && ` ${[...title].join(" ")} `.includes(` ${sought} `)) score += PHRASE_IN_TITLE;
    }
    return { row, score: score + (RECENT * records.day[row]) / last };
  });
  const place = (each) => records.day[each.row];
  scored.sort((one, other) => other.score - one.score || place(other) - place(one) || other.row - one.row);
  return scored.map((each) => each.row);
}

function share(asked, held, question) {
  let found = 0;
  asked.forEach((taken, at) => {
    const { word, open } = question.words[at];
    if (taken.some((term) => held.has(term)) || (open && [...held].some((each) => each.startsWith(word)))) found += 1;
  });
  return found / asked.length;
}

function termsOf(row, catalogue) {
  if (!told.has(catalogue)) told.set(catalogue, new Map());
  const known = told.get(catalogue);
  if (!known.has(row)) {
    const { records, facets } = catalogue;
    const labels = ["service", "class", "team"].flatMap((name) => records[name][row].flatMap((at) => facets[name][at].slice(0, 2)));
    known.set(row, { title: new Set(terms(records.title[row])), names: new Set(terms(labels.join(" "))) });
  }
  return known.get(row);
}
