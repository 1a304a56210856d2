// What a plan is made from: what the reader keeps, or what a link says. Both tell of a change by the event `change`.

import { empty } from "./store.js";
import { store } from "./site.js";

/** The reader's own: progress and picks, and the settings of this road's plan. */
export class Own extends EventTarget {
  constructor(road) {
    super();
    this.road = road;
    store.addEventListener("change", () => this.dispatchEvent(new Event("change")));
  }

  /** Ids of the topics that the reader knows, also of other roads. */
  get known() {
    return store.known();
  }

  /** Lists of ids of options, by choice. */
  get picks() {
    return store.picks();
  }

  /** Hours, days off, the first day and what is wanted, as the store keeps them. */
  get settings() {
    return store.get("plans", this.road.id) ?? {};
  }

  /** What the reader says of a topic: `done`, `skipped`, `doing` or nothing. */
  stateOf(id) {
    return store.get("topics", id);
  }

  know(id, isKnown) {
    store.set("topics", id, isKnown ? "done" : null);
  }

  pick(choice, ids) {
    store.set("picks", choice, ids);
  }

  /** Changes some settings; `undefined` takes one out. */
  change(some) {
    store.set("plans", this.road.id, { ...this.settings, ...some });
  }
}

/** What a link says. It can be changed, for as long as the page is open; the reader's own state stays as it is. */
export class Linked extends EventTarget {
  constructor(road, { known, picks, settings }) {
    super();
    Object.assign(this, { road, known, picks, settings });
  }

  stateOf(id) {
    return this.known.has(id) ? "done" : undefined;
  }

  know(id, isKnown) {
    if (isKnown) this.known.add(id);
    else this.known.delete(id);
    this.tell();
  }

  pick(choice, ids) {
    this.picks[choice] = ids;
    this.tell();
  }

  change(some) {
    this.settings = { ...this.settings, ...some };
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** Makes it the reader's: what it takes as known is done, its picks and settings replace the reader's. */
  keep() {
    const state = empty();
    const put = (section, id, value) => {
      const before = store.state[section].get(id)?.at ?? 0;
      state[section].set(id, { value, at: Math.max(store.now(), before + 1) });
    };
    const mine = store.known();
    for (const id of this.known) if (!mine.has(id)) put("topics", id, "done");
    for (const [choice, ids] of Object.entries(this.picks)) put("picks", choice, ids);
    put("plans", this.road.id, this.settings);
    store.take(state);
  }
}
