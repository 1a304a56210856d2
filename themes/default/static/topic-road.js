// A topic on a road of the reader's: what is missing before it, and what comes after it.

import { costs, costTexts, question, topicLink, upNext } from "./own-road.js";
import { lastRoad } from "./reader-state.js";
import { answer, missing, opens } from "./reckon.js";
import { count, say } from "./say.js";
import { breath, element, loadRoad } from "./site.js";

const MOST = 5; // topics that a box offers

/** What to learn after a topic that is known now: what it opens, or else what comes next. */
export async function ahead(id, roads) {
  const road = await loadRoad(roads.includes(lastRoad()) ? lastRoad() : roads[0]);
  await breath();
  const before = question();
  before.known.delete(id);
  const opened = opens(road, id, before);
  await breath();
  const found = opened.length > 0 ? opened : upNext(road);
  const title = opened.length > 0 ? say("my_topic_opens") : found.length > 0 ? say("my_topic_next") : say("my_road_complete");
  await breath();
  const takes = costs(answer(road, question()));
  const items = found.slice(0, MOST).map((topic) => entry(road, topic, takes.get(topic)));
  const rest = found.length - MOST;
  return element(
    "section",
    { class: "box ahead" },
    element("h2", {}, title, roads.length > 1 && [" ", element("small", {}, road.title)]),
    found.length > 0 && element("ul", { class: "links" }, items),
    rest > 0 && element("p", { class: "none" }, say("and_more", { n: rest })),
  );
}

const entry = (road, topic, cost) => element("li", {}, topicLink(road, topic, cost));

/**
 * What is missing before a topic.
 * @returns {Promise<{said: string, total: string, entries: (() => Element)[]}>} a sentence, the sum, and what makes the
 *   entries of the list, one by one
 */
export async function way(id, roadId) {
  const road = await loadRoad(roadId);
  await breath();
  const { steps, total } = missing(road, id, question());
  const sums = costTexts(road, total);
  const what = [count("n_topics", steps.length), ...sums].join(say("list_comma"));
  return {
    said: steps.length > 0 ? say("my_topic_missing", { what }) : say("my_topic_ready"),
    total: sums.length > 0 ? `${say("total")}${say("colon")}${sums.join(say("list_comma"))}` : "",
    entries: steps.map(({ item: { topic }, cost }) => () => entry(road, topic, cost)),
  };
}
