// What pages ask about the reader before any road is loaded.

import { store } from "./site.js";

/** Whether the reader has marked or picked anything. */
export const hasState = () => store.all("topics").length > 0 || store.all("picks").length > 0;

const LAST = `${store.key}:road`;

/** The id of the roadmap on which the reader was last; empty when unknown. */
export function lastRoad() {
  try {
    return localStorage.getItem(LAST) ?? "";
  } catch {
    return "";
  }
}

/** Notes on which roadmap the reader is. */
export function rememberRoad(id) {
  try {
    localStorage.setItem(LAST, id);
  } catch {
    // No storage: the first road is as good.
  }
}
