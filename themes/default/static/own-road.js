// What the reader has kept, seen on one road: questions for the arithmetic of `reckon.js`, and its answers as links.

import { next } from "./reckon.js";
import { count, say, time } from "./say.js";
import { element, store, topicUrl } from "./site.js";

/** What the arithmetic is asked about this reader. */
export const question = () => ({ known: store.known(), picks: store.picks() });

const isDoing = (road, topic) => store.get("topics", road.topics[topic].id) === "doing";

/** What the reader can go on with, by index: what is in progress first, then in the order of the road. */
export function upNext(road, asked = question()) {
  const ready = next(road, asked);
  return [...ready.filter((topic) => isDoing(road, topic)), ...ready.filter((topic) => !isDoing(road, topic))];
}

/** What each topic of a plan takes, by index. */
export const costs = ({ steps }) => new Map(steps.map(({ item, cost }) => [item.topic, cost]));

/** A cost of `reckon.js` in words, empty where nothing is known. */
export const effort = (road, cost) => (cost.max === 0 ? "" : time(cost, road.hours_per_week));

/** The same with what of it is unknown: `["5–8 h", "2 topics of unknown effort"]`. */
export function costTexts(road, cost) {
  return [effort(road, cost), cost.unknown > 0 && count("n_unknown", cost.unknown)].filter(Boolean);
}

/** A link to a topic of the road, and small texts after it: what it takes, and others. */
export function topicLink(road, topic, cost, ...more) {
  const { id, title } = road.topics[topic];
  const small = [cost && effort(road, cost), ...more].filter(Boolean).map((text) => element("span", {}, text));
  return [element("a", { href: topicUrl(id) }, title), small.length > 0 && element("small", {}, small)];
}
