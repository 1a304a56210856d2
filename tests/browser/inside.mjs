// What runs inside a page. Each function is handed to the browser as it is, so none uses anything outside itself.

/** Elements that stand out to the side: beyond the page, and in no frame of their own that scrolls. */
export function sideways() {
  const name = (el) => {
    const id = el.id ? `#${el.id}` : "";
    const classes = typeof el.className === "string" && el.className ? `.${el.className.trim().split(/\s+/).join(".")}` : "";
    return `<${el.localName}${id}${classes}> “${(el.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const root = document.documentElement;
  const width = root.clientWidth;
  const inFrame = (el) => {
    for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const hidden = (el) => {
    for (let up = el; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      const box = up.getBoundingClientRect();
      if (style.position === "absolute" && (style.clipPath !== "none" || style.clip !== "auto" || box.width <= 1)) return true;
      // What is laid out of sight on purpose holds no words.
      if (style.overflowX === "hidden" && !el.textContent.trim() && box.left >= -1 && box.right <= width + 1 && up !== document.body && up !== root) return true;
    }
    return false;
  };
  const out = [];
  for (const el of document.body.querySelectorAll("*")) {
    const box = el.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || (box.right <= width + 1 && box.left >= -1)) continue;
    if (el.closest("svg") && el.localName !== "svg") continue;
    if (getComputedStyle(el).visibility === "hidden" || inFrame(el) || hidden(el)) continue;
    if (out.some((other) => other.el.contains(el))) continue;
    // A skip link waits above the page until it has the focus.
    if (box.bottom <= 0) continue;
    out.push({ el, text: `${name(el)} from ${Math.round(box.left)} to ${Math.round(box.right)} px` });
  }
  return { scroll: root.scrollWidth, client: width, out: out.slice(0, 5).map((one) => one.text) };
}

/** What a reader reads, and the controls in sight: compared with scripts on and off. */
export function contents() {
  const seen = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const main = document.querySelector("main") ?? document.body;
  // The reader's own is made by scripts, and is no part of what the page says.
  const own = [...main.querySelectorAll(".reader:not([hidden])")];
  own.forEach((el) => (el.hidden = true));
  const lines = main.innerText.split("\n").map((line) => line.trim().replace(/\s+/g, " ")).filter(Boolean);
  const controls = [...document.querySelectorAll("button, input, select, textarea, [role=button], [onclick], a:not([href])")];
  // The ticked box of a task list is text, drawn by the browser: it never does anything, with or without scripts.
  const dead = controls.filter((el) => seen(el) && !el.matches("input[type=checkbox][disabled]"));
  const links = [...document.querySelectorAll("a[href]")].filter(seen).map((el) => el.getAttribute("href"));
  own.forEach((el) => (el.hidden = false));
  return { lines, links, controls: dead.map((el) => el.outerHTML.slice(0, 120)) };
}

/** Gets ready for walking a page by Tab: says what should be reached, and notes what is at each step. */
export function watchFocus() {
  const name = (el) => {
    const text = (el.getAttribute?.("aria-label") ?? el.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${el.localName}${el.id ? `#${el.id}` : ""}${el.getAttribute?.("href") ? ` href=${el.getAttribute("href")}` : ""}> “${text}”`;
  };
  // The mark may be drawn on a part of the element, on a box laid over it, or on what it stands in.
  const look = (el) => {
    const parts = [el, ...[...el.querySelectorAll("*")].slice(0, 12), el.parentElement, el.parentElement?.parentElement];
    return parts.filter(Boolean).flatMap((one) => [null, "::before", "::after"].map((pseudo) => {
      const s = getComputedStyle(one, pseudo);
      if (pseudo && s.content === "none") return "";
      const line = s.outlineStyle === "none" ? "" : [s.outlineStyle, s.outlineWidth, s.outlineColor].join(" ");
      return [line, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.textDecoration, s.color, s.stroke, s.strokeWidth, s.fill].join("|");
    })).join("\n");
  };
  const can = "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable]";
  const list = [...document.querySelectorAll(can)].filter((el) => {
    return el.tabIndex >= 0 && !el.disabled && !el.closest("[inert]") && el.checkVisibility({ visibilityProperty: true });
  });
  const before = new Map(list.map((el) => [el, look(el)]));
  const steps = [];
  const note = () => {
    const el = document.activeElement;
    if (!el || el === document.body || el === document.documentElement) return steps.push({ at: "nothing" });
    const boxes = [...el.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const box = boxes[0] ?? el.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    steps.push({
      at: list.indexOf(el),
      name: name(el),
      scroller: el.scrollWidth > el.clientWidth || el.scrollHeight > el.clientHeight,
      box: boxes.length > 0,
      inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      covered: !!top && !el.contains(top) && !top.contains(el),
      cover: top && name(top),
      marked: before.has(el) && before.get(el) !== look(el),
    });
  };
  let first = true;
  addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    if (!first) note();
    first = false;
  }, true);
  window.focusSteps = () => (note(), steps);
  return {
    count: list.length,
    names: list.map(name),
    positive: list.filter((el) => el.tabIndex > 0).map(name),
  };
}
