// A reader on a road: figures for the page, and signs on its stages and topics.

import { costs, effort, question, topicLink, upNext } from "./own-road.js";
import { hasState } from "./reader-state.js";
import { answer, figures } from "./reckon.js";
import { count, say } from "./say.js";
import { breath, element, store, topicOf } from "./site.js";
import { leftOut } from "./roadmap-off.js";

const MOST = 5; // topics to go on with
const SLICE = 200; // links looked at in one go

/** By topic id: the links of the page that stand for the topic on this road. Found once. */
let links = null;
/** Ids of topics whose links say that they are left out. */
let out = new Set();

/** What there is to say about the reader, as it was when asked. Stages are indices, -1 for the whole road. */
export class Reader {
  constructor(road) {
    this.road = road;
    this.states = new Map(store.all("topics"));
    this.question = question();
  }

  /** Reckons all, one thing after the other with pauses: a road may be long. */
  async reckon() {
    const { road, states, question } = this;
    this.answer = answer(road, question);
    await breath();
    this.figures = figures(road, { states, picks: question.picks });
    await breath();
    this.ready = upNext(road, this.answer);
    this.out = leftOut(road, this.answer, { picks: question.picks, states });
    this.apart = this.countApart();
    await breath();
    return this;
  }

  /** Of what no sum of the road has, by stage and last for the whole road: how many topics there are, and are done. */
  countApart() {
    const { topics, stages, choices = [] } = this.road;
    const options = new Set(choices.flatMap(({ of }) => of));
    const picked = new Set(this.answer.picks.flat());
    const listed = new Set(this.answer.steps.map(({ item }) => item.topic));
    const isApart = (topic) => {
      if (this.out[topic] || listed.has(topic)) return false;
      const { optional, stage } = topics[topic];
      return stages[stage].bonus ? picked.has(topic) || !options.has(topic) : optional && !options.has(topic);
    };
    const sums = [...stages, null].map(() => ({ all: 0, done: 0 }));
    topics.forEach(({ id, stage }, topic) => {
      const state = this.states.get(id);
      if (state === "skipped" || !isApart(topic)) return;
      for (const sum of [sums[stage], sums.at(-1)]) {
        sum.all += 1;
        if (state === "done") sum.done += 1;
      }
    });
    return sums;
  }

  /** How many topics apply and are done: of a bonus stage, its own, which no sum of the road has. */
  of(stage) {
    if (stage < 0) return this.figures.road;
    const { bonus } = this.road.stages[stage];
    return bonus ? { ...this.figures.stages[stage], ...this.apart[stage] } : this.figures.stages[stage];
  }

  /** The hours left, of all; how many are in progress. */
  texts(stage) {
    const { left, total, doing, done, all } = this.of(stage);
    const [some, whole] = [left, total].map((cost) => effort(this.road, cost));
    const hours = whole && done < all && (some ? say("my_road_left", { left: some, all: whole }) : "");
    return [hours, doing > 0 && count("my_road_doing", doing)].filter(Boolean);
  }

  /** What the figures leave out. */
  beside(stage) {
    const { left } = this.of(stage);
    const { all, done } = this.apart.at(stage);
    const isCore = stage < 0 || !this.road.stages[stage].bonus;
    return [left.unknown > 0 && count("n_unknown", left.unknown), isCore && all > 0 && count("my_road_beside", all, { done })].filter(Boolean);
  }

  /** Entries of a list of what to go on with, in this stage if there is any in it. */
  upNext(stage) {
    const { ready } = this;
    const here = ready.filter((topic) => this.road.topics[topic].stage === stage);
    const takes = costs(this.answer);
    return (here.length > 0 ? here : ready).slice(0, MOST).map((topic) => {
      const { title } = this.road.stages[this.road.topics[topic].stage];
      return element("li", {}, topicLink(this.road, topic, takes.get(topic), here.length === 0 && title));
    });
  }

  /** Signs in the page: figures at the stages, and which topics the reader's picks leave out. */
  async marks(stage) {
    const page = document.querySelector(".stage-page");
    if (stage >= 0) page?.toggleAttribute("data-done", this.isDone(stage));
    this.road.stages.forEach(({ id }, stage) => this.markStage(document.getElementById(`rb-stage-${id}`), stage));
    links ??= await findLinks();
    const now = new Set(this.road.topics.filter((_, topic) => this.out[topic]).map(({ id }) => id));
    const changed = [...now].filter((id) => !out.has(id)).concat([...out].filter((id) => !now.has(id)));
    out = now;
    for (let at = 0; at < changed.length; at += 1) {
      if (at % SLICE === SLICE - 1) await breath();
      for (const link of links.get(changed[at]) ?? []) markLink(link, now.has(changed[at]));
    }
  }

  isDone(stage) {
    const { done, all } = this.of(stage);
    return all > 0 && done === all;
  }

  markStage(entry, stage) {
    if (!entry) return;
    const { done, all, left } = this.of(stage);
    let own = entry.querySelector(":scope > .meta > .reader, :scope > .meta.reader");
    entry.toggleAttribute("data-done", this.isDone(stage));
    if (!own && !hasState()) return;
    const text = all > 0 && hasState() ? count("my_stage_done", all, { done }) : "";
    const hours = text && done > 0 && done < all && effort(this.road, left);
    own ??= ownPlace(entry);
    own.replaceChildren([text, hours && say("my_stage_left", { left: hours })].filter(Boolean).join(" · "));
  }
}

/** Where a stage shows the reader's figures: at the end of its own, or below its name. */
function ownPlace(entry) {
  const meta = entry.querySelector(":scope > .meta");
  const own = element(meta ? "span" : "p", { class: meta ? "reader" : "meta reader" });
  if (meta) meta.append(own);
  else entry.querySelector(":scope > .name").after(own);
  return own;
}

/** All links of the page that stand for a topic on the road. */
async function findLinks() {
  const found = new Map();
  const all = document.querySelectorAll(".map a, .steps a, .topic-list .name a, .choice a, .stops a");
  for (let at = 0; at < all.length; at += 1) {
    if (at % SLICE === SLICE - 1) await breath();
    // In drawings, the address of a link is an object.
    const id = topicOf(all[at].getAttribute("href"));
    if (!found.has(id)) found.set(id, []);
    found.get(id).push(all[at]);
  }
  return found;
}

const NOTE = "rb-left-out";

/** Says of a link that the reader's picks leave its topic out, for the eye and for screen readers. */
function markLink(link, isOut) {
  if (!document.getElementById(NOTE)) {
    document.querySelector("main").append(element("p", { id: NOTE, class: "reader", hidden: true }, say("my_left_out")));
  }
  link.toggleAttribute("data-off", isOut);
  if (isOut) link.setAttribute("aria-describedby", NOTE);
  else link.removeAttribute("aria-describedby");
}
