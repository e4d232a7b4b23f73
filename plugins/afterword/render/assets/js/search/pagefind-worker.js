/* Pagefind off the page's thread. Its own worker keeps an object for every result and sends the places of every word; a page needs rows and scores. */

const RANKING = { termSimilarity: 1, pageLength: 0.5, termSaturation: 1.4, termFrequency: 1 };

let pagefind = null;
let rows = null;
let length = 0;

/* The row of a result, whose id is `x`, the number of its shard, and a hash. */
const rowOf = (id) => rows.get((id[1] + id.slice(3)).slice(0, length));

async function open(root) {
  const answer = await fetch(new URL("pagefind.json", root));
  if (!answer.ok) throw new Error(`pagefind.json: ${answer.status}`);
  const [made, library] = await Promise.all([answer.json(), import(new URL("pagefind/0/pagefind.js", root).href)]);
  await library.options({ ranking: RANKING });
  await library.init();
  for (let shard = 1; shard < made.shards; shard += 1) await library.mergeIndex(new URL(`pagefind/${shard}/`, root).href, { ranking: RANKING });
  length = made.width + 1;
  rows = new Map(Array.from({ length: made.names.length / length }, (_, row) => [made.names.slice(row * length, (row + 1) * length), row]));
  pagefind = library;
  return { common: made.common };
}

async function search(query, preload) {
  if (preload) await pagefind.preload(preload);
  const found = ((await pagefind.search(query)) || { results: [] }).results.filter((result) => rowOf(result.id) !== undefined);
  return { rows: Uint32Array.from(found, (result) => rowOf(result.id)), scores: Float32Array.from(found, (result) => result.score) };
}

self.addEventListener("message", async ({ data }) => {
  const { number } = data;
  try {
    self.postMessage({ number, result: data.open ? await open(data.open) : await search(data.query, data.preload) });
  } catch (error) {
    self.postMessage({ number, error: String(error?.message || error) });
  }
});
