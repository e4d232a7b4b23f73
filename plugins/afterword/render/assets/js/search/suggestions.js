/* Values of facets that the typed words name: `payments cert` offers the service, the class, and both. */

import { FACETS, filtered } from "./facets.js";
import { ASIDE, folded, near } from "./question.js";

const MOST = 4;
const LEAST = 0.6; // less is a word such as `of`, or a single letter
const OPEN = { name: "open", words: ["open", "unfinished", "actions", "items"] };

/* What the words of `text` may be taken for, the fittest first: each `{ values, rest, count }` with the text that is left, and how many records there would be. */
export function offers(text, table, choice) {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap((each) => folded(each[0]).map((word) => ({ word, from: each.index, to: each.index + each[0].length })));
  if (!words.length || words.length > 20) return [];
  const open = !/\s$/.test(text);
  const single = table.columns.flatMap((column) => {
    const taken = choice.get(column.name);
    return column.values.filter((value) => !(taken && taken.has(value.id))).flatMap((value) => match(value, words, open) ?? []);
  });
  const order = Object.keys(FACETS);
  single.sort((one, other) => other.score - one.score || order.indexOf(one.value.name) - order.indexOf(other.value.name) || one.value.label.length - other.value.label.length);
  const best = [];
  for (const each of single) {
    if (best.length === MOST) break;
    const made = offer([each], words, text, table, choice);
    if (made.count) best.push({ ...made, at: each });
  }
  const both = best.length > 1 ? joined(best.map((each) => each.at), words, text, table, choice) : null;
  return both ? [both, ...best] : best;
}

/* Values of several facets together, where they stand for different words and some records have all of them: three rather than two. */
function joined(found, words, text, table, choice) {
  for (let size = Math.min(found.length, 3); size > 1; size -= 1) {
    for (const parts of chosenFrom(found, size)) {
      if (parts.some((one, at) => parts.some((other, next) => next > at && (one.value.name === other.value.name || (one.from <= other.to && other.from <= one.to))))) continue;
      const made = offer([...parts].sort((one, other) => one.from - other.from), words, text, table, choice);
      if (made.count) return made;
    }
  }
  return null;
}

function chosenFrom(list, size) {
  if (!size) return [[]];
  return list.flatMap((each, at) => chosenFrom(list.slice(at + 1), size - 1).map((rest) => [each, ...rest]));
}

function offer(parts, words, text, table, choice) {
  const wanted = new Map(choice);
  for (const { value } of parts) wanted.set(value.name, new Set([value.id]));
  const gone = new Set(parts.flatMap(({ from, to }) => words.slice(from, to + 1)));
  const kept = words.filter((word) => !gone.has(word));
  const rest = kept.every(({ word }) => ASIDE.has(word)) ? "" : without(text, gone);
  return { values: parts.map((part) => part.value), rest, count: filtered(table, wanted).rows.length };
}

function without(text, gone) {
  let left = "";
  let from = 0;
  for (const word of gone) {
    if (word.from < from) continue;
    left += text.slice(from, word.from);
    from = word.to;
  }
  return (left + text.slice(from)).replace(/\s*:\s*(?=\s|$)/g, " ").replace(/\s+/g, " ").trim();
}

/* The longest run of typed words that the value's name holds; the name of the facet before it goes along, as in `service: payments`. */
function match(value, words, open) {
  const named = folded(FACETS[value.name]);
  value.words ??= value.name === OPEN.name ? OPEN.words : folded(`${value.label} ${value.id}`).filter((word) => !named.includes(word));
  let best = null;
  for (let from = 0; from < words.length; from += 1) {
    let score = 0;
    let to = from - 1;
    const left = new Set(value.words);
    for (let at = from; at < words.length; at += 1) {
      const [name, fit] = nearest(words[at].word, left, open && at === words.length - 1);
      if (!name) break;
      left.delete(name);
      score += fit;
      to = at;
    }
    if (to < from || (best && best.score >= score)) continue;
    best = { value, score, from, to };
  }
  if (!best || best.score < LEAST || (value.name === OPEN.name && best.to === best.from)) return null;
  if (best.from && named.includes(words[best.from - 1].word)) return { ...best, from: best.from - 1, score: best.score + 1 };
  return best;
}

/* The word of a name that a typed word is, begins, or nearly is, and how well it fits. */
function nearest(typed, names, unfinished) {
  if (names.has(typed)) return [typed, ASIDE.has(typed) ? 0.1 : typed.length > 1 ? 3 : 0];
  if (typed.length < (unfinished ? 2 : 4)) return [];
  const begun = [...names].find((name) => name.startsWith(typed) || (typed.length > 4 && typed.startsWith(name) && typed.length - name.length < 3 && name.length > 3));
  if (begun) return [begun, 2 * (Math.min(typed.length, begun.length) / Math.max(typed.length, begun.length)) + 0.5];
  const [slipped] = typed.length > 4 ? near(typed, names, false) : [];
  return slipped ? [slipped, 1] : [];
}
