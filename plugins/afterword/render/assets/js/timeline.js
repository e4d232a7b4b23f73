/* A record's timeline: a point of the picture and its row light each other, and times are shown in a zone that the reader chooses. */
(() => {
  "use strict";
  const MINUTE = 60, DAY = 86400;
  const KEPT = "afterword-zone";
  const element = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };

  /* What clocks of a zone show is a number of seconds since 1970, as if in UTC. */
  const clocksOf = (zone) => {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
    return (seconds) => {
      const part = {};
      format.formatToParts(seconds * 1000).forEach((each) => { part[each.type] = each.value; });
      const shown = new Date(0);
      shown.setUTCFullYear(part.era === "BC" ? 1 - part.year : part.year, part.month - 1, part.day);
      shown.setUTCHours(part.hour, part.minute, part.second);
      return shown / 1000;
    };
  };
  const date = (shown) => new Date(shown * 1000).toISOString().slice(0, 10);
  const clock = (shown, seconds) => new Date(shown * 1000).toISOString().slice(-13, seconds ? -5 : -8);
  const dayWords = (shown, withYear) => {
    const [, day, month, year] = new Date(shown * 1000).toUTCString().split(" ");
    return `${Number(day)} ${month}${withYear ? ` ${Number(year)}` : ""}`;
  };
  const timeWords = (shown) => clock(shown, shown % MINUTE !== 0);

  const lengthWords = (seconds) => {
    const minutes = Math.round(seconds / MINUTE), hours = Math.floor(minutes / 60), rest = minutes % 60;
    return [hours ? `${hours} h` : "", rest || !hours ? `${rest} min` : ""].filter(Boolean).join(" ");
  };

  /* The axis: the same as derive/timing/wall_clock.py and render/picture/timeline_axis.py draw. */
  const EDGE = 17, DAY_WIDTH = 42, YEAR_WIDTH = 74;

  const clockSpans = (start, end, shownAt) => {
    const ahead = (at) => Math.round(shownAt(Math.floor(at)) - Math.floor(at));
    const spans = [];
    let from = start, now = ahead(start);
    for (let day = start; day < end && end - start < 400 * DAY; day += DAY) {
      const next = Math.min(day + DAY, end), later = ahead(next);
      if (later === now) continue;
      let low = Math.floor(day), high = Math.ceil(next);
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (ahead(middle) === now) low = middle;
        else high = middle;
      }
      spans.push({ start: from, end: high, ahead: now });
      from = high;
      now = later;
    }
    return [...spans, { start: from, end, ahead: now }];
  };

  const drawAxis = (svg, shownAt) => {
    const numbers = svg.dataset.scale.split(" ").map(Number), line = Number(svg.dataset.line), step = Number(svg.dataset.step);
    const stretches = [];
    for (let i = 0; i < numbers.length; i += 5) {
      stretches.push({ start: numbers[i], left: numbers[i + 1], end: numbers[i + 2], right: numbers[i + 3], shortened: numbers[i + 4] === 1 });
    }
    const first = stretches[0], last = stretches[stretches.length - 1], width = svg.viewBox.baseVal.width - 2;
    const x = (at) => {
      const stretch = [...stretches].reverse().find((each) => each.start <= at) || first;
      return stretch.left + Math.min(Math.max((at - stretch.start) / (stretch.end - stretch.start), 0), 1) * (stretch.right - stretch.left);
    };
    const spans = clockSpans(first.start, last.end, shownAt);
    const shown = (at) => at + (spans.find((span) => at < span.end) || spans[spans.length - 1]).ahead;
    const roundTimes = (start, end, every) => spans.flatMap((span, number) => {
      const found = [];
      const from = Math.max(start, span.start), until = Math.min(end, span.end);
      for (let wall = Math.ceil((from + span.ahead) / every) * every; wall - span.ahead <= until; wall += every) {
        if (wall - span.ahead < span.end || number === spans.length - 1) found.push([wall - span.ahead, wall]);
      }
      return found;
    });
    const text = (at, y, words, kind) => `<text${kind ? ' class="aw-course__end"' : ""} x="${at.toFixed(1)}" y="${y}">${words}</text>`;
    let ticks = "", labels = "", midnights = "", changes = "";
    const days = [];
    stretches.forEach((stretch) => {
      days.push([stretch.left, shown(stretch.start), false]);
      if (stretch.shortened) {
        if (stretch === last) days.push([stretch.right, shown(stretch.end), false]);
        return;
      }
      roundTimes(stretch.start, stretch.end, step).forEach(([at, wall]) => {
        const place = x(at);
        ticks += `M${place.toFixed(1)} ${line}v4`;
        const near = (stretch !== first && place - stretch.left < EDGE) || (stretch !== last && stretch.right - place < EDGE);
        if (step < DAY && !near) labels += text(place, line + 15, clock(wall, step < MINUTE));
      });
      roundTimes(stretch.start, stretch.end, Math.max(step, DAY)).forEach(([at, wall]) => {
        if (at > stretch.start) days.push([x(at), wall, true]);
      });
      if (step > DAY) return;
      spans.slice(1).forEach((after, number) => {
        const before = spans[number], until = before.end + before.ahead, from = before.end + after.ahead;
        if (stretch.start < before.end && before.end <= stretch.end && Math.ceil(until / DAY) * DAY < from) days.push([x(before.end), from, true]);
      });
      days.sort((one, other) => one[0] - other[0]);
    });
    let year = "", lastDay = "", free = -Infinity;
    const named = [];
    days.forEach(([at, wall, midnight], number) => {
      if (midnight) midnights += `M${at.toFixed(1)} 4V${line + 4}`;
      const day = date(wall);
      if (day === lastDay) return;
      const next = days.slice(number + 1).find((each) => date(each[1]) !== day), left = next ? next[0] - at : width;
      const following = next ? date(next[1]) : "", farther = next && Date.parse(following) - Date.parse(day) > DAY * 1000;
      const apart = farther && left >= DAY_WIDTH && day.slice(0, 4) !== (year || following.slice(0, 4));
      let withYear = day.slice(0, 4) !== year && (left >= YEAR_WIDTH || midnight || apart);
      const room = withYear ? YEAR_WIDTH : DAY_WIDTH, begin = Math.min(at, width - room);
      if (begin < free && !next && !midnight && named.length > 1) withYear = named.pop()[1] || withYear;
      else if (begin < free || (left < room && !midnight && !apart)) return;
      named.push([text(begin < at ? width : at, line + 30, dayWords(wall, withYear), begin < at), withYear]);
      if (withYear) year = day.slice(0, 4);
      lastDay = day;
      free = begin + room;
    });
    spans.slice(1).forEach((after, number) => {
      const before = spans[number], at = x(before.end), end = at > width / 2;
      const way = after.ahead > before.ahead ? "forward" : "back";
      changes += `<path d="M${at.toFixed(1)} 4V${line + 4}"/>${text(at + (end ? -4 : 4), line + 44, `clocks go ${way} ${lengthWords(Math.abs(after.ahead - before.ahead))}`, end)}`;
    });
    svg.querySelector(".aw-course__axis").innerHTML = [
      ticks && `<path class="aw-course__tick" d="${ticks}"/>`,
      labels && `<g class="aw-course__times">${labels}</g>`,
      midnights && `<path class="aw-course__midnight" d="${midnights}"/>`,
      `<g class="aw-course__days">${named.map(([words]) => words).join("")}</g>`,
      changes && `<g class="aw-course__change">${changes}</g>`,
    ].join("");
    setHeight(svg, line + (changes ? 48 : 34));
  };
  const setHeight = (svg, height) => {
    svg.setAttribute("viewBox", `0 0 ${svg.viewBox.baseVal.width} ${height}`);
    svg.setAttribute("height", height);
  };

  /* The tables, the points and the axis as they were made, and as another zone shows them. */
  const read = (section) => {
    const tables = [...section.querySelectorAll(".aw-timeline")];
    const svg = section.querySelector(".aw-course__svg");
    const shownBy = new Map();
    const rows = [...section.querySelectorAll(".aw-timeline tbody tr[id]")].map((row) => {
      const cell = row.cells[0], time = cell.querySelector("time"), link = cell.querySelector("a");
      const at = time ? Date.parse(time.dateTime) / 1000 : NaN;
      const made = { row, time, at, until: time && time.dataset.until ? Date.parse(time.dataset.until) / 1000 : NaN, words: time ? time.textContent : "" };
      const point = link && link.getAttribute("href").slice(1);
      if (point) shownBy.set(point, [...(shownBy.get(point) || []), made]);
      return made;
    });
    const points = svg ? [...svg.querySelectorAll("a[id]")].map((link) => {
      const title = link.querySelector("title"), label = link.querySelector("tspan");
      return { title, label, mine: shownBy.get(link.id) || [], said: title.textContent, labelled: label ? label.textContent : "" };
    }) : [];
    const axis = svg && svg.querySelector(".aw-course__axis");
    return {
      svg, rows, points, first: tables[0].parentElement, zone: tables[0].dataset.zone,
      bodies: tables.map(({ tBodies: [body] }) => ({ body, children: [...body.children] })),
      axis: axis && axis.innerHTML, height: svg && svg.viewBox.baseVal.height, names: [...section.querySelectorAll(".aw-zone-name")],
    };
  };

  const wordsIn = (rows, shownAt) => rows.map(({ at, until }) => {
    if (Number.isNaN(at)) return null;
    const start = shownAt(at), end = Number.isNaN(until) ? null : shownAt(until);
    const later = end !== null && date(end) !== date(start) ? `${date(end)} ` : "";
    return { start, startWords: timeWords(start), day: date(start), words: timeWords(start) + (end === null ? "" : `–${later}${timeWords(end)}`) };
  });

  const nameZone = (made, zone) => made.names.forEach((name) => { name.textContent = name.textContent.startsWith("(") ? `(${zone})` : zone; });

  const asMade = (made) => {
    made.bodies.forEach(({ body, children }) => body.replaceChildren(...children));
    made.rows.forEach((each) => { if (each.time) each.time.textContent = each.words; });
    made.points.forEach((point) => {
      point.title.textContent = point.said;
      if (point.label) point.label.textContent = point.labelled;
    });
    nameZone(made, made.zone);
    if (!made.svg) return;
    made.svg.querySelector(".aw-course__axis").innerHTML = made.axis;
    setHeight(made.svg, made.height);
  };

  const showIn = (made, shownAt, zone) => {
    asMade(made);
    const shown = wordsIn(made.rows, shownAt);
    const of = new Map(made.rows.map((each, number) => [each, shown[number]]));
    const at = new Map(made.rows.map((each) => [each.row, each]));
    made.bodies.forEach(({ body, children }) => {
      const lines = [];
      let day = "", above = null;
      children.forEach((row) => {
        if (!at.has(row)) {
          above = row;
          return;
        }
        const each = at.get(row), now = of.get(each);
        if (now) {
          each.time.textContent = now.words;
          if (now.day !== day) {
            day = now.day;
            const time = element("time", dayWords(now.start, true)), head = element("th", time), line = element("tr", head);
            line.className = "aw-timeline__day";
            head.colSpan = row.cells.length;
            head.scope = "rowgroup";
            time.dateTime = day;
            lines.push(line);
          }
        } else if (above) {
          /* The day of an event whose time stays as it is written, in whatever zone. */
          day = above.querySelector("time").dateTime;
          lines.push(above);
        }
        above = null;
        lines.push(row);
      });
      body.replaceChildren(...lines);
    });
    nameZone(made, zone);
    const drawn = made.points.flatMap((point) => point.mine.map((each) => of.get(each))).filter(Boolean);
    if (!made.svg || !drawn.length) return;
    const several = new Set(drawn.map((each) => each.day)).size > 1;
    made.points.forEach((point) => {
      const now = point.mine.map((each) => of.get(each));
      if (now.includes(null) || !now.length) return;
      const told = (each) => (several ? `${each.day} ` : "") + each.startWords;
      if (now.length > 1) {
        now.sort((one, other) => one.start - other.start);
        const [, rest] = point.said.split(/(?=,)/);
        point.title.textContent = `${now.length} events from ${told(now[0])} to ${told(now[now.length - 1])}${rest || ""}`;
        return;
      }
      const was = point.mine[0].words, place = point.said.indexOf(was);
      const about = point.said.slice(0, place).endsWith("~") ? "~" : "";
      point.title.textContent = `${several ? `${now[0].day} ` : ""}${about}${now[0].words}${point.said.slice(place + was.length)}`;
      if (point.label) point.label.textContent = (point.labelled.startsWith("~") ? "~" : "") + now[0].startWords;
    });
    drawAxis(made.svg, shownAt);
  };

  const same = (one, other) => one.every((each, number) => (each && each.start) === (other[number] && other[number].start));

  const offerZones = (section, made) => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!made.zone || !own) return;
    const utc = (at) => at, mine = clocksOf(own);
    const inUtc = wordsIn(made.rows, utc), inMine = wordsIn(made.rows, mine);
    const asRecord = (words) => words.every((each, number) => {
      const { time, words: written } = made.rows[number];
      return !each || (each.words === written && each.day === time.dateTime.slice(0, 10));
    });
    const record = { id: "record", words: "the record's", mine: asRecord(inMine), show: () => asMade(made) };
    const universal = { id: "utc", words: "", mine: !record.mine && same(inUtc, inMine), show: () => showIn(made, utc, "UTC") };
    const reader = { id: "own", words: "yours", mine: true, show: () => showIn(made, mine, own) };
    const choices = [record, ...(asRecord(inUtc) ? [] : [universal]), ...(record.mine || universal.mine ? [] : [reader])];
    if (choices.length < 2) return;
    const name = { record: made.zone, utc: "UTC", own };
    const said = ({ id, words, mine: isMine }) => {
      const whose = [words, isMine && id !== "own" ? "yours" : ""].filter(Boolean).join(" and ");
      return whose ? `${name[id]} (${whose})` : name[id];
    };
    const kept = recall();
    const chosen = choices.find((each) => each.id === kept) || (kept === "own" && choices.find((each) => each.mine)) || record;
    const field = element("fieldset", element("legend", "Times in"));
    field.className = "aw-zones";
    choices.forEach((choice) => {
      const input = element("input");
      input.type = "radio";
      input.name = "aw-zone";
      input.checked = choice === chosen;
      input.addEventListener("change", () => { keep(choice.id); choice.show(); });
      field.append(element("label", input, said(choice)));
    });
    if (chosen !== record) chosen.show();
    const unread = made.rows.filter((each) => !each.time && each.row.cells[0].textContent.trim()).length;
    if (unread) field.append(element("span", unread === 1 ? "1 time stays as written: it or its zone is not read" : `${unread} times stay as written: they or their zones are not read`));
    (section.querySelector(".aw-course") || made.first).before(field);
  };
  const recall = () => { try { return sessionStorage.getItem(KEPT); } catch { return null; } };
  const keep = (id) => { try { sessionStorage.setItem(KEPT, id); } catch { /* some browsers keep nothing */ } };

  /* A point lights its rows, a row its point. */
  const lightTogether = (section) => {
    const partners = (target) => {
      const point = target.closest(".aw-course__svg a[id]");
      if (point) return [...section.querySelectorAll(`.aw-timeline a[href="#${point.id}"]`)].map((link) => link.closest("tr"));
      const row = target.closest(".aw-timeline tr[id]"), link = row && row.cells[0].querySelector("a");
      const found = link && section.querySelector(link.getAttribute("href"));
      return found ? [found] : [];
    };
    /* A page that scrolls moves under the pointer: what has the focus stays lit beside what is pointed at. */
    const lit = { pointer: [], focus: [] };
    const light = (by, found) => {
      lit[by] = found;
      section.querySelectorAll(".aw-lit").forEach((each) => each.classList.remove("aw-lit"));
      [...lit.pointer, ...lit.focus].forEach((each) => each.classList.add("aw-lit"));
    };
    section.addEventListener("pointerover", (event) => light("pointer", partners(event.target)));
    section.addEventListener("pointerleave", () => light("pointer", []));
    section.addEventListener("focusin", (event) => light("focus", partners(event.target)));
    section.addEventListener("focusout", () => light("focus", []));
  };

  const start = () => document.querySelectorAll(".aw-section:has(.aw-timeline)").forEach((section) => {
    if (section.dataset.awReady) return;
    section.dataset.awReady = "";
    offerZones(section, read(section));
    lightTogether(section);
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
