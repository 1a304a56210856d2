// The home page: how far the reader is on each roadmap, and where it goes on.

import { count, say } from "./say.js";
import { breath, element, loadRoad, roadOf, store, topicUrl } from "./site.js";

/** The lines of each card, made when they are first needed. */
const lines = new Map();

/** A bar, its text, and a link to what comes next. */
function line(card) {
  if (lines.has(card)) return lines.get(card);
  const id = `rb-far-${lines.size}`;
  const parts = {
    bar: element("progress", { "aria-labelledby": id }),
    text: element("span", { id }),
    link: element("a", { href: "" }),
  };
  parts.next = element("p", { class: "go-on" }, say("my_go_on"), " ", parts.link);
  card.append(element("div", { class: "so-far" }, element("p", {}, parts.bar, parts.text), parts.next));
  lines.set(card, parts);
  return parts;
}

async function show(card, { figures, next }) {
  const road = await loadRoad(roadOf(card.querySelector("h3 a").href));
  const states = new Map(store.all("topics"));
  const picks = store.picks();
  const { done, all } = figures(road, { states, picks }).road;
  const { bar, text, link, next: goOn } = line(card);
  bar.max = Math.max(all, 1);
  bar.value = done;
  text.textContent = count("my_so_far", all, { done, percent: all ? Math.floor((100 * done) / all) : 0 });
  const ready = next(road, { known: store.known(), picks }).map((at) => road.topics[at]);
  const topic = ready.find(({ id }) => states.get(id) === "doing") ?? ready[0];
  goOn.hidden = !topic;
  if (!topic) return;
  link.textContent = topic.title;
  link.href = topicUrl(topic.id);
}

let asked = false;

/** One card after the other, each in a turn of its own. */
async function update() {
  asked = false;
  const reckon = await import("./reckon.js");
  for (const card of document.querySelectorAll(".card")) {
    await breath();
    // A card whose road cannot be had, or that was left meanwhile, stays as it is.
    await show(card, reckon).catch(() => {});
  }
}

/** Only for those who have anything, and when the page has nothing else to do. */
function ask() {
  if (asked || (store.isEmpty() && !lines.size)) return;
  asked = true;
  (window.requestIdleCallback ?? setTimeout)(update);
}

store.addEventListener("change", ask);
ask();
