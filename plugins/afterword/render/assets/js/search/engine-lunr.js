/* The engine of a small archive: lunr's index, loaded whole. */

import { answer, sameRows, standing, texts } from "./answer.js";

const LARGEST_LOOK = 200;
const LARGEST_LOOK_FOR_ONE = 40;

export async function open(root, catalogue) {
  const { load, parts, words } = texts(root, catalogue);
  const [lunr, made] = await Promise.all([library(), load("lunr.json")]);
  sameRows(made, catalogue);
  const count = catalogue.records.id.length;
  const index = count ? lunr.Index.load(made.index) : null;
  const known = index ? Object.keys(index.invertedIndex).sort() : [];

  /* The query goes through lunr's builder, never through its language: no word of a reader is an operator. */
  function rows(asked) {
    if (!index || !asked.length) return new Map();
    const results = index.query((query) => asked.forEach((term) => query.term(term, { usePipeline: false })));
    return new Map(results.map((result) => [Number(result.ref), result.score]));
  }

  /* The index holds no places, and there are few records. */
  const sequence = (phrase, among) => standing(phrase, among.slice(0, LARGEST_LOOK), catalogue, parts);

  const source = {
    count,
    sequence,
    term: async (term) => rows(Object.hasOwn(index?.invertedIndex ?? {}, term) ? [term] : []),
    beginning: async (word) => rows(begun(known, word)),
    message: (phrase, found) => sequence(phrase, bestOf(found)),
    key: async (joined, phrase, found) => {
      const named = Object.hasOwn(index?.invertedIndex ?? {}, joined) ? index.invertedIndex[joined].keys : null;
      if (named) return Object.keys(named).map(Number);
      return phrase.length > 1 ? sequence(phrase, bestOf(found)) : [];
    },
  };
  return { ask: (question, signal) => answer(question, source, words, signal), parts, words };
}

/* The rows whose texts are looked into: each is a file to load. */
function bestOf(found) {
  return [...found].sort((one, other) => other[1] - one[1]).slice(0, LARGEST_LOOK_FOR_ONE).map(([row]) => row);
}

/* The known words that begin so, of a sorted list. */
function begun(known, word) {
  let from = 0;
  let to = known.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (known[middle] < word) from = middle + 1;
    else to = middle;
  }
  const found = [];
  while (from < known.length && known[from].startsWith(word) && found.length < 200) found.push(known[from++]);
  return found;
}

/* lunr.js is no module: it makes a global of itself. */
function library() {
  if (globalThis.lunr) return globalThis.lunr;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../lunr.js", import.meta.url).href;
    script.addEventListener("load", () => resolve(globalThis.lunr));
    script.addEventListener("error", () => reject(new Error("lunr.js could not be loaded")));
    document.head.append(script);
  });
}
