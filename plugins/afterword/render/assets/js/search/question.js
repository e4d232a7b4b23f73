/* What was typed, as the words, phrases and keys that are looked for. Words become the terms of the index as `search/terms.py` makes them:
   the two must not differ, or a word is in the index and never found. */

export const STOP_WORDS = new Set(
  (
    "a an and are as at be been but by did do does for from had has have he her his how i if in into is it its of on or our " +
    "she so than that the their them then there these they this those to was we were what when where which who why will " +
    "with would you your"
  ).split(" "),
);
/* What a question in a whole sentence says beside what it asks for. */
const ASKED = "about all any because cause caused causes due every find give happened incident incidents list me mortem mortems my outage outages past post postmortem postmortems show whose".split(" ");
export const ASIDE = new Set([...STOP_WORDS, ...ASKED]);
const ASKING = /^\s*(?:find|give|how|list|show|what|when|where|which|who|whose|why)\s/i;
const LEAST = 4;

/* The same folding as `search/folding.py`: letters and digits, no case, no accents. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
}

const stems = new Map();

/* Give the term of a folded word: what its forms share. */
export function stem(word) {
  let made = stems.get(word);
  if (made === undefined) {
    made = /^[a-z]{4,40}$/.test(word) ? without(verb(singular(word))) : word;
    stems.set(word, made);
  }
  return made;
}

function singular(word) {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

function verb(word) {
  if (word.endsWith("ied")) return `${word.slice(0, -3)}y`;
  if (word.endsWith("eed")) return word;
  for (const ending of ["ing", "ed"]) {
    const rest = word.endsWith(ending) ? word.slice(0, -ending.length) : "";
    if (rest.length > 2 && /[aeiouy]/.test(rest)) return /([^aeioulsz])\1$/.test(rest) ? rest.slice(0, -1) : rest;
  }
  return word;
}

function without(word) {
  const ending = ["ation", "ment", "ness", "ly"].find((each) => word.endsWith(each) && word.length - each.length >= LEAST);
  if (ending) word = word.slice(0, -ending.length);
  else if (/[st]ion$/.test(word) && word.length > 5) word = word.slice(0, -3);
  if (word.endsWith("e") && word.length > 3) word = word.slice(0, -1);
  for (const again of ["at", "ur"]) {
    if (word.endsWith(again) && word.length - again.length >= LEAST) return word.slice(0, -again.length);
  }
  return word.endsWith("y") && word.length > 3 ? `${word.slice(0, -1)}i` : word;
}

/* Give the terms of a text in its order, the commonest words left out. */
export function terms(text) {
  return folded(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}

/* Read what was typed: `words` are all that must be found, each `{word, term, open}`, the last one open while it may be unfinished; `phrases` are
   lists of terms that stand beside each other; `keys` are what was typed in one piece with signs in it, such as a ticket's key or an error code,
   each `{joined, terms, strict}`, strict where a digit or underscore says that it is no word; `message` are the terms of all that was typed, in its order; `common` tells that no word
   of it is in the index. */
export function read(text) {
  const question = { text: text.trim(), words: [], phrases: [], keys: [], message: [], common: false };
  const open = !/[\s"“”]$/.test(text);
  const words = [];
  const rest = text.replace(/["“”]([^"“”]*)["“”]/g, (_, phrase) => {
    const made = terms(phrase);
    if (made.length > 1) question.phrases.push(made);
    words.push(...folded(phrase));
    return " ";
  });
  for (const token of rest.split(/\s+/)) {
    const parts = folded(token);
    words.push(...parts);
    if (parts.length > 1) question.keys.push({ joined: parts.join(""), terms: terms(token), strict: /[\d_]/.test(token) });
  }
  const aside = ASKING.test(text) && words.some((word) => !ASIDE.has(word)) ? ASIDE : STOP_WORDS;
  const told = words.filter((word) => !aside.has(word));
  const last = open && folded(rest).length ? folded(rest).at(-1) : "";
  const seen = new Map();
  for (const word of told.length ? told : words) {
    const term = stem(word);
    const unfinished = word === last && word.length > 1;
    if (!seen.has(term)) seen.set(term, { word, term, open: unfinished });
    else if (unfinished) seen.get(term).open = true;
  }
  question.words = [...seen.values()];
  question.common = words.length > 0 && words.every((word) => STOP_WORDS.has(word));
  if (!question.phrases.length) question.message = terms(rest);
  return question;
}

const ENDINGS = ["ations", "ated", "ates", "ating", "ion", "ions", "ings", "ed", "ments", "ness", "ly", "es", "ies", "ures"];

/* Give the terms that an unfinished word may become part of an ending of: `connectio` is on its way to `connection`, whose term is `connect`. */
export function beginnings(word) {
  const found = [];
  for (let cut = 1; cut < 6 && word.length - cut >= 3; cut += 1) {
    const end = word.slice(-cut);
    const base = word.slice(0, -cut);
    if (ENDINGS.some((ending) => ending.startsWith(end))) found.push(base, stem(base));
    if (end[0] === "i") found.push(`${base}i`);
  }
  return [...new Set(found)];
}

/* Make what tells whether a word of a text, as it is written there, is one of those found: `words` are terms, and beginnings that end with `*`. */
export function finder(words) {
  const begin = [...words].filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1));
  return (written) => folded(written).some((word) => words.has(stem(word)) || begin.some((each) => word.startsWith(each)));
}

/* Read the list of `words.json`: each word begins with how many letters it shares with the one before. */
export function unpacked(text) {
  let before = "";
  return (text ? text.split(" ") : []).map((each) => {
    before = before.slice(0, Number.parseInt(each[0], 36)) + each.slice(1);
    return before;
  });
}

/* Give the known words that a slip away from what was typed: one from four letters on, two from eight; an unfinished word is compared with beginnings. */
export function near(word, known, open) {
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  let best = most;
  let found = [];
  if (!most || /^\p{N}+$/u.test(word)) return found;
  for (const other of known) {
    if (other.length < word.length - most || (!open && other.length > word.length + most)) continue;
    const away = distance(word, other, best, open);
    if (away < best) found = [];
    if (away <= best) {
      best = away;
      found.push(other);
    }
  }
  // A whole word is meant rather than the beginning of one.
  const whole = open ? found.filter((other) => Math.abs(other.length - word.length) <= best && distance(word, other, best, false) <= best) : found;
  return whole.length ? whole : found;
}

/* The number of letters left out, added, changed or swapped with their neighbour; more than `most` where there are more. */
function distance(word, other, most, open) {
  let before = null;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = word[i - 1] === other[j - 1];
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (before && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return open ? Math.min(...row) : row[other.length];
}
