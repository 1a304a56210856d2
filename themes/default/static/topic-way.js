// In the box of what to learn first: what of it is still missing, and the shortest way here.

import { hasState, lastRoad, rememberRoad } from "./reader-state.js";
import { say } from "./say.js";
import { breath, element, roadUrl, store } from "./site.js";

const SLICE = 50; // entries made in one go

/** A road's title, as the page has it. */
const titleOf = (id) => [...document.querySelectorAll(".roads a")].find(({ href }) => href === roadUrl(id))?.textContent ?? id;

/** Tells it of a topic that lies on these roads. */
export function start(id, roads) {
  const way = new Way(id, roads);
  const wide = matchMedia("(min-width: 1000px)");
  // The box stands twice in the page and is seen once.
  const settle = () => document.querySelector(wide.matches ? ".first.wide-only" : ".first.narrow-only")?.append(way.element);
  wide.addEventListener("change", settle);
  settle();
  store.addEventListener("change", () => way.refresh());
  way.refresh();
}

class Way {
  constructor(id, roads) {
    this.id = id;
    this.road = roads.includes(lastRoad()) ? lastRoad() : roads[0];
    this.turn = 0;
    this.said = element("p", { class: "missing" });
    this.list = element("ol", { class: "links" });
    this.total = element("p", { class: "none" });
    this.details = element(
      "details",
      { toggle: () => this.details.open && this.refresh() },
      element("summary", {}, say("my_topic_way")),
      roads.length > 1 && this.choice(roads),
      this.list,
      this.total,
    );
    this.element = element("div", { class: "reader way-here" }, this.said, this.details);
  }

  /** Which road the way is to be on. */
  choice(roads) {
    const options = roads.map((id) => element("option", { value: id, selected: id === this.road }, titleOf(id)));
    const change = ({ target }) => {
      this.road = target.value;
      rememberRoad(this.road);
      this.refresh();
    };
    return element("label", {}, say("my_topic_road"), " ", element("select", { change }, options));
  }

  /** A reader who has kept nothing is told when asking; there is no way to what is known already. */
  async refresh() {
    const own = (this.turn += 1);
    this.element.hidden = store.known().has(this.id);
    if (this.element.hidden || !(this.details.open || hasState())) return;
    try {
      const { way } = await import("./topic-road.js");
      const found = await way(this.id, this.road);
      if (own === this.turn) await this.tell(found, own);
    } catch {
      // The way stays on offer: opened again, it is tried again.
      if (own === this.turn) this.fail();
    }
  }

  fail() {
    this.said.replaceChildren(say("my_road_failed"));
    this.list.replaceChildren();
    this.total.replaceChildren();
  }

  async tell({ said, total, entries }, own) {
    this.said.replaceChildren(said);
    this.total.replaceChildren(total);
    this.list.replaceChildren();
    this.details.classList.toggle("empty", entries.length === 0);
    if (!this.details.open) return;
    for (let at = 0; at < entries.length; at += SLICE) {
      if (at > 0) await breath();
      if (own !== this.turn) return;
      this.list.append(...entries.slice(at, at + SLICE).map((make) => make()));
    }
  }
}
