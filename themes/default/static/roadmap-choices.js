// The reader's answers to the choices of a road: a group of controls for each choice that concerns the reader.

import { effort } from "./own-road.js";
import { isAnswered } from "./roadmap-off.js";
import { count, number, say } from "./say.js";
import { element, store } from "./site.js";

const groups = new Map(); // by choice
let box = null;

/**
 * Shows the choices that concern the reader: all of a road in one box, those of a stage beside what its page says of them.
 * @param {object} reader what is known of the reader on the road
 * @param {{stage: number, place: Element}} where the stage whose page it is, -1 for the road's; where a box for all goes
 */
export function show(reader, { stage, place }) {
  const { road } = reader;
  const own = [...(road.choices ?? []).keys()].filter((at) => stage < 0 || road.choices[at].stage === stage);
  for (const at of own) {
    if (!groups.has(at)) groups.set(at, new Group(road, at));
    groups.get(at).show(reader);
  }
  if (stage >= 0) own.forEach((at) => settle(groups.get(at), reader));
  else if (own.length > 0) showBox(place, own.map((at) => groups.get(at)), reader);
}

function settle(group, { road, answer, question }) {
  const beside = document.querySelector(`#rb-choice-${group.choice.id} > .reader`);
  if (!beside) return;
  if (!group.element.isConnected) beside.append(group.element);
  beside.hidden = group.element.hidden;
  const picked = isAnswered(road, group.at, question.picks) ? titles(road, answer.picks[group.at]) : "";
  beside.querySelector("summary small").replaceChildren(picked);
}

const titles = (road, options) => options.map((option) => road.topics[option].title).join(say("list_comma"));

function showBox(place, all, reader) {
  if (!box) {
    box = { figures: element("small"), list: element("div", { class: "groups" }, all.map(({ element }) => element)) };
    const title = element("summary", {}, element("span", {}, say("my_pick_title")), " ", box.figures);
    place.replaceChildren(element("details", {}, title, box.list));
  }
  const asked = all.filter(({ element }) => !element.hidden);
  const made = asked.filter(({ at }) => isAnswered(reader.road, at, reader.question.picks));
  box.figures.replaceChildren(count("my_pick_made", asked.length, { made: number(made.length) }));
}

/** The controls of one choice. */
class Group {
  constructor(road, at) {
    Object.assign(this, { road, at, choice: road.choices[at] });
    const [least, most] = this.choice.pick;
    this.isSingle = least === 1 && most === 1;
    this.inputs = this.choice.of.map((option) => this.input(road.topics[option].id));
    this.none = this.isSingle && this.input("");
    this.said = element("p", { class: "none", role: "status" });
    const rule = least === most ? number(least) : say("range", { a: number(least), b: number(most) });
    const labels = this.choice.of.map((option, at) => this.label(option, this.inputs[at]));
    this.element = element(
      "fieldset",
      { class: "own-choice", change: (event) => this.pick(event.target) },
      element("legend", {}, this.choice.title, " ", element("small", {}, say("pick", { n: rule, all: this.choice.of.length }))),
      this.none && element("label", {}, this.none, element("span", {}, say("my_pick_undecided"))),
      labels,
      this.said,
    );
  }

  input(value) {
    return element("input", { type: this.isSingle ? "radio" : "checkbox", name: `rb-own-${this.choice.id}`, value });
  }

  label(option, input) {
    const { title, effort: hours } = this.road.topics[option];
    const texts = [
      hours && effort(this.road, { min: hours[0], max: hours[1] }),
      option === this.choice.default && say("default_long"),
    ].filter(Boolean);
    const small = texts.length > 0 && element("small", {}, texts.map((text) => element("span", {}, text)));
    return element("label", {}, input, element("span", {}, title, small && " ", small));
  }

  /** Shows what is picked; a choice that is not the reader's to make is not shown. */
  show({ question, answer }) {
    const [least, most] = this.choice.pick;
    const said = new Set(question.picks[this.choice.id] ?? []);
    const picked = this.inputs.filter(({ value }) => said.has(value));
    for (const input of this.inputs) {
      input.checked = picked.includes(input);
      input.disabled = !this.isSingle && !input.checked && picked.length >= most;
    }
    if (this.none) this.none.checked = picked.length === 0;
    this.element.hidden = answer.picks[this.at].length === 0;
    const options = titles(this.road, answer.picks[this.at]);
    const text = picked.length < least ? say("my_pick_until", { options }) : "";
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  /** Keeps what is picked, beside options that the same choice has on other roads. */
  pick(input) {
    const { id } = this.choice;
    const own = new Set(this.inputs.map(({ value }) => value));
    const others = (store.get("picks", id) ?? []).filter((option) => !own.has(option));
    const picked = (this.isSingle ? [input] : this.inputs.filter(({ checked }) => checked)).map(({ value }) => value);
    const all = [...others, ...picked.filter(Boolean)];
    store.set("picks", id, all.length > 0 ? all : null);
  }
}
