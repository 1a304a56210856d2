// Links to topics show what the reader has made of them: `data-state` on the link, for the style sheet and for others.

import { oneOf, say } from "./say.js";
import { pause, store, topicOf } from "./site.js";

const LINKS = "a[href]:not(.prose a)";

/** The signs in the boxes of maps, around their middle, in px. */
const SIGNS = {
  doing: "m0-5.2a5.2 5.2 0 0 0 0 10.4z",
  done: "m-4 .3 2.8 3 5.2-6.2",
  skipped: "m-4 0h8",
};
const [RADIUS, RADIUS_OPEN] = [8.5, 5]; // px, of the circle around a sign

/** Links by topic, and the labels of boxes as the page came with them. */
const links = new Map();
const labels = new WeakMap();
/** The states that the page shows; none before there are any. */
let shown;

function show(link, state) {
  if ((link.dataset.state ?? "") === state) return;
  if (state) link.dataset.state = state;
  else delete link.dataset.state;
  if (link instanceof SVGElement) showBox(link, state);
  else if (state) link.setAttribute("aria-description", oneOf("my_states", state));
  else link.removeAttribute("aria-description");
}

function showBox(link, state) {
  const label = labels.get(link) ?? link.getAttribute("aria-label") ?? "";
  labels.set(link, label);
  link.setAttribute("aria-label", state ? label + say("list_comma") + oneOf("my_states", state) : label);
  const circle = link.querySelector("circle");
  link.querySelector(".sign")?.remove();
  circle?.setAttribute("r", state ? RADIUS : RADIUS_OPEN);
  if (!circle || !state) return;
  const sign = document.createElementNS(link.namespaceURI, "path");
  sign.setAttribute("class", "sign");
  sign.setAttribute("d", `M${circle.getAttribute("cx")} ${circle.getAttribute("cy")}${SIGNS[state]}`);
  circle.after(sign);
}

/** Finds the links of a part of the page. What changes meanwhile is seen: a link shows the state of its own moment. */
async function find(found) {
  for (const link of found) {
    await pause();
    const id = topicOf(link.getAttribute("href"));
    if (!id) continue;
    if (!links.has(id)) links.set(id, new Set());
    links.get(id).add(link);
    show(link, store.get("topics", id) ?? "");
  }
}

/** Touches the links that change, and no others. */
async function update() {
  const states = new Map(store.all("topics"));
  if (!shown && !states.size) return;
  const before = shown;
  shown = states;
  if (!before) return begin();
  for (const id of new Set([...before.keys(), ...states.keys()])) {
    if (before.get(id) === states.get(id)) continue;
    for (const link of links.get(id) ?? []) {
      await pause();
      if (link.isConnected) show(link, store.get("topics", id) ?? "");
      else links.get(id).delete(link);
    }
  }
}

function begin() {
  const main = document.querySelector("main");
  // Other modules and the search bring links later.
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes].filter((node) => node instanceof Element));
    for (const node of added) find(node.matches(LINKS) ? [node] : node.querySelectorAll(LINKS));
  }).observe(main, { childList: true, subtree: true });
  return find(main.querySelectorAll(LINKS));
}

store.addEventListener("change", update);
update();
