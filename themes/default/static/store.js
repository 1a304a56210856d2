// What a reader keeps in this browser: states of topics, notes, picks and plans. One state for the whole site, keyed by
// ids, so that it outlives rebuilds and a topic done on one roadmap is done on all. Nothing ever leaves the browser.
//
// Every entry has the time of its last change, and of two states the later entry wins: so two tabs, an import and
// another device merge without loss. A deleted entry stays as `null`, or a merge would bring it back.

/** The format that this module writes. */
export const FORMAT = 1;

/** What a topic can be to a reader; anything else is open. */
export const STATES = ["doing", "done", "skipped"];

/** No longer note is kept, in UTF-16 units. */
export const NOTE_LIMIT = 20_000;

const TEXT_LIMIT = 8_000_000; // characters; browsers keep about 5 million
const ENTRY_LIMIT = 50_000; // a section
const ID = /^[a-z0-9](?:[a-z0-9-]{0,299})$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

const isId = (value) => typeof value === "string" && ID.test(value);
const isDay = (value) => typeof value === "string" && DAY.test(value);
const ids = (value, limit) => (Array.isArray(value) ? [...new Set(value.filter(isId))].slice(0, limit) : []);
const within = (value, least, most) => typeof value === "number" && value >= least && value <= most;

/** By section: what an entry's value may be; `null` for what it may not. */
const SECTIONS = {
  topics: (value) => (STATES.includes(value) ? value : null),
  notes: (value) => (typeof value === "string" && value.trim() ? value.slice(0, NOTE_LIMIT) : null),
  picks: (value) => (Array.isArray(value) ? ids(value, 200) : null),
  plans: plan,
};

/** Of a plan by roadmap: hours a week, or by weekday from Monday on; days off as [from, to]; the first day; what is wanted. */
export function plan(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const kept = {};
  if (within(value.hours, 0.25, 168)) kept.hours = value.hours;
  const { week, off } = value;
  if (Array.isArray(week) && week.length === 7 && week.every((hours) => within(hours, 0, 24))) kept.week = [...week];
  if (isDay(value.start)) kept.start = value.start;
  const isRange = (range) => Array.isArray(range) && range.length === 2 && range.every(isDay) && range[0] <= range[1];
  if (Array.isArray(off)) kept.off = off.filter(isRange).slice(0, 400).map(([from, to]) => [from, to]);
  if (Array.isArray(value.to)) kept.to = ids(value.to, 10_000);
  return kept;
}

/** An empty state: a map of entries `{value, at}` a section; `at` in milliseconds since 1970. */
export function empty() {
  return Object.fromEntries(Object.keys(SECTIONS).map((section) => [section, new Map()]));
}

/**
 * Reads a state from text that anybody may have written. What it does not know or what cannot be is left out.
 * @param {string} text
 * @param {number} now no entry is later than this, so that a wrong clock cannot win for ever
 * @returns {{state: object, problem: "" | "broken" | "newer", dropped: number}} `newer`: from a later version, which may
 *   mean more than what was understood; `dropped`: entries left out
 */
export function read(text, now) {
  const state = empty();
  const broken = { state, problem: "broken", dropped: 0 };
  if (text.length > TEXT_LIMIT) return broken;
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return broken;
  }
  if (typeof data !== "object" || data === null || !Number.isInteger(data.format) || data.format < 0) return broken;
  let dropped = 0;
  for (const [section, valid] of Object.entries(SECTIONS)) {
    const from = data[section];
    if (typeof from !== "object" || from === null) continue;
    for (const [id, entry] of Object.entries(from)) {
      const value = isId(id) && typeof entry === "object" && entry !== null ? valid(entry.value) : undefined;
      const wanted = value !== undefined && (value !== null || entry.value === null);
      if (!wanted || state[section].size >= ENTRY_LIMIT) dropped += 1;
      else state[section].set(id, { value, at: within(entry.at, 0, now) ? Math.floor(entry.at) : entry.at > now ? now : 0 });
    }
  }
  return { state, problem: data.format > FORMAT ? "newer" : "", dropped };
}

/** A state as text, the same text for the same state. */
export function write(state) {
  const data = { format: FORMAT };
  for (const section of Object.keys(SECTIONS)) {
    data[section] = Object.fromEntries([...state[section]].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return JSON.stringify(data);
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Two states as one: of each entry the later one, `mine` where both are as old. */
export function merge(mine, theirs) {
  const merged = empty();
  for (const section of Object.keys(SECTIONS)) {
    merged[section] = new Map(mine[section]);
    for (const [id, entry] of theirs[section]) {
      const old = merged[section].get(id);
      if (!old || entry.at > old.at) merged[section].set(id, entry);
    }
  }
  return merged;
}

/**
 * What would change from one state to another, for a preview.
 * @returns {{section: string, id: string, from: any, to: any}[]} values; `undefined` or `null` for nothing
 */
export function changes(from, to) {
  const found = [];
  for (const section of Object.keys(SECTIONS)) {
    for (const id of new Set([...from[section].keys(), ...to[section].keys()])) {
      const [a, b] = [from, to].map((state) => state[section].get(id)?.value ?? null);
      if (!same(a, b)) found.push({ section, id, from: a, to: b });
    }
  }
  return found;
}

/** What of `mine` becomes of an import that replaces it: their entries, and `null` for the others; dated `now`. */
export function replaced(mine, theirs, now) {
  const state = empty();
  for (const section of Object.keys(SECTIONS)) {
    for (const id of mine[section].keys()) state[section].set(id, { value: null, at: now });
    for (const [id, { value }] of theirs[section]) state[section].set(id, { value, at: now });
  }
  return state;
}

/** The state of this browser, kept in its storage. */
export class Store extends EventTarget {
  /**
   * @param {string} key under which it lies in the storage; the site's own
   * @param {() => Storage} storage may throw, where storage is blocked
   * @param {() => number} now the time in milliseconds
   */
  constructor(key, storage = () => localStorage, now = Date.now) {
    super();
    this.key = key;
    this.now = now;
    this.state = empty();
    /** Why nothing is kept, or what was found wrong: "", "blocked", "full", "broken", "newer". */
    this.problem = "";
    try {
      this.storage = storage();
      this.load(this.storage.getItem(key));
    } catch {
      this.problem = "blocked";
    }
  }

  load(text) {
    if (text === null) return;
    const found = read(text, this.now());
    if (found.problem) this.problem = found.problem;
    // What cannot be read is set aside and not overwritten: a reader may still mend it.
    if (found.problem === "broken") this.storage.setItem(`${this.key}.broken`, text);
    this.state = merge(this.state, found.state);
  }

  /** Another tab has changed the storage. */
  refresh(text) {
    if (text === null) this.state = empty();
    else if (read(text, this.now()).problem !== "broken") this.state = merge(this.state, read(text, this.now()).state);
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** A value; `undefined` when there is none. */
  get(section, id) {
    return this.state[section].get(id)?.value ?? undefined;
  }

  /** All ids and values of a section. */
  all(section) {
    return [...this.state[section]].filter(([, { value }]) => value !== null).map(([id, { value }]) => [id, value]);
  }

  /** Changes one value; `null` deletes it. What the section does not allow changes nothing. */
  set(section, id, value) {
    const kept = value === null ? null : SECTIONS[section](value);
    if (!isId(id) || (kept === null && !this.state[section].has(id)) || same(kept, this.get(section, id) ?? null)) return;
    const one = empty();
    // Later than what it replaces, also where the clock went back.
    one[section].set(id, { value: kept, at: Math.max(this.now(), (this.state[section].get(id)?.at ?? 0) + 1) });
    this.take(one);
  }

  /** Merges a state into this one and keeps the result, together with what other tabs have kept meanwhile. */
  take(other) {
    this.state = merge(this.state, other);
    if (this.storage && this.problem !== "newer") {
      try {
        const text = this.storage.getItem(this.key);
        const theirs = text === null ? undefined : read(text, this.now());
        if (theirs?.problem === "newer") this.problem = "newer";
        else {
          if (theirs && !theirs.problem) this.state = merge(this.state, theirs.state);
          this.storage.setItem(this.key, write(this.state));
          if (this.problem === "full") this.problem = "";
        }
      } catch {
        this.problem = "full";
      }
    }
    this.tell();
  }

  /** Ids of topics that need not be learned any more: done or skipped. */
  known() {
    return new Set(this.all("topics").filter(([, state]) => state !== "doing").map(([id]) => id));
  }

  /** Picks as an object from choices to lists of topics; it has no other keys, since any word can be a choice's id. */
  picks() {
    return Object.assign(Object.create(null), Object.fromEntries(this.all("picks")));
  }

  /** A topic that had another id: what is kept under the old one goes to the new one, unless that has its own. */
  rename(old, id) {
    for (const section of ["topics", "notes"]) {
      const value = this.get(section, old);
      if (value === undefined) continue;
      if (this.get(section, id) === undefined) this.set(section, id, value);
      this.set(section, old, null);
    }
  }
}
