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

  const start = () => {
    document.querySelectorAll("[data-due]").forEach(markLate);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
