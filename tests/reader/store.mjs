// What a reader keeps, without a browser: `node store.mjs MODULES`, as `tests/reader.rs` calls it. A failure throws.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const module = (name) => import(pathToFileURL(join(process.argv[2], name)));
const { FORMAT, NOTE_LIMIT, STATES, Store, empty, merge, read, write } = await module("store.js");
const { changes, replaced } = await module("progress-changes.js");

/** A storage in memory, with room for so many characters; `log` has all that was ever written. */
class Shelf {
  constructor(limit = Infinity) {
    this.texts = new Map();
    this.limit = limit;
    this.log = [];
  }
  getItem(key) {
    return this.texts.get(key) ?? null;
  }
  setItem(key, text) {
    const others = [...this.texts].filter(([other]) => other !== key);
    const size = others.reduce((sum, [, other]) => sum + other.length, text.length);
    if (size > this.limit) throw new DOMException("no room", "QuotaExceededError");
    this.log.push(text);
    this.texts.set(key, text);
  }
  removeItem(key) {
    this.texts.delete(key);
  }
}

let clock = 1_000_000;
const now = () => clock;
const open = (shelf) => new Store("s", () => shelf, now);
const state = (entries) => {
  const made = empty();
  for (const [section, id, value, at] of entries) made[section].set(id, { value, at });
  return made;
};
const text = (data) => JSON.stringify({ format: 1, ...data });

/** Small numbers that look random and are the same in every run. */
function* numbers(seed) {
  for (let n = seed; ; ) {
    n = (Math.imul(n, 1664525) + 1013904223) >>> 0;
    yield n / 2 ** 32;
  }
}
const random = numbers(7);
const dice = (n) => Math.floor(random.next().value * n);

const VALUES = {
  topics: [...STATES, null],
  notes: ["one", "two\nlines", "<script>alert(1)</script>", "\ud800", null],
  picks: [["go"], ["go", "java"], [], null],
  plans: [{ hours: 3 }, { hours: 3, start: "2026-02-01", off: [["2026-01-01", "2026-01-05"]], to: ["dns"] }, {}, null],
};

/** A state of a few entries; many of them of the same time, so that ties are met. */
function anything() {
  const made = empty();
  for (let n = dice(8); n > 0; n -= 1) {
    const section = Object.keys(VALUES)[dice(4)];
    const value = VALUES[section][dice(VALUES[section].length)];
    made[section].set(["a", "b", "constructor"][dice(3)], { value, at: dice(4) });
  }
  return made;
}

const tests = {
  "text that is no state is broken, and nothing of it is taken"() {
    for (const bad of ["", "{", "null", "[]", "1", '"x"', "{}", '{"format":"1"}', '{"format":-1}', '{"format":1.5}', "[".repeat(1e5)]) {
      assert.deepEqual(read(bad), { state: empty(), problem: "broken", dropped: 0 }, bad.slice(0, 20));
    }
    assert.equal(read(`${text({})}${" ".repeat(8_000_000)}`).problem, "broken");
    const deep = `{"format":1,"topics":{"a":{"value":${"[".repeat(1e5)}${"]".repeat(1e5)},"at":1}}}`;
    assert.deepEqual([read(deep).state, read(deep).dropped > 0 || read(deep).problem === "broken"], [empty(), true]);
  },

  "entries that cannot be are left out, the others are read"() {
    const entry = (value, at = 5) => ({ value, at });
    const { state: found, dropped } = read(
      text({
        topics: { http: entry("done"), BAD: entry("done"), "a/b": entry("done"), x: entry("open"), y: 7, z: null, list: [] },
        notes: { http: entry("n"), a: entry(7), b: entry({}), c: entry("x".repeat(NOTE_LIMIT + 9)), d: entry("  ") },
        picks: { language: entry(["go", "go", 7, "B A D", "java"]), b: entry("go") },
        plans: [entry({})],
      }),
    );
    assert.deepEqual([...found.topics], [["http", { value: "done", at: 5 }]]);
    assert.deepEqual([...found.notes.keys()], ["http", "c", "d"]);
    assert.deepEqual([found.notes.get("c").value.length, found.notes.get("d").value], [NOTE_LIMIT, null]);
    assert.deepEqual([...found.picks], [["language", { value: ["go", "java"], at: 5 }]]);
    assert.deepEqual([found.plans.size, dropped], [0, 9]);
  },

  "words that mean something to JavaScript are ids like others, or none"() {
    const source = `{"format":1,"__proto__":{"topics":{"x":{"value":"done","at":1}}},"topics":{"__proto__":{"value":"done","at":1},
      "constructor":{"value":"done","at":1},"tostring":{"__proto__":{"value":"done"},"at":1}},"picks":{"constructor":{"value":["a"],"at":1}}}`;
    const { state: found } = read(source);
    assert.deepEqual([...found.topics.keys()], ["constructor"]);
    assert.equal({}.topics ?? {}.value, undefined);
    const store = open(new Shelf());
    store.take(found);
    assert.deepEqual([store.picks().constructor, store.picks().toString, store.get("topics", "tostring")], [["a"], undefined, undefined]);
    assert.deepEqual(read(write(found)).state, found);
  },

  "plans keep what they understand"() {
    const plan = { hours: 400, week: [1, 2, 3, 4, 5, 6, 30], off: [["2026-01-02", "2026-01-01"], ["2026-01-01", "2026-01-01"], 7], start: "2026-13-01", to: "all", more: 1 };
    const { state: found } = read(text({ plans: { a: { value: plan, at: 1 }, b: { value: { hours: 5, start: "2026-02-01" }, at: 1 }, c: { value: [], at: 1 } } }));
    assert.deepEqual(found.plans.get("a").value, { off: [["2026-01-01", "2026-01-01"]] });
    assert.deepEqual(found.plans.get("b").value, { hours: 5, start: "2026-02-01" });
    assert.equal(found.plans.has("c"), false);
  },

  "no more entries than a site can have"() {
    const topics = Object.fromEntries(Array.from({ length: 50_010 }, (_, n) => [`t${n}`, { value: "done", at: 1 }]));
    const { state: found, dropped } = read(text({ topics }));
    assert.deepEqual([found.topics.size, dropped], [50_000, 10]);
  },

  "times are numbers, and of others never later than now"() {
    const source = text({ topics: { a: { value: "done", at: 1e300 }, b: { value: "done", at: "9e9" }, c: { value: "done", at: -5 }, d: { value: "done" }, e: { value: "done", at: 7.9 } } });
    assert.deepEqual([...read(source, 100).state.topics.values()].map(({ at }) => at), [100, 0, 0, 0, 7]);
    const store = open(new Shelf());
    store.take(read(source).state);
    store.set("topics", "a", "doing");
    assert.equal(store.get("topics", "a"), "doing", "a time without end wins for ever");
  },

  "merging is the same in any order and however often"() {
    for (let n = 0; n < 2_000; n += 1) {
      const [a, b, c] = [anything(), anything(), anything()];
      const same = (x, y, what) => assert.equal(write(x), write(y), what);
      same(merge(a, b), merge(b, a), "commutative");
      same(merge(a, merge(b, c)), merge(merge(a, b), c), "associative");
      same(merge(a, a), a, "idempotent");
      same(read(write(a)).state, a, "written and read");
      same(merge(a, replaced(a, b, 2)), merge(a, replaced(a, b, 2)), "replaced");
      assert.deepEqual(changes(merge(a, replaced(a, b, 2)), b), [], "what replaces says the same");
      assert.deepEqual(changes(a, a), []);
    }
  },

  "of two entries the later wins, and of two as old a value"() {
    const [a, b] = [state([["topics", "x", "done", 5]]), state([["topics", "x", null, 6]])];
    assert.equal(merge(a, b).topics.get("x").value, null);
    assert.equal(merge(a, state([["topics", "x", null, 5]])).topics.get("x").value, "done");
  },

  "what is set is kept, and what a section does not allow changes nothing"() {
    const shelf = new Shelf();
    const store = open(shelf);
    let told = 0;
    store.addEventListener("change", () => (told += 1));
    store.set("topics", "http", "done");
    for (const bad of ["open", "", 7, undefined, ["done"]]) store.set("topics", "http", bad);
    store.set("topics", "__proto__", "done");
    store.set("topics", "NOT AN ID", "done");
    store.set("topics", "dns", null);
    store.set("topics", "http", "done");
    assert.deepEqual([store.all("topics"), told], [[["http", "done"]], 1]);
    store.set("notes", "http", "note");
    store.set("notes", "http", "   ");
    assert.deepEqual([store.get("notes", "http"), store.all("notes")], [undefined, []]);
    assert.deepEqual(open(shelf).state, store.state);
    assert.deepEqual([...store.known()], ["http"]);
    store.set("topics", "http", null);
    assert.deepEqual([store.all("topics"), store.isEmpty(), open(shelf).isEmpty()], [[], true, true]);
  },

  "a clock that goes back loses nothing"() {
    const shelf = new Shelf();
    const [a, b] = [open(shelf), open(shelf)];
    a.set("topics", "x", "doing");
    b.refresh();
    clock -= 500_000;
    a.set("topics", "x", "done");
    b.refresh();
    b.set("topics", "y", "done");
    a.refresh();
    assert.deepEqual([a, b, open(shelf)].map((store) => store.get("topics", "x")), ["done", "done", "done"]);
    a.set("topics", "x", null);
    b.refresh();
    b.set("notes", "x", "n");
    assert.equal(open(shelf).get("topics", "x"), undefined);
    clock += 500_000;
  },

  "two tabs lose nothing, whatever they write at one time"() {
    for (let round = 0; round < 300; round += 1) {
      const shelf = new Shelf();
      const tabs = [open(shelf), open(shelf)];
      const wanted = new Map();
      for (let n = 0; n < 12; n += 1) {
        const tab = tabs[dice(2)];
        const id = `t${n}`;
        wanted.set(id, STATES[dice(3)]);
        // As in a browser whose tabs write at the same time: this one may not have seen what the other wrote.
        if (dice(2)) shelf.texts.delete("s");
        tab.set("topics", id, wanted.get(id));
      }
      // Messages arrive later, in any number, and the storage holds what was written last.
      for (let n = 0; n < 4; n += 1) tabs[n % 2].refresh();
      const found = open(shelf);
      assert.deepEqual(new Map(found.all("topics")), wanted);
      const written = shelf.log.length;
      for (let n = 0; n < 6; n += 1) tabs[n % 2].refresh();
      assert.equal(shelf.log.length, written, "tabs answer each other without end");
    }
  },

  "a tab that heard of nothing yet overwrites nothing"() {
    const shelf = new Shelf();
    const [a, b] = [open(shelf), open(shelf)];
    a.set("topics", "x", "done");
    b.set("topics", "y", "done");
    assert.deepEqual([open(shelf).all("topics").length, b.get("topics", "x")], [2, "done"]);
  },

  "another tab forgets everything"() {
    const shelf = new Shelf();
    const [a, b] = [open(shelf), open(shelf)];
    a.set("notes", "x", "secret");
    b.refresh();
    assert.equal(b.get("notes", "x"), "secret");
    a.clear();
    b.refresh();
    b.set("topics", "y", "done");
    assert.deepEqual([...shelf.texts].map(([, one]) => one.includes("secret")), [false]);
  },

  "a page that slept does not bring back what was forgotten"() {
    const shelf = new Shelf();
    const [a, asleep] = [open(shelf), open(shelf)];
    a.set("notes", "x", "secret");
    asleep.refresh();
    a.clear();
    a.set("topics", "y", "done");
    asleep.refresh(true);
    assert.deepEqual([asleep.get("notes", "x"), asleep.get("topics", "y")], [undefined, "done"]);
  },

  "what cannot be read is set aside and can be had back"() {
    const shelf = new Shelf();
    shelf.texts.set("s", "{broken");
    const store = open(shelf);
    assert.deepEqual([store.problem, store.broken(), store.isEmpty()], ["broken", "{broken", true]);
    store.set("topics", "x", "done");
    const again = open(shelf);
    assert.deepEqual([again.problem, again.broken(), again.get("topics", "x")], ["broken", "{broken", "done"]);
    shelf.texts.set("s", "[other");
    assert.equal(open(shelf).broken(), "{broken\n[other");
    store.discard();
    assert.deepEqual([open(shelf).problem, open(shelf).broken(), open(shelf).get("topics", "x")], ["", "", "done"]);
  },

  "what cannot be read is not overwritten where there is no room to set it aside"() {
    const shelf = new Shelf(150);
    shelf.texts.set("s", `{broken${"x".repeat(100)}`);
    const store = open(shelf);
    store.set("topics", "x", "done");
    assert.deepEqual([store.problem, store.broken() === shelf.getItem("s"), shelf.texts.size], ["full", true, 1]);
    store.discard();
    assert.deepEqual([store.problem, open(shelf).get("topics", "x")], ["", "done"]);
  },

  "a newer format is shown and never overwritten; an older one is read"() {
    const shelf = new Shelf();
    const newer = JSON.stringify({ format: FORMAT + 1, topics: { x: { value: "done", at: 1 } }, wishes: {} });
    shelf.texts.set("s", newer);
    const store = open(shelf);
    store.set("topics", "y", "done");
    store.refresh();
    assert.deepEqual([store.problem, store.get("topics", "x"), store.get("topics", "y"), shelf.getItem("s")], ["newer", "done", "done", newer]);
    shelf.texts.set("s", JSON.stringify({ format: 0, topics: { x: { value: "done", at: 1 } } }));
    assert.deepEqual([open(shelf).problem, open(shelf).get("topics", "x")], ["", "done"]);
    const other = new Shelf();
    const old = open(other);
    other.texts.set("s", newer);
    old.set("topics", "y", "done");
    assert.deepEqual([old.problem, other.getItem("s")], ["newer", newer], "a tab from before overwrites what is newer");
  },

  "a full storage is told, and tried again"() {
    const shelf = new Shelf(200);
    const store = open(shelf);
    store.set("notes", "x", "n".repeat(300));
    assert.deepEqual([store.problem, store.get("notes", "x").length, shelf.getItem("s")], ["full", 300, null]);
    store.refresh(true);
    assert.equal(store.get("notes", "x").length, 300, "what could not be kept is forgotten");
    shelf.limit = Infinity;
    store.set("topics", "y", "done");
    assert.deepEqual([store.problem, open(shelf).get("notes", "x").length], ["", 300]);
  },

  "a blocked storage is told, and everything works until the page is left"() {
    const refuses = () => { throw new DOMException("no", "SecurityError"); };
    const dead = { getItem: refuses, setItem: refuses, removeItem: refuses };
    for (const storage of [refuses, () => null, () => undefined, () => dead]) {
      const store = new Store("s", storage, now);
      assert.equal(store.problem, "blocked");
      store.set("topics", "x", "done");
      store.refresh();
      store.refresh(true);
      assert.deepEqual([store.problem, store.get("topics", "x"), store.broken()], ["blocked", "done", ""]);
      store.discard();
      store.clear();
      assert.equal(store.isEmpty(), true);
    }
  },

  "a topic takes what was kept under its old id with it"() {
    const shelf = new Shelf();
    const store = open(shelf);
    store.set("topics", "old", "done");
    store.set("notes", "old", "n");
    store.set("picks", "language", ["go", "old"]);
    store.set("plans", "web", { hours: 3, to: ["old", "dns"] });
    store.rename("old", "new");
    const found = open(shelf);
    assert.deepEqual([found.get("topics", "new"), found.get("notes", "new"), found.get("topics", "old"), found.get("notes", "old")], ["done", "n", undefined, undefined]);
    assert.deepEqual([found.get("picks", "language"), found.get("plans", "web")], [["go", "new"], { hours: 3, to: ["new", "dns"] }]);
    const written = shelf.log.length;
    store.rename("old", "new");
    store.rename("constructor", "new");
    assert.equal(shelf.log.length, written);
    clock += 10;
    store.set("topics", "new", "doing");
    store.take(state([["topics", "old", "done", clock - 5]]));
    store.rename("old", "new");
    assert.equal(store.get("topics", "new"), "doing", "an older entry of the old id wins");
  },

  "an import can be taken back"() {
    const store = open(new Shelf());
    store.set("topics", "x", "done");
    store.set("notes", "y", "n");
    const before = merge(store.state, empty());
    store.take(replaced(store.state, state([["topics", "z", "doing", 1e12]]), clock));
    assert.deepEqual([store.get("topics", "x"), store.get("topics", "z"), store.all("notes")], [undefined, "doing", []]);
    store.take(replaced(store.state, before, clock));
    assert.deepEqual(changes(store.state, before), []);
  },
};

for (const [name, run] of Object.entries(tests)) {
  try {
    run();
  } catch (error) {
    console.log(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
