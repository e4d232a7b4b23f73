/* What the page cannot know when it is built: which day it is read on. */
(() => {
  "use strict";
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;

  /* An action is overdue from the day after its due day. */
  const markOverdue = (place) => {
    const badge = place.querySelector(".aw-state");
    if (!badge || place.dataset.due >= today || badge.classList.contains("aw-state--overdue")) return;
    badge.className = "aw-state aw-state--overdue";
    const glyph = document.createElement("i");
    glyph.setAttribute("aria-hidden", "true");
    glyph.textContent = "!";
    badge.replaceChildren(glyph, "overdue");
  };

  /* The drawing of a large tree comes when the reader comes to it; until then, and on any failure, there is a link. */
  const ELEMENTS = new Set(["svg", "g", "a", "path", "polygon", "polyline", "rect", "ellipse", "text"]);
  const showDrawing = async (place) => {
    const answer = await fetch(place.dataset.awDrawing);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (drawn.localName !== "svg" || [...drawn.querySelectorAll("*")].some((each) => !ELEMENTS.has(each.localName))) return;
    place.classList.add("aw-scroll");
    place.setAttribute("tabindex", "0");
    place.append(document.importNode(drawn, true));
  };

  const start = () => {
    document.querySelectorAll("[data-due]").forEach(markOverdue);
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
