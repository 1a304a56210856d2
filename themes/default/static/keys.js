// Single keys: to other pages, and for what a topic's page does. They can be switched off.

import { base, first, kind } from "./site.js";

/** Where it is kept that keys do nothing; `theme.js` looks there too. */
export const SWITCH = "roadbook-keys";

/** Where keys would be typed, or mean something else. */
const BUSY = "input, textarea, select, [contenteditable], [role=listbox], [role=menu], [role=grid], dialog";

/** What a topic's page does itself: it listens for `reader-key` on the document. */
const TOPIC_KEYS = ["d", "w", "s", "m"];

const link = (selector) => document.querySelector(selector)?.href;

/** The roadmap of the page: the one that it lies below, or the first that a topic is on. */
function road() {
  if (kind === "topic") return link(".side-title a, .side-road a");
  return ["roadmap", "stage", "timeline", "plan", "print"].includes(kind) ? new URL(`${first}/`, base).href : undefined;
}

/** A roadmap without times has no timeline: its page knows. */
async function timeline() {
  const below = road();
  const address = below && new URL("timeline/", below);
  return address && (await (await fetch(below)).text()).includes(`"${address.pathname}"`) ? address.href : undefined;
}

/** Where keys lead. */
const PLACES = {
  h: () => base.href,
  r: road,
  t: timeline,
  n: () => link("main a[rel=next]"),
  p: () => link("main a[rel=prev]"),
};

/** The key as on a keyboard of Latin letters, also where another script is typed. */
function keyOf({ key, code }) {
  if (key === "؟") return "?";
  return key.length === 1 && key > "~" && code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

export function areOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

/** Does what a key is for. Only while this file is being loaded is it too late to keep the browser from doing its own. */
export async function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.(BUSY) || document.querySelector("dialog[open]") || !areOn()) return;
  const key = keyOf(event);
  if (key === "?") {
    event.preventDefault();
    (await import("./keys-help.js")).open();
  } else if (kind === "topic" && TOPIC_KEYS.includes(key)) {
    // A key that opens a field is not typed into it.
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("reader-key", { detail: { key } }));
  } else if (Object.hasOwn(PLACES, key)) {
    const address = await PLACES[key]();
    if (address && address !== location.href) location.assign(address);
  }
}
