// The timeline page: hours, first day, picks and what is left out, above the chart; the chart follows.

import "./words-chart.js";
import { dayNumber } from "./reckon-days.js";
import { answer } from "./reckon.js";
import { element, first as id, loadRoad, store } from "./site.js";
import { number, say } from "./say.js";
import { own, pace, Timeline } from "./timeline-chart.js";

const HOURS = { min: 0.25, max: 168 }; // a week, as the store allows

const place = document.querySelector("[data-tuner]");
const chart = document.querySelector(".chart");

async function start() {
  const status = element("p", { role: "status", class: "tuner-said" });
  place.append(status);
  try {
    const road = await loadRoad(id);
    const tuner = new Tuner(road, status);
    place.prepend(tuner.form);
    store.addEventListener("change", () => tuner.update());
    tuner.update();
  } catch (error) {
    status.textContent = say("my_road_failed");
    console.warn(error);
  }
}

class Tuner {
  constructor(road, status) {
    Object.assign(this, { road, status, timeline: new Timeline(chart) });
    this.less = true;
    this.hours = element("input", { type: "number", inputmode: "decimal", step: "any", ...HOURS, input: () => this.setHours() });
    this.start = element("input", { type: "date", min: "1970-01-01", max: "9999-12-31", change: () => this.setStart() });
    this.box = element("input", { type: "checkbox", change: () => this.setLess() });
    this.lessLabel = element("label", { class: "tuner-less" }, this.box, say("my_chart_less"));
    this.reset = element("button", { type: "button", class: "button", click: () => this.clear() }, say("my_chart_reset"));
    this.list = element("div", { class: "tuner-choices" });
    this.picks = element("details", { class: "tuner-picks" }, element("summary", {}, say("my_chart_picks")), this.list);
    this.form = element(
      "form",
      { class: "tuner-form", "aria-label": say("my_chart_form"), submit: (event) => event.preventDefault() },
      element("label", {}, say("my_chart_hours"), this.hours),
      element("label", {}, say("my_chart_start"), this.start),
      this.lessLabel,
      this.reset,
      this.picks,
    );
  }

  /** Changes the plan of this road: `undefined` takes a part out of it. */
  change(parts) {
    const plan = { ...store.get("plans", id), ...parts };
    const kept = Object.entries(plan).filter(([, value]) => value !== undefined);
    store.set("plans", id, kept.length ? Object.fromEntries(kept) : null);
  }

  setHours() {
    const hours = this.hours.valueAsNumber;
    const wrong = this.hours.validity.badInput || hours < HOURS.min || hours > HOURS.max;
    this.hours.setAttribute("aria-invalid", wrong);
    if (wrong) this.status.textContent = say("my_chart_wrong", { a: number(HOURS.min), b: number(HOURS.max) });
    else this.change({ hours: Number.isNaN(hours) ? undefined : hours, week: undefined });
  }

  setStart() {
    if (!this.start.validity.valid) return;
    this.change({ start: dayNumber(this.start.value) === null ? undefined : this.start.value });
  }

  setLess() {
    this.less = this.box.checked;
    this.update();
  }

  /** The author's figures again; days off and what is wanted stay in the plan. */
  clear() {
    this.less = false;
    this.change({ hours: undefined, week: undefined, start: undefined });
    for (const choice of this.road.choices ?? []) store.set("picks", choice.id, null);
    this.update();
    this.hours.focus();
  }

  update() {
    const { road, timeline } = this;
    const mine = own(road, this.less);
    const text = mine ? timeline.show(road, mine) : "";
    if (!mine) timeline.restore();
    this.fields();
    this.choices(answer(road, { known: mine?.known, picks: store.picks() }).picks);
    if (this.status.textContent !== text) this.status.textContent = text;
    this.reset.disabled = !mine;
  }

  /** The fields as the plan has them; not the one that the reader is writing in. */
  fields() {
    const plan = store.get("plans", id) ?? {};
    const known = store.known();
    const set = (field, value) => document.activeElement !== field && (field.value = value);
    this.hours.setAttribute("aria-invalid", false);
    this.hours.placeholder = number(this.road.hours_per_week);
    set(this.hours, pace(plan, this.road));
    set(this.start, plan.start ?? chart.dataset.start ?? "");
    this.box.checked = this.less;
    this.lessLabel.hidden = !this.road.topics.some((topic) => known.has(topic.id));
  }

  /** A control for each choice that is asked of this reader. It keeps the focus when others come and go. */
  choices(picks) {
    const held = this.list.contains(document.activeElement) ? document.activeElement.id : "";
    const asked = (this.road.choices ?? []).map((choice, at) => [choice, picks[at]]).filter(([, of]) => of.length);
    this.list.replaceChildren(...asked.map(([choice, of]) => this.choice(choice, of)));
    this.picks.hidden = !asked.length;
    if (held) document.getElementById(held)?.focus();
  }

  choice(choice, picked) {
    const { topics } = this.road;
    const name = `rb-pick-${choice.id}`;
    const [least, most] = choice.pick;
    const pick = (options) => store.set("picks", choice.id, options.map((option) => topics[option].id));
    if (most === 1) {
      const options = choice.of.map((at) => element("option", { value: at, selected: picked.includes(at) }, topics[at].title));
      const change = (event) => pick([Number(event.target.value)]);
      return element("label", {}, choice.title, element("select", { id: name, change }, options));
    }
    const boxes = choice.of.map((at) => {
      const [checked, full, few] = [picked.includes(at), picked.length >= most, picked.length <= least];
      const change = (event) => pick(event.target.checked ? [...picked, at] : picked.filter((other) => other !== at));
      const box = { type: "checkbox", id: `${name}-${at}`, checked, disabled: checked ? few : full, change };
      return element("label", {}, element("input", box), topics[at].title);
    });
    const n = least === most ? number(least) : say("range", { a: number(least), b: number(most) });
    return element("fieldset", {}, element("legend", {}, say("my_chart_pick", { choice: choice.title, n })), boxes);
  }
}

if (place && chart) start();
