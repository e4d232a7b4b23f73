/* The search page's field is there at once; the modules beside this script do the rest. This script is a plain one, so that it runs again where pages come without being loaded. */
(() => {
  "use strict";

  const page = document.getElementById("aw-search");
  const form = document.getElementById("aw-search-form");
  if (!page || !form) return;

  const field = form.elements.text;
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("text") || "";
  if (location.hash === `#${field.id}`) {
    field.focus();
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  // Enter before the search can answer would load the page again, and leave the field.
  let sent = null;
  const send = (event) => {
    event.preventDefault();
    sent = field.value;
  };
  form.addEventListener("submit", send);
  import(new URL("search/page.js", document.currentScript.src))
    .then((module) => module.start(page))
    .finally(() => form.removeEventListener("submit", send))
    .then(() => sent === field.value && form.requestSubmit())
    .catch(() => {
      document.getElementById("aw-search-count").textContent = "The search could not be loaded. The newest records are listed below, and the indexes at the end of the page lead to all of them.";
    });
})();
