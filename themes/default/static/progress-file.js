// Files that a reader takes away and brings back.

import { element } from "./site.js";
import { write } from "./store.js";

const LIMIT = 16_000_000; // bytes; more than any browser keeps

/** Lets the browser save a text under a name. */
export function save(text, name, type = "application/json") {
  const href = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Saves a state as `roadbook-progress-2027-03-01.json`. */
export function saveState(state, now = new Date()) {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  save(write(state), `roadbook-progress-${day}.json`);
}

/** The text of a file; empty when it is too large to be one of ours. */
export const textOf = async (file) => (file.size > LIMIT ? "" : file.text());
