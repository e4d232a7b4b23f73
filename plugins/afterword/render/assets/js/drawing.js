/* Drawings of causes: they come when they are looked at, are zoomed and moved, and open full-size.
   A drawing is zoomed by its width and moved by scrolling its box: words stay sharp, and the browser itself keeps what has the focus in view. */
(() => {
  "use strict";
  const LEAST_SCALE = 0.75;
  const MOST_SCALE = 4;
  /* Less than this shows nothing at all. */
  const LEAST_FIT = 0.1;
  const STEP = 1.25;
  /* Nodes, and milliseconds after the last step. */
  const SLOW = 150;
  const SETTLED = 150;
  const PAN = 60;
  const CLICK = 4;
  /* Paper has about 700 × 1,000 pixels: what is much larger could not be read on it, while the list below can. */
  const PAPER = [3000, 2200];
  const ELEMENTS = new Set(["svg", "g", "a", "path", "polygon", "polyline", "rect", "ellipse", "text"]);
  const KEYS = { "+": "in", "=": "in", "-": "out", _: "out", 0: "fit" };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const percent = (scale) => `${Math.round(scale * 100)} %`;
  const element = (name, css, marks = {}) => {
    const made = document.createElement(name);
    made.className = css;
    Object.entries(marks).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  /* One drawing with its tools; `box` is what scrolls. */
  const stage = (box) => {
    const drawn = box.querySelector(".aw-tree");
    const fitted = drawn.parentElement;
    const least = fitted.querySelector(":scope > svg:not(.aw-tree)");
    const slow = drawn.querySelectorAll(".aw-node").length > SLOW;
    const [width, height] = ["width", "height"].map((side) => Number(drawn.getAttribute(side)));
    const name = box.getAttribute("aria-label");
    const place = element("div", "aw-stage-place");
    const frame = element("div", "aw-stage");
    const tools = element("div", "aw-tools", { role: "group", "aria-label": `tools of the ${name}` });
    const shown = element("output", "aw-tools__scale");
    const button = (text, does, marks) => {
      const made = element("button", `aw-tools__${does}`, { type: "button", ...marks });
      made.textContent = text;
      made.dataset.does = does;
      return made;
    };
    const opener = button("Full size", "full");
    tools.append(
      button("−", "out", { "aria-label": "zoom out", title: "zoom out (-)", "aria-keyshortcuts": "-" }),
      shown,
      button("+", "in", { "aria-label": "zoom in", title: "zoom in (+)", "aria-keyshortcuts": "+" }),
      button("Fit", "fit", { title: "show the whole drawing (0)", "aria-keyshortcuts": "0" }),
      opener,
    );
    const file = box.querySelector(":scope > a");
    if (file) tools.prepend(file);
    box.before(place);
    place.append(frame);
    frame.append(tools, box);
    if (width > PAPER[0] || height > PAPER[1]) frame.classList.add("aw-stage--no-paper");

    const room = () => {
      const style = getComputedStyle(box);
      const sum = (...sides) => sides.reduce((total, side) => total + parseFloat(style[side]), 0);
      return [box.clientWidth - sum("paddingLeft", "paddingRight"), box.clientHeight - sum("paddingTop", "paddingBottom")];
    };
    const scale = () => drawn.getBoundingClientRect().width / width;
    const isFull = () => frame.parentElement !== place;
    const fitting = () => {
      const [across, down] = room();
      return Math.max(LEAST_FIT, Math.min(1, across / width, isFull() ? down / height : 1));
    };
    const tell = () => {
      const wide = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      box.classList.toggle("aw-scroll--more", wide);
      tools.classList.toggle("aw-tools--zoom", wide || scale() < 0.99 || drawn.style.width !== "");
      shown.textContent = percent(scale());
    };
    /* Empty: as wide as the style sheet says. */
    const setWidth = (pixels) => {
      drawn.style.width = pixels;
      drawn.style.maxWidth = pixels && "none";
      if (least) least.style.display = pixels && "none";
    };

    /* To lay out the words of a large drawing anew takes a while: as long as it is being zoomed it is stretched, and set when that ends. */
    let settling = 0;
    let wanted = null;
    const settle = () => {
      if (!wanted) return;
      clearTimeout(settling);
      fitted.style.transform = "";
      /* The page below does not move: the box keeps the height that it has. */
      if (!isFull() && !box.style.height) box.style.height = `${box.getBoundingClientRect().height}px`;
      setWidth(`${width * wanted.scale}px`);
      const after = drawn.getBoundingClientRect();
      box.scrollLeft += after.left - wanted.left;
      box.scrollTop += after.top - wanted.top;
      wanted = null;
      tell();
    };
    const stretch = () => {
      fitted.style.transform = "";
      const [still, around] = [drawn.getBoundingClientRect(), fitted.getBoundingClientRect()];
      fitted.style.transformOrigin = `${still.left - around.left}px ${still.top - around.top}px`;
      fitted.style.transform = `translate(${wanted.left - still.left}px, ${wanted.top - still.top}px) scale(${wanted.scale * width / still.width})`;
      shown.textContent = percent(wanted.scale);
      clearTimeout(settling);
      settling = setTimeout(settle, SETTLED);
    };
    /* What is at `right` and `down`, as parts of the drawing, comes to the point (x, y) of the window. */
    const put = (size, right, down, x, y) => {
      const now = scale();
      const next = Math.max(Math.min(fitting(), now), Math.min(MOST_SCALE, size));
      wanted = { scale: next, left: x - right * width * next, top: y - down * height * next };
      if (slow) stretch();
      else settle();
    };
    const under = (x, y) => {
      const now = drawn.getBoundingClientRect();
      return [(x - now.left) / now.width, (y - now.top) / now.height];
    };
    const zoomBy = (factor, x, y) => {
      const around = box.getBoundingClientRect();
      const at = [x ?? around.left + around.width / 2, y ?? around.top + around.height / 2];
      put(scale() * factor, ...under(...at), ...at);
    };
    const fit = () => {
      settle();
      box.style.height = "";
      setWidth(`${Math.floor(width * fitting())}px`);
      tell();
    };

    const showOutcome = () => {
      const outcome = drawn.querySelector(".aw-node");
      if (!outcome) return;
      const [at, around] = [outcome.getBoundingClientRect(), box.getBoundingClientRect()];
      box.scrollTop += at.top + at.height / 2 - around.top - around.height / 2;
    };

    /* Full size: the same drawing in a dialog, moved and not copied, so that every name stands in the page once. */
    const open = () => {
      settle();
      const kept = [drawn.style.width, box.style.height, box.scrollLeft, box.scrollTop];
      const inPage = scale();
      const dialog = element("dialog", "aw-full", { "aria-label": name });
      let focused = true;
      const close = () => {
        if (!isFull()) return;
        settle();
        removeEventListener("beforeprint", close);
        fitted.hidden = true;
        place.append(frame);
        dialog.remove();
        place.style.minHeight = "";
        opener.textContent = "Full size";
        setWidth(kept[0]);
        box.style.height = kept[1];
        fitted.hidden = false;
        [box.scrollLeft, box.scrollTop] = kept.slice(2);
        tell();
        if (focused) opener.focus({ preventScroll: true });
      };
      place.style.minHeight = `${place.offsetHeight}px`;
      /* Its words are laid out once, when it is known how much room there is. */
      fitted.hidden = true;
      place.after(dialog);
      dialog.append(frame);
      dialog.addEventListener("close", close);
      /* A link leads to the page below. */
      dialog.addEventListener("click", (event) => {
        if (!event.target.closest("a") || event.defaultPrevented) return;
        focused = false;
        dialog.close();
        close();
      });
      addEventListener("beforeprint", close);
      opener.textContent = "Close";
      box.style.height = "";
      dialog.showModal();
      /* The whole where that tells more than the page did: on a phone it would not. */
      const whole = fitting();
      const isSmall = whole < LEAST_SCALE / 2 || (inPage < LEAST_SCALE && whole < inPage * STEP);
      setWidth(`${Math.floor(width * (isSmall ? LEAST_SCALE : whole))}px`);
      fitted.hidden = false;
      tell();
      showOutcome();
      box.focus();
    };
    const act = {
      in: () => zoomBy(STEP),
      out: () => zoomBy(1 / STEP),
      fit,
      full: () => (isFull() ? frame.parentElement.close() : open()),
    };

    tools.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-does]");
      if (pressed) act[pressed.dataset.does]();
    });
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow && box.contains(event.target)) {
        const before = [box.scrollLeft, box.scrollTop];
        box.scrollBy(arrow[0] * PAN, arrow[1] * PAN);
        /* At its edge the drawing leaves the key to the page. */
        if (before[0] !== box.scrollLeft || before[1] !== box.scrollTop) event.preventDefault();
      } else if (KEYS[event.key]) {
        act[KEYS[event.key]]();
        event.preventDefault();
      }
    });

    /* The wheel scrolls the page. It zooms with Ctrl or ⌘ (a touchpad's pinch comes as such), and full-size, where there is no page. */
    box.addEventListener("wheel", (event) => {
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !event.metaKey && (!isFull() || sideways)) return;
      event.preventDefault();
      const turned = event.deltaY * (event.deltaMode ? 15 : 1);
      zoomBy(Math.exp(-Math.max(-30, Math.min(30, turned)) / 100), event.clientX, event.clientY);
    }, { passive: false });

    /* A mouse moves the drawing; fingers scroll it as they scroll anything. */
    let from = null;
    let dragged = false;
    box.addEventListener("pointerdown", (event) => {
      dragged = false;
      const inside = event.offsetX < box.clientWidth && event.offsetY < box.clientHeight;
      if (event.pointerType !== "mouse" || event.button || (event.target === box && !inside)) return;
      from = [event.clientX, event.clientY, box.scrollLeft, box.scrollTop];
    });
    box.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [right, down] = [event.clientX - from[0], event.clientY - from[1]];
      if (!dragged && Math.hypot(right, down) > CLICK) {
        dragged = true;
        box.setPointerCapture(event.pointerId);
        box.classList.add("aw-drawing--dragged");
      }
      if (dragged) box.scrollTo(from[2] - right, from[3] - down);
    });
    const letGo = () => {
      from = null;
      box.classList.remove("aw-drawing--dragged");
    };
    box.addEventListener("pointerup", letGo);
    box.addEventListener("pointercancel", letGo);
    box.addEventListener("lostpointercapture", letGo);
    box.addEventListener("dragstart", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
    }, true);

    /* Two fingers zoom and move; one is left to the browser. */
    let pinch = null;
    const fingers = ([one, two]) => ({
      at: [(one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2],
      apart: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) || 1,
    });
    box.addEventListener("touchstart", (event) => {
      if (event.touches.length !== 2) return;
      const { at, apart } = fingers(event.touches);
      pinch = { size: scale() / apart, under: under(...at) };
    }, { passive: true });
    box.addEventListener("touchmove", (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      const { at, apart } = fingers(event.touches);
      put(pinch.size * apart, ...pinch.under, ...at);
    }, { passive: false });
    box.addEventListener("touchend", () => { pinch = null; }, { passive: true });

    if (box.classList.contains("aw-drawing--file")) showOutcome();
    if ("ResizeObserver" in window) new ResizeObserver(tell).observe(box);
    tell();
  };

  /* The drawing of a large tree comes when the reader comes to it; until then, and on any failure, there is a link. */
  const fetchDrawing = async (box) => {
    const answer = await fetch(box.dataset.awDrawing);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    drawn.querySelectorAll("style").forEach((each) => each.remove());
    if (drawn.localName !== "svg" || [...drawn.querySelectorAll("*")].some((each) => !ELEMENTS.has(each.localName))) return;
    const words = box.textContent.trim().replace(/^D/, "d").replace(/,.*/, "");
    Object.entries({ tabindex: "0", role: "region", "aria-label": words }).forEach(([key, value]) => box.setAttribute(key, value));
    box.classList.add("aw-scroll");
    const fit = element("div", "aw-drawing__fit");
    const least = document.createElementNS(drawn.namespaceURI, "svg");
    least.setAttribute("width", Math.round(drawn.getAttribute("width") * LEAST_SCALE));
    least.setAttribute("height", "0");
    least.setAttribute("aria-hidden", "true");
    fit.append(document.importNode(drawn, true), least);
    box.append(fit);
    stage(box);
  };

  const start = () => {
    document.querySelectorAll(".aw-drawing.aw-scroll:has(.aw-tree)").forEach((box) => box.closest(".aw-stage") || stage(box));
    const waiting = document.querySelectorAll("[data-aw-drawing]:not(.aw-scroll)");
    if (!waiting.length || !("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        observer.unobserve(entry.target);
        fetchDrawing(entry.target).catch(() => {});
      }
    }, { rootMargin: "300px" });
    waiting.forEach((box) => observer.observe(box));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
