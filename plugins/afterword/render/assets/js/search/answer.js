/* What both engines do with a question: every word must be found; where no record has all, those with most of them follow; slips are forgiven. */

import { beginnings, near, stem, unpacked } from "./question.js";

const UNFINISHED = 0.4;
const SLIP = 0.5;
const LARGEST_GUESS = 12;

/* Ask a `source` a question and give the hits by row, each `{score, words, exact}`: `words` are the terms found and beginnings that end with `*`,
   `exact` tells that a key stands there as it was typed. The map's `partly` tells that no record has all words, its `instead` holds for each word
   that the archive does not know the words that were taken for it.

   A source gives promises: `term(term)` the records of a term and `beginning(word)` those of words that begin so, each a map of scores by row or null
   where there are too many to list; `together(words)` the same for records that have all of the words; `sequence(terms, rows)` those among rows
   (null: of all) in which terms follow each other; `key(joined, terms)` those with a key. `count` is the number of records. */
export async function answer(question, source, words, signal) {
  const hits = new Map();
  hits.partly = false;
  hits.instead = new Map();
  if (!question.words.length) return hits;
  const asked = await Promise.all(question.words.map((each) => recordsOf(each, source)));
  signal?.throwIfAborted();
  for (const each of asked) {
    if (each.rows && !each.rows.size && each.word.length >= 4) await forgive(each, source, await words(), hits.instead);
    signal?.throwIfAborted();
  }
  const listed = asked.filter((each) => each.rows);
  let rows = common(listed);
  if (listed.length < asked.length) {
    const heavy = asked.filter((each) => !each.rows).map((each) => each.queries[0]);
    const rarest = listed.length ? listed.reduce((one, other) => (other.rows.size < one.rows.size ? other : one)) : null;
    const all = new Map();
    for (const query of rarest ? rarest.queries : [null]) add(all, await source.together(query ? [...heavy, query] : heavy), 1);
    rows = rarest ? common([...listed, { rows: all }]) : all;
  }
  for (const phrase of question.phrases) {
    const fits = await source.sequence(phrase, [...rows.keys()]);
    rows = new Map([...rows].filter(([row]) => fits.has(row)));
  }
  signal?.throwIfAborted();
  if (!rows.size) {
    hits.partly = asked.length > 1 || question.phrases.length > 0;
    rows = some(listed, source.count);
    if (!rows.size) rows = await most(asked.filter((each) => !each.rows), source);
  }
  const marks = new Set(asked.flatMap((each) => [...each.marks]));
  const marked = new Map(); // rows with the same words share a set
  for (const [row, score] of rows) {
    let words = marks;
    if (hits.partly) {
      const held = asked.filter((each) => !each.rows || each.rows.has(row));
      const name = held.map((each) => each.word).join(" ");
      if (!marked.has(name)) marked.set(name, new Set(held.flatMap((each) => [...each.marks])));
      words = marked.get(name);
    }
    hits.set(row, { score, words, exact: false });
  }
  for (const { joined, terms } of question.keys) {
    for (const row of await source.key(joined, terms, rows)) {
      const hit = hits.get(row) || { score: 0, words: marks, exact: true };
      hit.exact = true;
      hits.set(row, hit);
    }
  }
  signal?.throwIfAborted();
  return hits;
}

async function recordsOf({ word, term, open }, source) {
  const found = { word, open, queries: [{ term }], marks: new Set([term]), rows: await source.term(term) };
  if (!open) return found;
  const begun = await source.beginning(word);
  if (begun === null || begun.size) {
    found.marks.add(`${word}*`);
    found.queries = found.rows?.size && !term.startsWith(word) ? [{ term }, { beginning: word }] : [{ beginning: word }];
    if (begun === null || found.rows === null) found.rows = null;
    else add(found.rows, begun, UNFINISHED);
    return found;
  }
  for (const other of found.rows?.size === 0 ? beginnings(word) : []) {
    const rows = await source.term(other);
    if (rows === null || rows.size) return { word, open, queries: [{ term: other }], marks: new Set([other, `${word}*`]), rows };
  }
  return found;
}

async function forgive(each, source, known, instead) {
  const candidates = near(each.word, known, each.open);
  const taken = [...new Set(candidates.map(stem))].slice(0, LARGEST_GUESS);
  const rows = new Map();
  for (const term of taken) {
    const found = await source.term(term, true);
    if (!found || !found.size) continue;
    add(rows, found, SLIP);
    each.marks.add(term);
  }
  if (!rows.size) return;
  each.rows = rows;
  each.queries = taken.map((term) => ({ term }));
  instead.set(each.word, candidates.slice(0, 5));
}

function add(rows, others, weight) {
  for (const [row, score] of others) rows.set(row, (rows.get(row) || 0) + weight * score);
}

/* The records that all lists hold. */
function common(listed) {
  if (!listed.length) return new Map();
  const [shortest, ...rest] = [...listed].sort((one, other) => one.rows.size - other.rows.size);
  const found = new Map();
  for (const [row, score] of shortest.rows) {
    if (rest.every((each) => each.rows.has(row))) found.set(row, rest.reduce((sum, each) => sum + each.rows.get(row), score));
  }
  return found;
}

/* The records of any list, those with more and rarer words far before the others. */
function some(listed, count) {
  const found = new Map();
  for (const { rows } of listed) {
    const rarity = Math.log(1 + count / (rows.size + 0.5));
    let most = 0;
    for (const score of rows.values()) most = Math.max(most, score);
    for (const [row, score] of rows) found.set(row, (found.get(row) || 0) + rarity * (1 + (0.3 * score) / (most || 1)));
  }
  return found;
}

/* Of words that many records have: the records of all but one of them, else those of any. */
async function most(heavy, source) {
  const queries = heavy.map((each) => each.queries[0]);
  const rows = new Map();
  for (const left of queries.length > 2 ? queries : []) add(rows, await source.together(queries.filter((query) => query !== left)), 1);
  if (!rows.size) for (const query of queries) add(rows, await source.together([query]), 1);
  return rows;
}

/* Load a JSON file below the search folder once. */
export function loader(root) {
  const loaded = new Map();
  return (name) => {
    if (!loaded.has(name)) {
      const answer = fetch(new URL(name, root)).then((response) => (response.ok ? response.json() : Promise.reject(new Error(`${name}: ${response.status}`))));
      answer.catch(() => loaded.delete(name)); // asked again the next time
      loaded.set(name, answer);
    }
    return loaded.get(name);
  };
}

/* What both engines give beside their answers: the text of a record by parts, and the archive's words. */
export function texts(root, catalogue) {
  const load = loader(root);
  let words = null;
  return {
    load,
    parts: (row) => load(`parts/${encodeURIComponent(catalogue.records.id[row])}.json`),
    words: async () => (words ??= unpacked((await load("words.json")).words)),
  };
}
