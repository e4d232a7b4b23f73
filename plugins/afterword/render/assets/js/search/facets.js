/* Filtering and counting. The catalogue's columns become typed arrays: one pass over ten thousand records takes a millisecond or two. */

/* The names that stand in the address, with those that readers see, in the order of the page. */
export const FACETS = {
  service: "Service",
  class: "Failure class",
  severity: "Severity",
  year: "Year",
  team: "Team",
  status: "Status",
  kind: "Kind",
  detection: "Detected by",
  open: "Action items",
};

export const DAY = 86_400_000; // milliseconds

/* Columns as they are used: the file leaves out what follows from something else (`search/catalogue.py`). */
function fill({ facets, records }) {
  let last = 0;
  records.day = records.day.map((more) => (last += more));
  records.id = records.id.map((id, row) => (id.startsWith("-") ? new Date(records.day[row] * DAY).toISOString().slice(0, 10) + id : id));
  records.team = records.service.map((own) => [...new Set(own.flatMap((at) => facets.service[at][2]))]);
}

/* A table of the catalogue, whose columns are made whole: for each facet its values, and which of them each record holds (`held[starts[row]]` to `held[starts[row + 1]]`). */
export function tableOf(catalogue) {
  const { facets, records } = catalogue;
  fill(catalogue);
  const size = records.id.length;
  const columns = Object.keys(FACETS).filter((name) => facets[name] && facets[name].length && records[name]).map((name) => column(name, facets[name], records[name]));
  const newest = Int32Array.from({ length: size }, (_, row) => row);
  newest.sort((one, other) => records.day[other] - records.day[one] || other - one);
  return { size, columns, newest, records, column: (name) => columns.find((each) => each.name === name) };
}

function column(name, listed, cells) {
  const values = listed.map(([id, label, more], position) => ({ name, id: String(id), label: name === "open" ? "still open" : label || String(id), position, more }));
  const places = new Map(values.map((value) => [value.id, value.position]));
  const above = name === "class" ? values.map((value) => wider(value.position, listed)) : null;
  if (above) values.forEach((value) => (value.above = new Set(above[value.position].slice(1))));
  const starts = new Int32Array(cells.length + 1);
  const held = [];
  cells.forEach((cell, row) => {
    const own = name === "open" ? (cell > 0 ? [0] : []) : [cell].flat().filter((each) => each !== null && each >= 0);
    held.push(...(above ? new Set(own.flatMap((each) => above[each])) : own));
    starts[row + 1] = held.length;
  });
  return { name, label: FACETS[name], values, places, starts, held: Uint16Array.from(held) };
}

/* A class with all that are broader: whoever asks for those finds it, too. */
function wider(position, listed) {
  const found = new Set([position]);
  for (const each of found) for (const above of [listed[each][2] ?? []].flat()) found.add(above);
  return [...found];
}

/* The rows that fit, in the order given, and for each facet how many records each value has where that facet's own choice is left aside.
   Values of one facet are alternatives, facets add up. `choice` maps names to sets of ids; an id that no record has fits none. */
export function filtered(table, choice, rows = table.newest) {
  const { columns } = table;
  const masks = columns.map(({ name, values }) => {
    const ids = choice.get(name);
    return ids && ids.size ? Uint8Array.from(values, (value) => (ids.has(value.id) ? 1 : 0)) : null;
  });
  const asked = masks.flatMap((mask, position) => (mask ? [position] : []));
  const counts = columns.map(({ values }) => new Int32Array(values.length));
  const fitting = new Int32Array(rows.length);
  let found = 0;
  for (const row of rows) {
    let missing = -1;
    let misses = 0;
    for (const position of asked) {
      const { starts, held } = columns[position];
      let at = starts[row];
      while (at < starts[row + 1] && !masks[position][held[at]]) at += 1;
      if (at < starts[row + 1]) continue;
      missing = position;
      misses += 1;
      if (misses > 1) break;
    }
    if (misses > 1) continue;
    if (!misses) {
      fitting[found] = row;
      found += 1;
    }
    for (let position = misses ? missing : 0, last = misses ? missing + 1 : columns.length; position < last; position += 1) {
      const { starts, held } = columns[position];
      for (let at = starts[row]; at < starts[row + 1]; at += 1) counts[position][held[at]] += 1;
    }
  }
  return { rows: fitting.subarray(0, found), counts };
}

/* The values that a record holds of a facet. */
export function valuesOf(table, name, row) {
  const found = table.column(name);
  return found ? Array.from(found.held.subarray(found.starts[row], found.starts[row + 1]), (position) => found.values[position]) : [];
}
