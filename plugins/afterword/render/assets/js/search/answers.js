/* One question, put to the engine that the archive has; both are loaded with the first word that is typed. */

import { finder, folded, read, stem } from "./question.js";
import { ranked } from "./ranking.js";

const ENGINES = ["lunr", "pagefind"];
let engine = null;
const kept = new Map();

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

/* The parts of a record's text, the same files for both engines, so that choosing from facets alone loads no index; null where the archive publishes none. */
export function partsOf(row, root, catalogue, byText) {
  if (!ENGINES.includes(catalogue.engine)) return null;
  if (!kept.has(row)) {
    const parts = byText ? prepare(root, catalogue).then((ready) => ready.parts(row)) : plain(new URL(`parts/${encodeURIComponent(catalogue.records.id[row])}.json`, root));
    kept.set(row, parts);
    parts.catch(() => kept.delete(row));
  }
  return kept.get(row);
}

async function plain(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
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
