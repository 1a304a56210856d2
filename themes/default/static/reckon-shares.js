// What each topic takes, such that nothing is counted twice: the same rules and the same order of every sum as the
// program's (`src/plan/personal/shares.rs`), so that both come to the same numbers.
//
// An interval is `[min, max]` in hours, an open end `null`; what is unknown is `null` itself.

const ZERO = [0, 0];

/** The sum of two intervals; open when one of them is. */
export const plus = (a, b) => [a[0] + b[0], a[1] === null || b[1] === null ? null : a[1] + b[1]];

const scale = (range, factor) => [range[0] * factor, range[1] === null ? null : range[1] * factor];

const middle = ([min, max]) => (min + (max ?? min)) / 2;

/** Nothing, to add to: hours from `min` to `max` (`null`: no upper bound) and topics of unknown effort. */
export const nothing = () => ({ min: 0, max: 0, unknown: 0 });

/** Adds one cost to another. */
export function add(sum, cost) {
  sum.min += cost.min;
  sum.max = sum.max === null || cost.max === null ? null : sum.max + cost.max;
  sum.unknown += cost.unknown;
}

/** What one share comes to. */
export function cost(share) {
  return share ? { min: share[0], max: share[1], unknown: 0 } : { min: 0, max: 0, unknown: 1 };
}

/**
 * Shares out every figure of a road among the topics that it covers. All lists are by topic: `own`, its share without
 * its parts (`null` is unknown); `coveredBy`, the topic whose effort covers it, or -1; `spare`, whether it is summed apart
 * as optional; `whole`, what it takes with its parts. `downwards` is all topics, parents before their parts.
 */
export function shareOut(road, picks) {
  const downwards = parentsFirst(road);
  const holders = findHolders(road, picks, downwards);
  const spare = new Uint8Array(road.topics.length);
  for (const topic of downwards) {
    spare[topic] = holders[topic] < 0 ? isSpare(road, picks, topic) : spare[holders[topic]];
  }
  const coveredBy = holders.map((holder, topic) => (picks.applies(topic) ? holder : -1));
  const parts = road.topics.map(() => []);
  coveredBy.forEach((holder, topic) => holder >= 0 && parts[holder].push(topic));
  const hasParts = new Uint8Array(road.topics.length);
  holders.forEach((holder) => holder >= 0 && (hasParts[holder] = 1));
  const weights = weigh(road, parts, downwards);
  const budgets = road.topics.map(() => null);
  shareStages(road, picks, spare, weights, budgets);
  const own = shareTopics(road, { downwards, parts, hasParts, weights, budgets });
  return { own, coveredBy, spare, downwards, whole: sumUp(own, coveredBy, downwards) };
}

function parentsFirst(road) {
  const parts = road.topics.map(() => null);
  const all = [];
  road.topics.forEach(({ part_of: parent }, topic) => {
    if (parent === undefined) all.push(topic);
    else (parts[parent] ??= []).push(topic);
  });
  for (let at = 0; at < all.length; at += 1) {
    for (const part of parts[all[at]] ?? []) all.push(part);
  }
  return all;
}

/** Optional by itself. The level of an option does not take it out of its choice. */
const isSpare = (road, picks, topic) => (road.topics[topic].optional && !picks.isOption[topic] ? 1 : 0);

/**
 * By topic: the topic whose sum it is in, or -1. That is what it is a part of; an optional one is summed apart, unless
 * a topic above is optional too and takes all below with it.
 */
function findHolders(road, picks, downwards) {
  const holders = road.topics.map(() => -1);
  const optionalAbove = road.topics.map(() => -1);
  for (const topic of downwards) {
    const parent = road.topics[topic].part_of;
    if (parent === undefined) continue;
    optionalAbove[topic] = road.topics[parent].optional ? parent : optionalAbove[parent];
    holders[topic] = isSpare(road, picks, topic) ? optionalAbove[topic] : parent;
  }
  return holders;
}

/** By topic: its own figure, or else the sum of its parts'; `null` where nothing is known. */
function weigh(road, parts, downwards) {
  const weights = road.topics.map(() => null);
  for (let at = downwards.length - 1; at >= 0; at -= 1) {
    const topic = downwards[at];
    const known = parts[topic].map((part) => weights[part]).filter(Boolean);
    weights[topic] = road.topics[topic].effort ?? (known.length > 0 ? known.reduce(plus) : null);
  }
  return weights;
}

/** What the figures of stages give to topics that are no sub-topics. */
function shareStages(road, picks, spare, weights, budgets) {
  const members = road.stages.map(() => []);
  road.topics.forEach(({ part_of: parent, stage }, topic) => {
    if (parent === undefined && !spare[topic] && picks.applies(topic)) members[stage].push(topic);
  });
  road.stages.forEach(({ effort }, stage) => effort && share(effort, false, members[stage], weights, budgets));
}

function shareTopics(road, { downwards, parts, hasParts, weights, budgets }) {
  const own = road.topics.map(() => null);
  for (const topic of downwards) {
    const stated = road.topics[topic].effort;
    const figure = budgets[topic] ?? stated;
    const keeps = Boolean(stated) || parts[topic].length === 0;
    if (figure) own[topic] = share(figure, keeps, parts[topic], weights, budgets);
    else if (hasParts[topic]) own[topic] = ZERO;
  }
  return own;
}

/** Shares a figure out among topics, and what they are parts of where `own` says so; returns its share. */
function share(figure, own, parts, weights, budgets) {
  const stated = parts.map((part) => weights[part]).filter(Boolean);
  if (parts.length > 0 && stated.length === parts.length && isSame(stated.reduce(plus), figure)) {
    // The parts' own ranges are better than any scaled ones.
    for (const part of parts) budgets[part] = weights[part];
    return ZERO;
  }
  const sum = stated.reduce((sum, weight) => sum + middle(weight), 0);
  const others = parts.length - stated.length + (own ? 1 : 0);
  const equal = others > 0 ? Math.max(middle(figure) - sum, 0) / others : 0;
  const total = sum + equal * others;
  const partOf = (weight) => (weight > 0 && total > 0 ? scale(figure, weight / total) : ZERO);
  for (const part of parts) budgets[part] = partOf(weights[part] ? middle(weights[part]) : equal);
  return own ? partOf(equal) : ZERO;
}

function isSame(a, b) {
  const near = (a, b) => Math.abs(a - b) < 1e-9 * (1 + Math.abs(b));
  return near(a[0], b[0]) && (a[1] === null || b[1] === null ? a[1] === b[1] : near(a[1], b[1]));
}

function sumUp(own, coveredBy, downwards) {
  const whole = own.map(cost);
  for (let at = downwards.length - 1; at >= 0; at -= 1) {
    const parent = coveredBy[downwards[at]];
    if (parent >= 0) add(whole[parent], whole[downwards[at]]);
  }
  return whole;
}
