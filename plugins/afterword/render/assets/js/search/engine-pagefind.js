/* The engine of a large archive: Pagefind's index, loaded by and by, asked in a worker of its own. */

import { answer, texts } from "./answer.js";

const REMEMBERED = 60;
/* Stands behind every term of the index, so that one is found by itself and not by all that begin so (`search/pagefind_index.py`). */
const WHOLE = "\u01C0";

export async function open(root, catalogue) {
  const { parts, words } = texts(root, catalogue);
  const worker = new Worker(new URL("./pagefind-worker.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  let number = 0;
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error) reject(new Error(data.error));
    else resolve(data.result);
  });
  worker.addEventListener("error", (event) => {
    waiting.forEach(({ reject }) => reject(new Error(event.message || "the search could not be started")));
    waiting.clear();
  });

  function told(message) {
    return new Promise((resolve, reject) => {
      number += 1;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, ...message });
    });
  }

  const { common } = await told({ open: new URL(root, document.baseURI).href });
  const commonest = new Set(common);
  const known = new Map();

  async function search(query, preload = "") {
    if (!known.has(query)) {
      const asked = told({ query, preload }).then(({ rows, scores }) => new Map(Array.from(rows, (row, at) => [row, scores[at]])));
      asked.catch(() => known.delete(query));
      known.set(query, asked);
      if (known.size > REMEMBERED) known.delete(known.keys().next().value);
    }
    return new Map(await known.get(query)); // whoever asks may add to it
  }

  const exact = async (terms) => new Set((await search(`"${terms.map((term) => term + WHOLE).join(" ")}"`)).keys());
  const source = {
    count: catalogue.records.id.length,
    term: async (term, anyway = false) => (commonest.has(term) && !anyway ? null : search(term + WHOLE)),
    // What begins so may lie in more than one piece of the index: its end is loaded, too.
    beginning: async (word) => (common.some((term) => term.startsWith(word)) ? null : search(word, `${word} ${word}zzz`)),
    together: (queries) => search(queries.map(({ term, beginning }) => beginning ?? term + WHOLE).join(" ")),
    sequence: async (terms, rows) => {
      const fits = await exact(terms);
      return new Set(rows.filter((row) => fits.has(row)));
    },
    message: exact,
    key: async (joined, terms) => {
      const named = await search(joined + WHOLE);
      if (named.size) return [...named.keys()];
      return terms.length > 1 ? [...(await exact(terms))] : [];
    },
  };
  return { ask: (question, signal) => answer(question, source, words, signal), parts, words };
}
