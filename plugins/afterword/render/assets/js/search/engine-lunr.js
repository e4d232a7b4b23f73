/* The engine of a small archive: lunr's index, loaded whole. */

import { answer, texts } from "./answer.js";
import { terms } from "./question.js";

const LARGEST_LOOK = 200;
const LARGEST_LOOK_FOR_ONE = 40;

export async function open(root, catalogue) {
  const { load, parts, words } = texts(root, catalogue);
  const [lunr, made] = await Promise.all([library(), load("lunr.json")]);
  const count = catalogue.records.id.length;
  const index = count ? lunr.Index.load(made.index) : null;
  const known = index ? Object.keys(index.invertedIndex).sort() : [];

  /* The query goes through lunr's builder, never through its language: no word of a reader is an operator. */
  function rows(asked) {
    if (!index || !asked.length) return new Map();
    const results = index.query((query) => asked.forEach((term) => query.term(term, { usePipeline: false })));
    return new Map(results.map((result) => [Number(result.ref), result.score]));
  }

  /* Whether terms stand beside each other is read in the records' texts: the index holds no places, and there are few records. */
  async function sequence(phrase, among) {
    const sought = ` ${phrase.join(" ")} `;
    const fits = await Promise.all(
      among.slice(0, LARGEST_LOOK).map(async (row) => {
        const told = [["", "", "", catalogue.records.title[row]], ...(await parts(row))];
        return told.some(([, , title, text]) => ` ${terms(`${title} ${text}`).join(" ")} `.includes(sought));
      }),
    );
    return new Set(among.filter((_, at) => fits[at]));
  }

  const source = {
    count,
    sequence,
    term: async (term) => rows(Object.hasOwn(index?.invertedIndex ?? {}, term) ? [term] : []),
    beginning: async (word) => rows(begun(known, word)),
    together: async () => null,
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
