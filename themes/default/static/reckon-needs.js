// Which topics a reader needs: what is wanted and what has to come before it. The same rules as the program's
// (`src/plan/personal/needs.rs`).

import { Heap } from "./reckon-heap.js";

const NONE = [];

/** What a topic needs in any case, and its groups of which one is enough. */
const plain = (topic) => (topic.needs ?? NONE).filter((need) => need.any === undefined);
const groups = (topic) => (topic.needs ?? NONE).filter((need) => need.any !== undefined);

/**
 * One reader's view of a road's prerequisites. What it works with: the road, the reader's `picks`, the `shares`, which
 * topics are `known` (by topic), all `ids` that are known, also from elsewhere, and which alternatives are `liked` (by
 * topic): they are taken before cheaper ones.
 */
export class Needs {
  constructor(road, { picks, shares, known, ids, liked = picks.picked }) {
    Object.assign(this, { road, picks, shares, known, ids, liked });
    /** By topic: `for` an option that this reader did not pick, itself or with what it is a part of. */
    this.others = new Uint8Array(road.topics.length);
    for (const topic of shares.downwards) {
      const { for: options, part_of: parent } = road.topics[topic];
      this.others[topic] = !picks.serves(options) || (parent !== undefined && this.others[parent]) ? 1 : 0;
    }
    this.listed = new Uint8Array(road.topics.length);
    this.open = new Heap((a, b) => a.topic < b.topic || (a.topic === b.topic && a.at < b.at));
  }

  /** Everything that is neither optional nor a bonus nor for others. */
  everything() {
    const { topics, stages } = this.road;
    const applies = new Uint8Array(topics.length);
    for (const topic of this.shares.downwards) {
      const parent = topics[topic].part_of;
      applies[topic] = this.picks.applies(topic) && (parent === undefined || applies[parent]) ? 1 : 0;
    }
    const wanted = (topic) => applies[topic] && !this.shares.spare[topic] && !stages[topics[topic].stage].bonus;
    return [...topics.keys()].filter(wanted);
  }

  /**
   * Lists what is wanted and all that it needs. First what is needed in any case, then, topic by topic in the order of
   * the road, one of several where none is known or listed by then.
   */
  list(wanted) {
    this.add(wanted);
    for (let group = this.open.pop(); group; group = this.open.pop()) {
      this.add(this.alternative(group.topic, group.any));
    }
    return this.listed;
  }

  add(topics) {
    const stack = topics.filter((topic) => !this.known[topic]);
    while (stack.length > 0) {
      const topic = stack.pop();
      if (this.listed[topic]) continue;
      this.listed[topic] = 1;
      this.needed(topic, stack);
      groups(this.road.topics[topic]).forEach(({ any }, at) => this.open.push({ topic, at, any }));
    }
  }

  /** Puts on the stack what a topic needs in any case and is not there yet. */
  needed(topic, stack) {
    for (const target of plain(this.road.topics[topic])) {
      for (const before of this.before(topic, target)) {
        if (!this.isThere(before) && !this.others[before]) stack.push(before);
      }
    }
  }

  isThere(topic) {
    return this.listed[topic] === 1 || this.known[topic] === 1;
  }

  /** The topics that a target means, as far as the road teaches them before this topic. */
  before(topic, target) {
    const { topics } = this.road;
    if (typeof target === "string") return NONE;
    const meant = typeof target === "number" ? [target] : this.picks.of[target.choice];
    return meant.filter((at) => topics[at].stage <= topics[topic].stage);
  }

  /** Whether a target of a group is known by itself: there is nothing to choose then. */
  isKnown(target) {
    return typeof target === "string" ? this.ids.has(target) : typeof target === "number" && this.known[target] === 1;
  }

  /** The ways that a group leaves open to this reader: lists of topics. */
  ways(topic, any) {
    const ways = any.map((target) => this.before(topic, target)).filter((way) => way.length > 0);
    return ways.filter((way) => !way.some((at) => this.others[at]));
  }

  /**
   * The alternative to take: none where one is known or listed; else one that the reader likes, else the one that takes
   * least with what it needs; unknown efforts come last, ties go by order.
   */
  alternative(topic, any) {
    if (this.isMet(topic, any, (at) => this.isThere(at))) return NONE;
    // All ways are followed back at once, the one that is cheapest so far a topic further at a time: none is followed
    // further than it takes to see that another is cheaper.
    const searches = new Heap(isCheaper);
    for (const way of this.ways(topic, any)) searches.push(this.search(way));
    for (let search = searches.pop(); search; search = searches.pop()) {
      if (search.stack.length === 0) return search.way;
      this.follow(search);
      searches.push(search);
    }
    return NONE;
  }

  isMet(topic, any, isThere) {
    if (any.some((target) => this.isKnown(target))) return true;
    const ways = any.map((target) => this.before(topic, target));
    return ways.some((way) => way.length > 0 && way.every(isThere));
  }

  search(way) {
    const price = { other: way.every((at) => this.liked[at]) ? 0 : 1, unknown: 0, min: 0, max: 0 };
    return { price, way, stack: way.filter((at) => !this.isThere(at)), seen: new Set() };
  }

  follow({ price, stack, seen }) {
    const topic = stack.pop();
    if (seen.has(topic)) return;
    seen.add(topic);
    const { unknown, min, max } = this.shares.whole[topic];
    price.unknown += unknown;
    price.min += millionths(min);
    price.max += millionths(max ?? Infinity);
    this.needed(topic, stack);
  }

  /**
   * Whether all that a listed topic waits for is known. Nobody waits for what comes later, is elsewhere, or is for others
   * and not listed.
   */
  isReady(topic) {
    const isKnown = (at) => this.known[at] === 1;
    const isAhead = (at) => this.listed[at] === 1 || !this.others[at];
    const waits = (target) => this.before(topic, target).some((at) => !isKnown(at) && isAhead(at));
    const isWay = (way) => way.length > 0 && way.every(isAhead);
    const isFree = ({ any }) =>
      this.isMet(topic, any, isKnown) || !any.some((target) => isWay(this.before(topic, target)));
    const data = this.road.topics[topic];
    return !plain(data).some(waits) && groups(data).every(isFree);
  }
}

/** Hours as whole numbers: their sum is the same in whatever order they are added, and so is what is a tie. */
const millionths = (hours) => Math.round(hours * 1e6);

function isCheaper(a, b) {
  for (const key of ["other", "unknown", "min", "max"]) {
    if (a.price[key] !== b.price[key]) return a.price[key] < b.price[key];
  }
  const at = a.way.findIndex((topic, at) => topic !== b.way[at]);
  return at < 0 ? a.way.length < b.way.length : b.way[at] === undefined ? false : a.way[at] < b.way[at];
}
