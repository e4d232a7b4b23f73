/* What answers a question: one of two engines, loaded with the first word that is typed, and what both do with it. Every word must be found; where
   no record has all, those with most of them follow; slips are forgiven. */

import { beginnings, finder, folded, near, read, stem, unpacked } from "./question.js";
import { ranked } from "./ranking.js";

const ENGINES = ["lunr", "pagefind"];
const UNFINISHED = 0.4;
const SLIP = 0.5;
const LARGEST_GUESS = 12;
const MESSAGE = 3; // words that stand in a record just as they were typed no longer by chance
let engine = null;
let archive = null;

export function prepare(root, catalogue) {
  if (!ENGINES.includes(catalogue.engine)) return Promise.reject(new Error(`there is no engine ${catalogue.engine}`));
  if (!engine) {
    engine = import(`./engine-${catalogue.engine}.js`).then((module) => module.open(root, catalogue));
    engine.catch(() => (engine = null)); // the next word asks again
  }
  return engine;
}

/* What answers a text: `hits` maps rows, the fittest first, to what tells whether a word was found there; `partly` that no record has all words,
   and `instead` holds for each word that no record has those that were taken for it. */
export async function answerOf(text, root, catalogue, signal) {
  const ready = await prepare(root, catalogue);
  signal.throwIfAborted();
  const question = read(text);
  const found = await ready.ask(question, signal);
  signal.throwIfAborted();
  const finders = new Map();
  const hits = new Map(ranked(found, question, catalogue).map((row) => [row, () => finderOf(found.get(row).words, finders)]));
  return { hits, partly: found.partly, instead: found.instead };
}

/* What gives for a word of a text its stem where it was found, else nothing; many records share the words that were found in them. */
function finderOf(words, made) {
  if (!made.has(words)) {
    const isFound = finder(words);
    const known = new Map();
    made.set(words, (word) => {
      if (!known.has(word)) known.set(word, isFound(word) ? stem(folded(word)[0]) : "");
      return known.get(word);
    });
  }
  return made.get(words);
}

/* Ask a `source` a question and give the hits by row, each `{score, words, exact}`: `words` are the terms found and beginnings that end with `*`,
   `exact` tells that a key stands there as it was typed. The map's `partly` tells that no record has all words, its `instead` holds for each word
   that the archive does not know the words that were taken for it.

   A source gives promises: `term(term)` the records of a term and `beginning(word)` those of words that begin so, each a map of scores by row or null
   where there are too many to list; `together(words)` the same for records that have all of the words; `sequence(terms, rows)` those among rows
   (null: of all) in which terms follow each other; `key(joined, terms)` those with a key, `message(terms, rows)` those,
   maybe among the rows alone, in which all that was typed stands as it was typed. `count` is the number of records. */
export async function answer(question, source, words, signal) {
  const hits = new Map();
  hits.partly = false;
  hits.instead = new Map();
  if (!question.words.length) return hits;
  // A key that stands alone is meant as it is: of one that nobody has, a part tells nothing.
  const alone = question.keys.length === 1 && question.words.length === question.keys[0].terms.length;
  const strict = alone && question.keys[0].strict;
  const asked = await Promise.all(question.words.map((each) => recordsOf(each, source)));
  signal?.throwIfAborted();
  for (const each of asked) {
    if (!strict && each.rows && !each.rows.size && each.word.length >= 4) await forgive(each, source, await words(), hits.instead);
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
  if (!rows.size && !strict) {
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
      const hit = hits.get(row) || (alone && { score: 0, words: marks });
      if (!hit) continue;
      hit.exact = true;
      hits.set(row, hit);
    }
  }
  if (question.message.length >= MESSAGE) {
    for (const row of await source.message(question.message, rows)) {
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

/* What lies below the search folder for both engines: any JSON file, loaded once, the text of a record by parts (null where the archive publishes
   none), and the archive's words. */
export function texts(root, catalogue) {
  archive ??= opened(root, catalogue);
  return archive;
}

function opened(root, { engine: name, records }) {
  const loaded = new Map();
  let words = null;

  function load(file) {
    if (!loaded.has(file)) {
      const answer = json(new URL(file, root));
      answer.catch(() => loaded.delete(file)); // asked again the next time
      loaded.set(file, answer);
    }
    return loaded.get(file);
  }

  return {
    load,
    parts: (row) => (ENGINES.includes(name) ? load(`parts/${encodeURIComponent(records.id[row])}.json`) : null),
    words: async () => (words ??= unpacked((await load("words.json")).words)),
  };
}

export async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
