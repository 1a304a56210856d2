// What one roadmap saves on another: who has learned all of one needs less time for the others.

import { answer } from "./reckon.js";
import { element, loadRoad, pause, store } from "./site.js";
import { count, interval, say } from "./say.js";

/** The ids of all topics that a road's plan lists: what who has learned it knows. */
function taught(road) {
  const { steps } = answer(road, { picks: store.picks() });
  return new Set(steps.filter(({ item }) => item.topic !== undefined).map(({ item }) => road.topics[item.topic].id));
}

/**
 * What knowing these topics saves on a road, in hours. Both ends are of the same pace: as fast, and as slow, as can be. A
 * saving is open where the road is and its rest is not.
 * @returns {{saved: object, all: object}} `{min, max, unknown}` each; `unknown`: topics of unknown effort
 */
export function saving(road, known) {
  const [all, rest] = [new Set(), known].map((known) => answer(road, { known, picks: store.picks() }).total);
  const less = (a, b) => Math.max(a - b, 0);
  const min = less(all.min, rest.min);
  const open = all.max === null;
  const max = open ? (rest.max === null ? min : null) : Math.max(less(all.max, rest.max ?? all.max), min);
  return { saved: { min, max, unknown: less(all.unknown, rest.unknown) }, all };
}

/**
 * What has been learned saves so much on each road.
 * @param {string} learned a roadmap's id; `mine` for what the reader knows
 * @param {{id: string, title: string, line: string}[]} roads the others
 * @returns {Promise<Element[]>} entries of a list, in the order of the roads
 */
export async function savings(learned, roads) {
  const loaded = await Promise.all(roads.map(({ id }) => loadRoad(id)));
  const known = learned === "mine" ? store.known() : taught(await loadRoad(learned));
  const items = [];
  for (const [at, road] of loaded.entries()) {
    await pause();
    items.push(item(roads[at], saving(road, known)));
  }
  return items;
}

function item({ title, line, url }, { saved, all }) {
  const middle = ({ min, max }) => (min + (max ?? min)) / 2;
  const hours = (cost) => interval("hours", cost);
  const values = { time: hours(saved), all: hours(all), topics: count("n_unknown", saved.unknown) };
  const key = saved.max === 0 ? ["my_cmp_saves_none", "my_cmp_saves_topics"] : ["my_cmp_saves", "my_cmp_saves_both"];
  return element(
    "li",
    { class: line },
    element("span", { class: "road-name" }, element("i", { class: "swatch" }), element("a", { href: url }, title)),
    element("span", { class: "saved" }, say(key[saved.unknown ? 1 : 0], values)),
    middle(all) > 0 && bar(Math.min(middle(saved) / middle(all), 1)),
  );
}

function bar(share) {
  const [svg, rail, part] = ["svg", "rect", "rect"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  const set = (made, values) => Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
  set(svg, { width: "100%", height: 8, "aria-hidden": "true", class: "share" });
  set(rail, { width: "100%", height: 8, rx: 4, class: "pale" });
  set(part, { width: `${Math.round(share * 1000) / 10}%`, height: 8, rx: 4, class: "solid" });
  svg.append(rail, part);
  return svg;
}
