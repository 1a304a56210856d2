// What must hold of every text that a reader brings, stated without a look at the modules' own lists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const NOW = 1_800_000_000_000;
const ID = /^[a-z0-9][a-z0-9-]*$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What an entry's value may be, by section; `null` may be any. */
const MAY_BE = {
  topics: (value) => ["doing", "done", "skipped"].includes(value),
  notes: (value) => typeof value === "string" && value.trim() !== "" && value.length <= 20_000,
  picks: (value) => areIds(value) && value.length <= 200,
  plans: isPlan,
};

const areIds = (list) => Array.isArray(list) && list.every((id) => typeof id === "string" && ID.test(id)) && new Set(list).size === list.length;
const isBetween = (value, least, most) => typeof value === "number" && value >= least && value <= most;

function isPlan(plan) {
  const parts = {
    hours: (value) => isBetween(value, 0.25, 168),
    week: (value) => value.length === 7 && value.every((hours) => isBetween(hours, 0, 24)),
    start: (value) => DAY.test(value),
    off: (value) => value.length <= 400 && value.every(([from, to, ...more]) => DAY.test(from) && DAY.test(to) && from <= to && !more.length),
    to: areIds,
  };
  return Object.entries(plan).every(([name, value]) => Object.hasOwn(parts, name) && parts[name](value));
}

/** A storage in memory. */
class Shelf {
  texts = new Map();
  getItem(key) {
    return this.texts.get(key) ?? null;
  }
  setItem(key, text) {
    this.texts.set(key, text);
  }
  removeItem(key) {
    this.texts.delete(key);
  }
}

/** As much of a document as nodes need. */
class Node {
  constructor(name) {
    this.name = name;
    this.children = [];
  }
  append(...children) {
    this.children.push(...children);
  }
}

const NODES = ["#fragment", "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"];

/** A function that throws where a text does not hold. */
export async function properties(modules, roadFile) {
  const module = (name) => import(pathToFileURL(join(modules, name)));
  const { Store, empty, merge, plan: valid, read, write } = await module("store.js");
  const { changes, replaced } = await module("progress-changes.js");
  const { pack, unpack } = await module("progress-link.js");
  const link = await module("plan-link.js");
  const { answer } = await module("reckon.js");
  const { calendar } = await module("reckon-days.js");
  globalThis.document = { createElement: (name) => new Node(name), createDocumentFragment: () => new Node("#fragment") };
  const { nodes } = await module("note-text.js");
  const road = JSON.parse(readFileSync(roadFile, "utf8"));
  const own = Object.getOwnPropertyNames(Object.prototype).join();

  const other = read('{"format":1,"topics":{"http":{"value":"doing","at":5},"a":{"value":null,"at":9}},"notes":{"http":{"value":"n","at":5}}}', NOW).state;

  /** A state holds only what it may, is written and read again, and merges in any order. */
  function state(text) {
    const { state: found, problem, dropped } = read(text, NOW);
    assert.ok(["", "broken", "newer"].includes(problem) && dropped >= 0);
    if (problem === "broken") assert.deepEqual(found, empty());
    assert.deepEqual(Object.keys(found), Object.keys(MAY_BE));
    for (const [section, entries] of Object.entries(found)) {
      for (const [id, { value, at, ...more }] of entries) {
        assert.ok(ID.test(id) && Number.isInteger(at) && at >= 0 && at <= NOW && Object.keys(more).length === 0);
        assert.ok(value === null || MAY_BE[section](value), `${section} ${id}: ${JSON.stringify(value)}`);
      }
    }
    const again = read(write(found), NOW);
    assert.deepEqual([again.problem, again.dropped], ["", 0]);
    assert.equal(write(again.state), write(found));
    const same = (a, b) => assert.equal(write(a), write(b));
    same(merge(found, found), found);
    same(merge(found, other), merge(other, found));
    const third = replaced(found, other, NOW);
    same(merge(merge(found, other), third), merge(found, merge(other, third)));
    assert.deepEqual(changes(merge(found, third), other).filter(({ to, from }) => (to ?? null) !== null || (from ?? null) !== null), []);
  }

  /** A browser's storage with this text in it: what cannot be read is never lost, and what is set is kept. */
  function storage(text) {
    const shelf = new Shelf();
    shelf.setItem("s", text);
    const store = new Store("s", () => shelf, () => NOW);
    const { problem } = read(text);
    store.set("topics", "new-topic", "done");
    if (problem === "broken") assert.ok(store.broken().includes(text));
    if (problem === "newer") assert.equal(shelf.getItem("s"), text);
    else assert.equal(read(shelf.getItem("s")).state.topics.get("new-topic").value, "done");
    store.take(read(text, NOW).state);
    store.rename("http", "renamed");
    store.known();
    assert.equal(Object.getPrototypeOf(store.picks()), null);
  }

  /** A link to a plan asks only for what the road has, and is reckoned. */
  function planLink(text) {
    for (const hash of [`#${text}`, `#plan=1&${text}`]) {
      const plan = link.read(hash, road);
      if (plan === null) continue;
      assert.ok(isPlan(plan.settings) && valid(plan.settings));
      const { known, options, wanted } = link.names(road);
      assert.ok([...plan.known].every((id) => known.has(id)) && (plan.settings.to ?? []).every((id) => wanted.has(id)));
      for (const [choice, ids] of Object.entries(plan.picks)) assert.ok(ids.every((id) => options.get(choice).has(id)));
      const written = link.write(plan, road);
      assert.equal(link.write(link.read(written, road), road), written);
      const { hours, week, off, start, to } = plan.settings;
      const found = answer(road, { known: plan.known, picks: plan.picks, to, hoursPerWeek: hours });
      calendar(found, { start: start ?? "2026-01-01", hours: week ?? hours, off });
    }
  }

  /** A note becomes elements of text; links lead to the web. */
  function note(text) {
    const open = [nodes(text)];
    while (open.length) {
      const node = open.pop();
      if (typeof node === "string") continue;
      assert.ok(NODES.includes(node.name), node.name);
      if (node.href !== undefined) assert.match(new URL(node.href).protocol, /^https?:$/);
      open.push(...node.children);
    }
  }

  return async (text) => {
    state(text);
    storage(text);
    planLink(text);
    note(text);
    const inside = await unpack(text.trim());
    assert.ok(typeof inside === "string" && inside.length <= 4_000_000);
    if (text.length < 5_000) assert.equal(await unpack(await pack(text)), text.toWellFormed());
    assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), own, "all objects have changed");
  };
}
