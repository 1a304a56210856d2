// The chart of a timeline, and the table below it, for one reader: at this reader's pace, with this reader's picks, and
// without what this reader knows. Without any of these it is what the page has.

import "./words-chart.js";
import { element, loadRoad, store } from "./site.js";
import { count, date, interval, number, say, time } from "./say.js";
import { dayNumber } from "./reckon-days.js";
import { inDays, inWeeks, isKnown, reckon } from "./timeline-figures.js";

const SVG = "http://www.w3.org/2000/svg";

/** A reader's week in hours: the sum of the days where they are told apart, else one number, else the road's. */
export function pace({ hours, week }, road) {
  const sum = week?.reduce((sum, hours) => sum + hours, 0);
  return sum > 0 ? sum : (hours ?? road.hours_per_week);
}

/**
 * What is this reader's own about a road's timeline; `null` when nothing is.
 * @param {object} road see `reckon.js`
 * @param {boolean} less without what the reader knows
 */
export function own(road, less = true) {
  const plan = store.get("plans", road.id) ?? {};
  const hours = pace(plan, road);
  const start = dayNumber(plan.start ?? "") === null ? undefined : plan.start;
  const known = less ? store.known() : new Set();
  const knows = road.topics.filter(({ id }) => known.has(id)).length;
  const picked = (road.choices ?? []).some(({ id }) => store.get("picks", id));
  if (hours === road.hours_per_week && !start && !knows && !picked) return null;
  const days = plan.week?.some((hours) => hours > 0) ? plan.week : hours;
  return { hours, days, off: plan.off, start, known, knows, picked, picks: store.picks() };
}

/** Keeps a chart in step with what the reader keeps. */
export class Timeline {
  /** @param {Element} chart the element `.chart`; what stands below it as a table is found by its `data-timeline` */
  constructor(chart) {
    this.chart = chart;
    this.table = document.querySelector("[data-timeline]");
    this.caveat = document.querySelector("[data-chart-caveat]");
    this.first = chart.dataset.start; // the roadmap's own first day; none in most
    this.note = element("p", { class: "chart-own", hidden: true });
    chart.append(this.note);
    this.kept = new Map();
  }

  /** Puts something else into an element, and keeps what the page has in it. */
  put(into, ...children) {
    if (!into) return;
    if (!this.kept.has(into)) this.kept.set(into, [...into.childNodes]);
    into.replaceChildren(...children);
  }

  /** What the page has. */
  restore() {
    for (const [into, children] of this.kept) into.replaceChildren(...children);
    if (this.caveat) this.caveat.hidden = false;
    this.note.hidden = true;
  }

  /**
   * Shows a reader's timeline.
   * @param {object} road see `reckon.js`
   * @param {object} mine see `own`
   * @returns {string} what was shown, in a sentence
   */
  show(road, mine) {
    const { stages, core, all } = reckon(road, mine);
    const start = mine.start ?? this.first;
    const axis = (start && inDays(stages, { start, hours: mine.days, off: mine.off })) || inWeeks(stages, mine.hours);
    this.grid(axis);
    road.stages.forEach((stage, at) => this.row(stage, stages[at], axis.bars[at], axis, mine.hours));
    for (const [name, sum] of Object.entries({ core, all })) {
      this.put(this.table?.querySelector(`[data-sum="${name}"]`), time(sum, mine.hours));
    }
    this.put(document.querySelector("[data-chart-pace]"), count("pace_of", mine.hours));
    this.put(this.caveat, count("n_left_out", all.unknown));
    if (this.caveat) this.caveat.hidden = !all.unknown;
    this.note.textContent = told(mine);
    this.note.hidden = false;
    const whole = road.stages.some(({ bonus }) => !bonus) ? core : all;
    return [`${say("total")}${say("colon")}${time(whole, mine.hours)}`, finish(axis, road)].filter(Boolean).join(" · ");
  }

  grid({ length, marks }) {
    const text = label(marks);
    const drawn = marks.flatMap((mark, at) => {
      const x = `${short((mark.at / length) * 100)}%`;
      const name = drawing("text", { x, dx: 5, y: 12 });
      name.textContent = text(mark, at);
      return [drawing("line", { x1: x, x2: x, y1: 0, y2: "100%" }), name];
    });
    this.put(this.chart.querySelector(".grid"), ...drawn);
    const unit = this.chart.querySelector(".unit");
    if (marks[0]?.day) this.put(unit, "\u00a0");
    else if (this.kept.has(unit)) unit.replaceChildren(...this.kept.get(unit));
  }

  row({ id }, stage, bar, axis, hours) {
    const item = [...this.chart.querySelectorAll("[data-stage]")].find(({ dataset }) => dataset.stage === id);
    if (!item) return;
    const drawn = stage.left && isKnown(stage.cost);
    const text = drawn ? time(stage.cost, hours) : say(stage.left ? "unknown" : "my_chart_nothing");
    this.put(item.querySelector("svg"), ...(drawn ? bars(bar, axis.length) : []));
    const [bonus] = item.getElementsByTagName("small");
    this.put(item.querySelector("span"), text, ...(bonus ? [" ", bonus] : []));
    const [, ...cells] = [...(this.table?.querySelectorAll("[data-stage]") ?? [])].find(({ dataset }) => dataset.stage === id)?.cells ?? [];
    if (!cells.length) return;
    const { unknown } = stage.cost;
    const [starts, ends] = drawn ? times(bar) : ["", ""];
    this.put(cells[0], text, ...(unknown ? [" ", element("small", {}, count("n_unknown", unknown))] : []));
    this.put(cells[1], starts);
    this.put(cells[2], ends, ...(drawn && stage.cost.max === null ? [" ", element("small", {}, say("open_end"))] : []));
  }
}

/** When a stage starts and ends, in words: dates, or weeks. */
function times({ first, last, start, end }) {
  if (first) return [first, last].map(([a, b]) => (b && b !== a ? say("range", { a: date(a), b: date(b) }) : date(a)));
  const after = (weeks) => (weeks.max === 0 ? say("at_once") : say("after", { time: interval("weeks", weeks) }));
  return [after(start), after(end)];
}

/** When all is done, in words: `done by …`, `done between … and …`, `done no earlier than …`; empty without dates. */
function finish({ bars }, road) {
  const lasts = bars.filter((bar, at) => bar.last && !road.stages[at].bonus).map(({ last }) => last);
  if (!lasts.length) return "";
  const [a, b] = lasts.at(-1);
  if (b === null) return say("my_chart_open", { date: date(a) });
  return a === b ? say("my_chart_by", { date: date(a) }) : say("my_chart_between", { a: date(a), b: date(b) });
}

/** What is this reader's own about the chart. */
function told({ hours, start, knows, picked }) {
  const parts = [count("pace_of", hours), start && say("my_chart_from", { date: date(start) })];
  parts.push(picked && say("my_chart_picked"), knows && count("my_chart_without", knows));
  return say("my_chart_own", { how: parts.filter(Boolean).join(say("list_comma")) });
}

/** How the marks are named: weeks by number, days, months; a year where it begins. */
function label(marks) {
  if (!marks[0]?.day) return ({ at }) => number(at);
  const form = (parts) => new Intl.DateTimeFormat(document.documentElement.lang || "en", { ...parts, timeZone: "UTC" });
  const [day, month, year] = [{ day: "numeric", month: "short" }, { month: "short" }, { year: "numeric" }].map(form);
  return ({ day: text, month: isMonth }) => {
    const at = Date.parse(text);
    return (!isMonth ? day : text.slice(5, 7) === "01" ? year : month).format(at);
  };
}

function bars({ from, fast, slow }, length) {
  const place = (to) => ({ x: `${short((from / length) * 100)}%`, width: `${short(((to - from) / length) * 100)}%` });
  const size = { height: 13, rx: 6.5 };
  const pale = drawing("rect", { class: slow === null ? "pale open" : "pale", ...place(slow ?? length), ...size });
  return [pale, drawing("rect", { class: "solid", ...place(fast), ...size })];
}

const short = (value) => Math.round(Math.min(Math.max(value, 0), 100) * 100) / 100;

function drawing(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/**
 * Keeps a chart without controls in step with what the reader keeps.
 * @param {Element} chart the element `.chart`
 * @param {string} id the roadmap's
 */
export async function follow(chart, id) {
  const timeline = new Timeline(chart);
  const update = async () => {
    const keeps = store.get("plans", id) || store.all("picks").length || store.known().size;
    const road = keeps ? await loadRoad(id) : null;
    const mine = road && own(road);
    if (mine) timeline.show(road, mine);
    else timeline.restore();
  };
  store.addEventListener("change", () => update().catch(console.warn));
  await update();
}
