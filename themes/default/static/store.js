// What a reader keeps in this browser: states of topics, notes, picks and plans. One state for the whole site, keyed by
// ids, so that it outlives rebuilds and a topic done on one roadmap is done on all. Nothing ever leaves the browser.
//
// Every entry has the time of its last change, and of two states the later entry wins, whatever comes first: so two
// tabs, an import and another device merge without loss. A deleted entry stays as `null`, or a merge would bring it back.

/** The format that this module writes. */
export const FORMAT = 1;

/** What a topic can be to a reader; anything else is open. */
export const STATES = ["doing", "done", "skipped"];

/** No longer note is kept, in UTF-16 units. */
export const NOTE_LIMIT = 20_000;

const TEXT_LIMIT = 8_000_000; // characters; browsers keep about 5 million
const ENTRY_LIMIT = 50_000; // a section
const LATEST = 2 ** 52; // milliseconds; leaves room for changes after it
const ID = /^[a-z0-9](?:[a-z0-9-]{0,299})$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

const isId = (value) => typeof value === "string" && ID.test(value);
const isDay = (value) => typeof value === "string" && DAY.test(value);
const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const ids = (value, limit) => (Array.isArray(value) ? [...new Set(value.filter(isId))].slice(0, limit) : []);
const within = (value, least, most) => typeof value === "number" && value >= least && value <= most;

/** By section: what an entry's value becomes; `null` for none, `undefined` for what it may not be. */
const SECTIONS = {
  topics: (value) => (STATES.includes(value) ? value : undefined),
  notes: (value) => (typeof value !== "string" ? undefined : value.trim() ? value.slice(0, NOTE_LIMIT) : null),
  picks: (value) => (Array.isArray(value) ? ids(value, 200) : undefined),
  plans: plan,
};

/** An entry's value as its section has it; see `SECTIONS`. */
const allowed = (section, value) => (value === null ? null : SECTIONS[section](value));

/** Of a plan by roadmap: hours a week, or by weekday from Monday on; days off as [from, to]; the first day; what is wanted. */
export function plan(value) {
  if (!isMap(value)) return undefined;
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
 * @param {number} latest no entry is later than this: now, for what comes from elsewhere, so that a strange clock cannot
 *   win for ever
 * @returns {{state: object, problem: "" | "broken" | "newer", dropped: number}} `newer`: from a later version, which may
 *   mean more than what was understood; `dropped`: entries left out
 */
export function read(text, latest = LATEST) {
  const state = empty();
  const broken = { state, problem: "broken", dropped: 0 };
  if (text.length > TEXT_LIMIT) return broken;
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return broken;
  }
  if (!isMap(data) || !Number.isInteger(data.format) || data.format < 0) return broken;
  let dropped = 0;
  for (const section of Object.keys(SECTIONS)) {
    if (!isMap(data[section])) continue;
    for (const [id, entry] of Object.entries(data[section])) {
      const value = isId(id) && isMap(entry) ? allowed(section, entry.value) : undefined;
      if (value === undefined || state[section].size >= ENTRY_LIMIT) dropped += 1;
      else state[section].set(id, { value, at: time(entry.at, latest) });
    }
  }
  return { state, problem: data.format > FORMAT ? "newer" : "", dropped };
}

const time = (at, latest) => (typeof at === "number" && at > 0 ? Math.floor(Math.min(at, latest)) : 0);

/** A state as text, the same text for the same state. */
export function write(state) {
  const data = { format: FORMAT };
  for (const section of Object.keys(SECTIONS)) {
    data[section] = Object.fromEntries([...state[section]].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return JSON.stringify(data);
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Of two entries the later one; of two as old always the same one, so that all tabs and devices agree in the end. */
function later(a, b) {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  const rank = ({ value }) => (value === null ? "" : JSON.stringify(value));
  return a.value === b.value || rank(a) >= rank(b) ? a : b;
}

/** Two states as one, in either order the same. */
export function merge(mine, theirs) {
  const merged = empty();
  for (const section of Object.keys(SECTIONS)) {
    merged[section] = new Map(mine[section]);
    for (const [id, entry] of theirs[section]) {
      const old = merged[section].get(id);
      merged[section].set(id, old ? later(old, entry) : entry);
    }
  }
  return merged;
}

/** Whether the first state has what the second lacks. */
const isAhead = (mine, theirs) =>
  Object.keys(SECTIONS).some((section) =>
    [...mine[section]].some(([id, entry]) => {
      const other = theirs[section].get(id);
      return !other || later(other, entry) === entry;
    }),
  );

/** Why a storage refuses: it has no room, or is not for us. */
const refusal = (error) => (/quota/i.test(error?.name ?? "") ? "full" : "blocked");

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
    /** Where text lies that could not be read. */
    this.aside = `${key}.broken`;
    this.now = now;
    this.state = empty();
    /** Why nothing is kept, or what was found wrong: "", "blocked", "full", "broken", "newer". */
    this.problem = "";
    try {
      this.storage = storage();
      this.state = this.kept();
      if (this.broken()) this.problem ||= "broken";
    } catch (error) {
      this.problem = refusal(error);
    }
  }

  /** What the storage holds. What cannot be read is set aside and not overwritten: a reader may still mend it. */
  kept() {
    const text = this.storage.getItem(this.key);
    const { state, problem } = text === null ? { state: empty(), problem: "" } : read(text);
    if (problem || this.problem === "newer") this.problem = problem;
    if (problem === "broken") {
      const before = this.storage.getItem(this.aside) ?? "";
      if (!before.includes(text)) this.storage.setItem(this.aside, before ? `${before}\n${text}` : text);
    }
    return state;
  }

  /** Text that could not be read; empty when there is none. */
  broken() {
    try {
      const text = this.storage.getItem(this.key);
      return this.storage.getItem(this.aside) ?? (text !== null && read(text).problem === "broken" ? text : "");
    } catch {
      return "";
    }
  }

  /** Throws away what could not be read. */
  discard() {
    try {
      const text = this.storage.getItem(this.key);
      if (text !== null && read(text).problem === "broken") this.storage.removeItem(this.key);
      this.storage.removeItem(this.aside);
      this.problem = "";
    } catch (error) {
      this.problem = refusal(error);
    }
    this.keep();
    this.tell();
  }

  /** Writes this state, with what other tabs have kept meanwhile; what a newer version wrote is left alone. */
  keep() {
    if (!this.storage) return;
    try {
      this.state = merge(this.state, this.kept());
      if (this.problem === "newer") return;
      this.storage.setItem(this.key, write(this.state));
      if (this.problem !== "broken") this.problem = "";
    } catch (error) {
      this.problem = refusal(error);
    }
  }

  /**
   * The storage may have changed: by another tab, or while this page slept.
   * @param {boolean} anew whether all that is known here is older than the storage, but for what could not be kept
   */
  refresh(anew = false) {
    try {
      const unkept = this.problem === "full" || this.problem === "blocked";
      if (anew ? !unkept : this.storage.getItem(this.key) === null) this.state = empty();
      const theirs = this.kept();
      // Two tabs that write at one time may each miss the other: who knows more writes again.
      const ahead = isAhead(this.state, theirs);
      this.state = merge(this.state, theirs);
      if (ahead) this.keep();
    } catch (error) {
      this.problem = refusal(error);
    }
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

  /** Whether the reader has anything. */
  isEmpty() {
    return Object.keys(SECTIONS).every((section) => !this.all(section).length);
  }

  /** Changes one value; `null` deletes it. What the section does not allow changes nothing. */
  set(section, id, value) {
    const kept = allowed(section, value);
    if (!isId(id) || kept === undefined || same(kept, this.get(section, id) ?? null)) return;
    const one = empty();
    // Later than what it replaces, also where the clock went back.
    one[section].set(id, { value: kept, at: Math.max(this.now(), (this.state[section].get(id)?.at ?? 0) + 1) });
    this.take(one);
  }

  /** Merges a state into this one and keeps the result. */
  take(other) {
    this.state = merge(this.state, other);
    this.keep();
    this.tell();
  }

  /** Forgets everything, without a trace in the storage. */
  clear() {
    this.state = empty();
    try {
      this.storage.removeItem(this.key);
      this.storage.removeItem(this.aside);
      this.problem = "";
    } catch (error) {
      this.problem = refusal(error);
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

  /** A topic that had another id: what is kept under the old one goes to the new one, unless that has something later. */
  rename(old, id) {
    const moved = empty();
    const change = (section, key, value) => {
      const { at } = this.state[section].get(key);
      moved[section].set(key, { value: allowed(section, value), at: at + 1 });
    };
    for (const section of ["topics", "notes"]) {
      if (this.get(section, old) === undefined) continue;
      moved[section].set(id, this.state[section].get(old));
      change(section, old, null);
    }
    const swap = (list) => list.map((one) => (one === old ? id : one));
    for (const [choice, list] of this.all("picks")) if (list.includes(old)) change("picks", choice, swap(list));
    for (const [road, plan] of this.all("plans")) {
      if (plan.to?.includes(old)) change("plans", road, { ...plan, to: swap(plan.to) });
    }
    if (Object.values(moved).some((section) => section.size)) this.take(moved);
  }
}
