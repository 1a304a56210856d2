// What differs between two states of a reader's progress, and how one becomes the other.

import { empty, same } from "./store.js";

/**
 * What would change from one state to another, for a preview.
 * @returns {{section: string, id: string, from: any, to: any}[]} values; `undefined` or `null` for nothing
 */
export function changes(from, to) {
  const found = [];
  for (const section of Object.keys(from)) {
    for (const id of new Set([...from[section].keys(), ...to[section].keys()])) {
      const [a, b] = [from, to].map((state) => state[section].get(id)?.value ?? null);
      if (!same(a, b)) found.push({ section, id, from: a, to: b });
    }
  }
  return found;
}

/** What makes `mine` say the same as `theirs`, once it is merged: the entries that differ, later than those of `mine`. */
export function replaced(mine, theirs, now) {
  const state = empty();
  for (const { section, id, to } of changes(mine, theirs)) {
    state[section].set(id, { value: to, at: Math.max(now, (mine[section].get(id)?.at ?? 0) + 1) });
  }
  return state;
}
