/* The stretch of a record that answers a question best, where it stands, and which of its words were found. */

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const LENGTH = 230;
const BEFORE = 60;
/* What a stretch is worth by the part it stands in, at equal words. */
const WORTH = { summary: 0.5, cause: 0.6, action: 0.4, lesson: 0.4, impact: 0.3, detection: 0.3, resolution: 0.3, "went well": 0.2, timeline: 0.1 };

/* The best passage of `parts` (`[where, anchor, title, text]`): `{ where, anchor, title, text, others }`, with the other parts that hold found words; null where none does. */
export function passage(parts, isFound) {
  const found = parts.flatMap(([where, anchor, title, text]) => {
    const stretch = densest(text, isFound);
    return stretch ? [{ where, anchor, title, text, ...stretch, worth: stretch.words + (WORTH[where] || 0) }] : [];
  });
  if (!found.length) return null;
  const best = found.reduce((one, other) => (other.worth > one.worth ? other : one));
  const others = found.filter((each) => each !== best && each.where !== "text" && each.anchor && each.words >= best.words);
  return { ...best, text: cut(best.text, best.from), others };
}

/* What stands for a record where no part holds a found word: the beginning of its summary. */
export function opening(parts) {
  const part = parts.find(([where, , , text]) => where === "summary" && text) || parts.find(([, , , text]) => text);
  return part ? { where: part[0], anchor: part[1], title: part[2], text: cut(part[3], 0), others: [] } : null;
}

function densest(text, isFound) {
  const hits = [];
  for (const word of text.matchAll(WORD)) {
    const found = isFound(word[0]);
    if (found) hits.push([word.index, found]);
    if (hits.length > 400) break;
  }
  if (!hits.length) return null;
  let from = hits[0][0];
  let words = 0;
  const held = new Map();
  for (let first = 0, next = 0; first < hits.length; first += 1) {
    for (; next < hits.length && hits[next][0] < hits[first][0] + LENGTH - BEFORE; next += 1) held.set(hits[next][1], (held.get(hits[next][1]) || 0) + 1);
    if (held.size > words) [from, words] = [hits[first][0], held.size];
    const left = held.get(hits[first][1]) - 1;
    if (left) held.set(hits[first][1], left);
    else held.delete(hits[first][1]);
  }
  return { from, words };
}

/* A stretch around a place, from a word to a word; parts of a list stand apart by dots, and a stretch rather begins after one. */
function cut(text, place) {
  let begin = 0;
  if (place > BEFORE) {
    const item = text.lastIndexOf(" · ", place);
    begin = item >= place - 2 * BEFORE && item >= 0 ? item + 3 : text.indexOf(" ", place - BEFORE) + 1;
  }
  const end = begin + LENGTH;
  if (end >= text.length) return (begin ? "… " : "") + text.slice(begin);
  const last = text.lastIndexOf(" ", end);
  return `${begin ? "… " : ""}${text.slice(begin, last > begin ? last : end)} …`;
}

/* A text as `[piece, found]`, to be shown as text and marked words. */
export function pieces(text, isFound) {
  return text.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean).map((piece, position) => [piece, /[\p{L}\p{N}]/u.test(piece) && Boolean(isFound(piece)), position]);
}
