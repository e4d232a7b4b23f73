/* What the page cannot know when it is built: which day it is read on. */
(() => {
  "use strict";
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;

  /* An action is overdue from the day after its due day; `data-late` names what else becomes of something then, such as a review that is past. */
  const markLate = (place) => {
    const badge = place.matches(".aw-state") ? place : place.querySelector(".aw-state");
    const late = place.dataset.late || "overdue";
    const name = `aw-state--${late.replace(/ /g, "-")}`;
    if (!badge || place.dataset.due >= today || badge.classList.contains(name)) return;
    badge.className = `aw-state ${name}`;
    const glyph = document.createElement("i");
    glyph.setAttribute("aria-hidden", "true");
    glyph.textContent = "!";
    badge.replaceChildren(glyph, ` ${late}`);
  };

  /* The drawing of a large tree comes when the reader comes to it; until then, and on any failure, there is a link. */
  const LEAST_SCALE = 0.75;
  const ELEMENTS = new Set(["svg", "g", "a", "path", "polygon", "polyline", "rect", "ellipse", "text"]);
  const showDrawing = async (place) => {
    const answer = await fetch(place.dataset.awDrawing);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    drawn.querySelectorAll("style").forEach((each) => each.remove());
    if (drawn.localName !== "svg" || [...drawn.querySelectorAll("*")].some((each) => !ELEMENTS.has(each.localName))) return;
    place.classList.add("aw-scroll");
    place.setAttribute("tabindex", "0");
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", "drawing of the causal tree");
    const fit = document.createElement("div");
    fit.className = "aw-drawing__fit";
    const least = document.createElementNS(drawn.namespaceURI, "svg");
    least.setAttribute("width", Math.round(drawn.getAttribute("width") * LEAST_SCALE));
    least.setAttribute("height", "0");
    least.setAttribute("aria-hidden", "true");
    fit.append(document.importNode(drawn, true), least);
    place.append(fit);
    tellWidth(place);
  };

  /* The style sheet says beside a drawing that is wider than its box that it scrolls. */
  const widths = "ResizeObserver" in window && new ResizeObserver((entries) => entries.forEach((entry) => {
    const box = entry.target;
    box.classList.toggle("aw-scroll--more", box.scrollWidth > box.clientWidth + 1);
  }));
  const tellWidth = (box) => widths && widths.observe(box);

  const start = () => {
    document.querySelectorAll("[data-due]").forEach(markLate);
    document.querySelectorAll(".aw-drawing.aw-scroll").forEach(tellWidth);
    const drawings = document.querySelectorAll("[data-aw-drawing]");
    if (!drawings.length || !("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        observer.unobserve(entry.target);
        showDrawing(entry.target).catch(() => {});
      }
    }, { rootMargin: "300px" });
    drawings.forEach((place) => observer.observe(place));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
