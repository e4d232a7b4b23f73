/* The engine of a large archive: of each term the records that have it, in pieces (`search/pieces.py`) that are loaded when a word needs them. */

import { answer, json, sameRows, standing, texts } from "./answer.js";
import { terms, unpacked } from "./question.js";

/* What more pieces hold begins too many words: a reader is still typing, and all those records are not what is meant. */
const MOST_PIECES = 3;
const FEW = 6;
/* As in `search/pieces.py`. */
const OWN = 100;
const LONGEST = 40;
const LAST = "\uffff";

export async function open(root, catalogue) {
  const { load, parts, words } = texts(root, catalogue);
  const made = sameRows(await json(new URL("postings.json", root), "no-cache"), catalogue);
  const starts = unpacked(made.starts);
  const { title, id } = catalogue.records;
  const count = id.length;
  const pieces = new Map();

  /* The number of the piece that holds a term, -1 where nothing is indexed. */
  function pieceOf(term) {
    let from = 0;
    let to = starts.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (starts[middle] <= term) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /* Of a piece, the file of a kind that has this name. */
  function file(kind, name, at) {
    const written = /^[\x00-\x7f]*$/.test(name) ? name : `_${Array.from({ length: name.length }, (_, unit) => name.charCodeAt(unit).toString(16).padStart(4, "0")).join("")}`;
    return `postings/${kind}-${written}.json?v=${made.versions.slice(4 * at, 4 * at + 4)}`;
  }

  /* A piece as it is asked: where the records of each term begin among all of its records, how many they are, and where their places begin among those
     that share a file, -1 where they have one of their own; and all records as rows and weights. */
  function piece(at) {
    if (!pieces.has(at)) {
      const read = json(new URL(file("t", starts[at], at), root)).then(([coded, counts, deltas, weights]) => {
        const held = unpacked(coded);
        const places = new Map();
        let begin = 0;
        let shared = 0;
        held.forEach((term, position) => {
          const own = counts[position] > OWN && term.length <= LONGEST;
          places.set(term, [begin, counts[position], own ? -1 : shared]);
          begin += counts[position];
          if (!own) shared += counts[position];
        });
        return { held, places, deltas, weights };
      });
      read.catch(() => pieces.delete(at));
      pieces.set(at, read);
    }
    return pieces.get(at);
  }

  function* records({ places, deltas, weights }, term) {
    const [begin, length] = places.get(term) ?? [0, 0];
    let row = 0;
    for (let at = begin; at < begin + length; at += 1) {
      row += deltas[at];
      yield [row, Number.parseInt(weights[at], 16)];
    }
  }

  /* The rarer a term, the more it tells: the inverse document frequency of BM25. */
  function scored(found) {
    const rarity = Math.log(1 + (count - found.size + 0.5) / (found.size + 0.5));
    for (const [row, weight] of found) found.set(row, weight * rarity);
    return found;
  }

  async function term(asked) {
    const at = pieceOf(asked);
    return at < 0 ? new Map() : scored(new Map(records(await piece(at), asked)));
  }

  async function beginning(word) {
    const from = Math.max(pieceOf(word), 0);
    const upto = pieceOf(word + LAST);
    if (upto - from >= MOST_PIECES) return null;
    const found = new Map();
    for (const each of await Promise.all(Array.from({ length: upto - from + 1 }, (_, at) => piece(from + at)))) {
      for (const held of each.held.filter((one) => one.startsWith(word))) {
        for (const [row, weight] of records(each, held)) found.set(row, Math.max(weight, found.get(row) ?? 0));
      }
    }
    return scored(found);
  }

  /* Where a term of the index stands in each of its records. */
  async function placesOf(asked) {
    const at = pieceOf(asked);
    const read = await piece(at);
    const begin = read.places.get(asked)[2];
    const places = await load(begin < 0 ? file("w", asked, at) : file("p", starts[at], at));
    const found = new Map();
    let record = -1;
    let next = 0;
    while (next < places.length && record < begin) {
      if (places[next] < 0) record += 1;
      if (record < begin) next += 1;
    }
    for (const [row] of records(read, asked)) {
      let place = -1 - places[next];
      const own = new Set([place]);
      for (next += 1; places[next] >= 0; next += 1) own.add((place += places[next]));
      found.set(row, own);
    }
    return found;
  }

  /* The records in which terms follow each other, among some or all. */
  async function sequence(asked, among = null) {
    const lists = await Promise.all(asked.map(term));
    const shortest = lists.reduce((one, other) => (other.size < one.size ? other : one));
    let rows = [...shortest.keys()].filter((row) => lists.every((list) => list.has(row)));
    if (among) rows = rows.filter((row) => among.has(row));
    if (!rows.length) return new Set();
    const places = await Promise.all(asked.map(placesOf));
    return new Set(rows.filter((row) => [...places[0].get(row)].some((place) => places.every((each, at) => each.get(row).has(place + at)))));
  }

  let titles = null;
  const source = {
    count,
    term,
    beginning,
    /* The records that have a beginning in their title, before all others. */
    async begun(word) {
      titles ??= title.map((each) => terms(each));
      return new Map(titles.map((held, row) => [row, held.some((each) => each.startsWith(word)) ? 1 : 0]));
    },
    sequence: (asked, rows) => sequence(asked, new Set(rows)),
    // Of one record it would change nothing; the texts of a few are shown anyway.
    message: (asked, found) => (found.size < 2 ? [] : found.size > FEW ? sequence(asked, found) : standing(asked, [...found.keys()], catalogue, parts)),
    async key(joined, asked) {
      const named = await term(joined);
      if (named.size) return [...named.keys()];
      return asked.length > 1 ? [...(await sequence(asked))] : [];
    },
  };
  return { ask: (question, signal) => answer(question, source, words, signal), parts, words };
}
