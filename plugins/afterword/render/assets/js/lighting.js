/* What the pointer or the focus is on, in a drawing or in the list below it, lights its way to the outcome in both. */
(() => {
  "use strict";
  const LIT = "aw-lit";
  const HERE = "aw-lit--here";
  const LINE = "aw-line--here";

  /* The name of what an element belongs to: `n-0-1` of the tree, `w-2` of the five whys, `gate-0-1`; empty for anything else. */
  const nameOf = (element) => {
    const drawn = element.closest('.aw-tree [id^="svg-"]');
    if (drawn) return drawn.id.slice(4);
    const line = element.closest('li[id^="n-"], li[id^="aw-why-"]');
    return line ? line.id.replace("aw-why-", "w-") : "";
  };
  const drawnAs = (name) => document.getElementById(`svg-${name}`);
  /* What is said in a line of the list, without the lines below it. */
  const lineOf = (name) => {
    const line = document.getElementById(name.replace(/^w-/, "aw-why-").replace(/^gate-/, "n-"));
    return line && (line.querySelector(":scope > div:first-child") || line);
  };

  const edgesOf = new WeakMap();
  const edgesTo = (drawing, name) => {
    if (!edgesOf.has(drawing)) {
      const found = new Map();
      for (const edge of drawing.querySelectorAll(".aw-edge")) {
        const head = edge.dataset.to;
        if (found.has(head)) found.get(head).push(edge);
        else found.set(head, [edge]);
      }
      edgesOf.set(drawing, found);
    }
    return edgesOf.get(drawing).get(name) || [];
  };

  /* The boxes, gates and edges of the way from what has this name to the outcome; of an answer of the five whys, with all steps before it. */
  const wayFrom = (drawing, name) => {
    const names = new Set([name]);
    const heads = new Set();
    const climb = (node) => {
      for (let at = node; at.includes("-"); at = at.slice(0, at.lastIndexOf("-"))) {
        names.add(at);
        if (at !== node) names.add(at.replace("n-", "gate-"));
      }
    };
    const follow = (last) => {
      for (let step = 1; step <= last; step += 1) {
        const box = drawnAs(`w-${step}`)?.closest(".aw-node");
        const place = box ? box.id.slice(4) : `w-${step}`;
        names.add(place);
        if (place.startsWith("n-")) climb(place);
        if (step > 1) heads.add(place);
      }
    };
    if (name.startsWith("w-")) follow(Number(name.slice(2)));
    else climb(name.replace("gate-", "n-"));
    /* An answer that is a node of the tree has its question in its box. */
    const asked = name.startsWith("n-") ? [...(drawnAs(name)?.querySelectorAll('[id^="svg-w-"]') || [])] : [];
    if (asked.length) follow(Math.max(...asked.map((each) => Number(each.id.slice(6)))));
    const boxes = new Set();
    const edges = [];
    for (const each of names) {
      const box = drawnAs(each)?.closest(".aw-node, .aw-gate");
      if (box) boxes.add(box);
      edges.push(...edgesTo(drawing, each).filter((edge) => !edge.classList.contains("aw-edge--why") || heads.has(each)));
    }
    return [boxes, edges];
  };

  /* A veil over the whole drawing with a hole for each box of the way, and its edges drawn again above it.
     In a tree of a thousand nodes that is done in a moment; a class for all that is not on the way would make the browser look at each element. */
  const FAR = 100000;
  const AROUND = 2;
  const veil = (boxes, edges) => {
    const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
    const way = make("g");
    way.setAttribute("class", "aw-way");
    way.setAttribute("aria-hidden", "true");
    const cover = make("path");
    const holes = [...boxes].map((box) => {
      const { x, y, width, height } = box.getBBox();
      return `M${x - AROUND},${y - AROUND}h${width + 2 * AROUND}v${height + 2 * AROUND}h${-width - 2 * AROUND}z`;
    });
    cover.setAttribute("d", `M${-FAR},${-FAR}H${FAR}V${FAR}H${-FAR}z${holes.join("")}`);
    cover.setAttribute("fill-rule", "evenodd");
    cover.setAttribute("class", "aw-way__veil");
    const lines = make("g");
    lines.setAttribute("class", "aw-way__edges");
    lines.append(...edges.map((edge) => edge.cloneNode(true)));
    way.append(cover, lines);
    return way;
  };

  const watch = (root) => {
    let pointed = "";
    let focused = "";
    let told = "";
    let way = null;
    let lit = [];
    let here = null;
    let line = null;
    const light = () => {
      const name = pointed || focused;
      if (name === told) return;
      told = name;
      way?.remove();
      lit.forEach((each) => each.classList.remove(LIT));
      here?.classList.remove(HERE);
      line?.classList.remove(LINE);
      [way, lit, here, line] = [null, [], null, null];
      const shown = name && drawnAs(name)?.closest(".aw-node, .aw-gate");
      const drawing = shown && shown.closest(".aw-tree");
      if (!drawing) return;
      const [boxes, edges] = wayFrom(drawing, name);
      way = veil(boxes, edges);
      shown.parentNode.append(way);
      lit = [...boxes];
      lit.forEach((each) => each.classList.add(LIT));
      [here, line] = [shown, lineOf(name)];
      here.classList.add(HERE);
      line?.classList.add(LINE);
    };
    root.addEventListener("pointerover", (event) => {
      pointed = nameOf(event.target);
      light();
    });
    /* A finger leaves as soon as it has tapped: what it lit stays until it taps elsewhere. */
    root.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "touch") return;
      pointed = "";
      light();
    });
    root.addEventListener("focusin", (event) => {
      focused = nameOf(event.target);
      /* Where the keyboard goes, the pointer that was left lying counts no more. */
      if (event.target.matches(":focus-visible")) pointed = "";
      light();
    });
    root.addEventListener("focusout", () => {
      focused = "";
      light();
    });
  };

  const start = () => document.querySelectorAll(".aw-record").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
