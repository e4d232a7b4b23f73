/* What answers a question: one of two engines, loaded with the first word that is typed, and what both do with it. Every word must be found; where
   no record has all, those with most of them follow; slips are forgiven. */

import { beginnings, finder, folded, near, read, stem, terms, unpacked } from "./question.js";
import { ranked } from "./ranking.js";

const ENGINES = ["lunr", "postings"];
const UNFINISHED = 0.4;
const SLIP = 0.5;
const LARGEST_GUESS = 12;
const RARE = 12; // records of a word that is doubted
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
   `instead` holds for each word that no record has those that were taken for it, and `missing` the others; `common` as in the question. */
export async function answerOf(text, root, catalogue, signal) {
  const ready = await prepare(root, catalogue);
  signal.throwIfAborted();
  const question = read(text);
  const found = await ready.ask(question, signal);
  signal.throwIfAborted();
  const finders = new Map();
  const hits = new Map(ranked(found, question, catalogue).map((row) => [row, () => finderOf(found.get(row).words, finders)]));
  return { hits, partly: found.partly, instead: found.instead, missing: found.missing, common: question.common };
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
   that the archive does not know the words that were taken for it, and `missing` those for which there are none.

   A source gives promises: `term(term)` the records of a term and `beginning(word)` those of words that begin so, each a map of scores by row; of a
   beginning null where too many words begin so, and then `begun(word)` all records by how well it fits; `sequence(terms, rows)` those among rows in which
   terms follow each other; `key(joined, terms)` those with a key, `message(terms, rows)` those, maybe among the rows alone, in which all that was typed
   stands as it was typed. `count` is the number of records. */
export async function answer(question, source, words, signal) {
  const hits = new Map();
  hits.partly = false;
  hits.instead = new Map();
  hits.missing = [];
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
  hits.missing = listed.filter((each) => !each.rows.size).map((each) => each.word);
  let rows = listed.length ? common(listed) : await source.begun(asked[0].word);
  if (!rows.size && !strict && !hits.missing.length) rows = await doubted(listed, source, words, hits.instead);
  signal?.throwIfAborted();
  for (const phrase of question.phrases) {
    const fits = await source.sequence(phrase, [...rows.keys()]);
    rows = new Map([...rows].filter(([row]) => fits.has(row)));
  }
  signal?.throwIfAborted();
  if (!rows.size && !strict) {
    hits.partly = asked.length > 1 || question.phrases.length > 0;
    rows = some(listed, source.count);
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
  const found = { word, open, marks: new Set([term]), rows: await source.term(term) };
  if (!open) return found;
  const begun = await source.beginning(word);
  if (begun === null || begun.size) {
    found.marks.add(`${word}*`);
    if (begun === null) found.rows = null;
    else add(found.rows, begun, UNFINISHED);
    return found;
  }
  for (const other of found.rows.size ? [] : beginnings(word)) {
    const rows = await source.term(other);
    if (rows.size) return { word, open, marks: new Set([other, `${word}*`]), rows };
  }
  return found;
}

async function forgive(each, source, known, instead) {
  const candidates = near(each.word, known, each.open);
  const taken = [...new Set(candidates.map(stem))].slice(0, LARGEST_GUESS);
  const rows = new Map();
  for (const term of taken) {
    const found = await source.term(term);
    if (!found.size) continue;
    add(rows, found, SLIP);
    each.marks.add(term);
  }
  if (!rows.size) return;
  each.rows = rows;
  instead.set(each.word, candidates.slice(0, 5));
}

/* Where each word is known and no record has all, a rare one may be a slip that somebody wrote down before. */
async function doubted(listed, source, words, instead) {
  for (const each of listed.filter(({ word, rows }) => /^\p{L}{4,}$/u.test(word) && rows.size <= RARE)) {
    const other = { ...each, marks: new Set(each.marks) };
    const taken = new Map();
    await forgive(other, source, (await words()).filter((known) => known !== each.word), taken);
    const rows = common(listed.map((one) => (one === each ? other : one)));
    if (!taken.size || !rows.size) continue;
    Object.assign(each, other);
    instead.set(each.word, taken.get(each.word));
    return rows;
  }
  return new Map();
}

/* Those among rows in whose texts terms follow each other. */
export async function standing(phrase, rows, { records }, parts) {
  const sought = ` ${phrase.join(" ")} `;
  const fits = await Promise.all(
    rows.map(async (row) => {
      const told = [["", "", "", records.title[row]], ...(await parts(row))];
      return told.some(([, , title, text]) => ` ${terms(`${title} ${text}`).join(" ")} `.includes(sought));
    }),
  );
  return new Set(rows.filter((_, at) => fits[at]));
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

/* An index that was loaded after the site was renewed names other records than a catalogue from before. */
export function sameRows(made, { rows }) {
  if (made.rows !== rows) throw new Error("the index is of another build than the catalogue");
  return made;
}

export async function json(url, cache = "default") {
  const answer = await fetch(url, { cache });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
