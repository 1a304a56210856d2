// The timeline of one reader: what each stage takes and when, and the marks of the axis. The same rules as for the page
// (`src/plan/timeline.rs`, `src/site/view/timeline.rs`); neither document nor clock.

import { answer } from "./reckon.js";
import { calendar, dayNumber, dayText } from "./reckon-days.js";

const WEEK_STEPS = [1, 2, 4, 5, 10, 13, 26, 52, 104];
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240];
const MOST_WEEKS = 10; // marks with a number
const MOST_DAYS = 5; // marks with a date, which are wider

const ZERO = { min: 0, max: 0, unknown: 0 };
const plus = (a, b) => ({
  min: a.min + b.min,
  max: a.max === null || b.max === null ? null : a.max + b.max,
  unknown: a.unknown + b.unknown,
});

/**
 * What each stage takes this reader, in hours, and what comes before it. A bonus stage waits for what stands before it,
 * and nothing but bonus stages waits for one.
 * @param {object} road see `reckon.js`
 * @param {{known?: Set<string>, picks?: object}} question
 * @returns {{stages: {cost: object, before: object, left: boolean}[], core: object, all: object}} costs as `{min, max,
 *   unknown}`; `left`: whether anything of the stage is still to learn
 */
export function reckon(road, question) {
  // A road without bonus stages lists what they teach; all else stands in the road as it is.
  const plain = { ...road, stages: road.stages.map((stage) => ({ ...stage, bonus: false })) };
  const [core, whole] = [road, plain].map((one) => byStage(one, answer(one, { known: question.known, picks: question.picks })));
  const sums = { core: ZERO, bonus: ZERO };
  const stages = road.stages.map(({ bonus }, at) => {
    const cost = (bonus ? whole : core)[at];
    const before = bonus ? plus(sums.core, sums.bonus) : sums.core;
    const kind = bonus ? "bonus" : "core";
    sums[kind] = plus(sums[kind], cost ?? ZERO);
    return { cost: cost ?? ZERO, before, left: cost !== null };
  });
  return { stages, core: sums.core, all: plus(sums.core, sums.bonus) };
}

/** By stage: what the steps of an answer come to; `null` where it has none. */
function byStage(road, { steps }) {
  const sums = road.stages.map(() => null);
  for (const { item, cost } of steps) {
    const stage = item.stage ?? road.topics[item.topic].stage;
    sums[stage] = plus(sums[stage] ?? ZERO, cost);
  }
  return sums;
}

/** Whether a cost is known to take time, or to take none. */
export const isKnown = ({ min, max, unknown }) => unknown === 0 || min > 0 || max !== 0;

/** An interval of hours in weeks of so many hours. */
export const weeks = ({ min, max }, pace) => ({ min: min / pace, max: max === null ? null : max / pace });

/**
 * The axis in weeks: its length, where each stage's bar lies on it, and its marks.
 * @returns {{length: number, bars: {from: number, fast: number, slow: number | null}[], marks: {at: number}[]}} all in
 *   weeks; `slow` is null for an open end
 */
export function inWeeks(stages, pace) {
  const bars = stages.map(({ cost, before }) => {
    const [start, end] = [weeks(before, pace), weeks(plus(before, cost), pace)];
    return { from: start.min, fast: end.min, slow: end.max, start, end };
  });
  const length = Math.max(1, ...bars.map(({ fast, slow }) => slow ?? fast * 1.15 + 1));
  const step = WEEK_STEPS.find((step) => length / step <= MOST_WEEKS) ?? Math.ceil(length / 10);
  return { length, bars, marks: multiples(step, length).map((at) => ({ at })) };
}

const multiples = (step, most) => Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);

/**
 * The same in days from the first one on, with dates: `first` and `last` of each bar are `[earliest, latest]`, and each
 * mark has its `day` and whether it stands for a month. `null` where there is no calendar for it.
 * @param {object[]} stages
 * @param {{start: string, hours: number | number[], off?: string[][]}} week see `calendar` in `reckon-days.js`
 */
export function inDays(stages, week) {
  const first = dayNumber(week.start);
  const bars = stages.map(({ cost, before }) => {
    const { first: starts, last: ends } = calendar({ steps: [{ cost: before }, { cost }] }, week).steps[1];
    const day = (text, more) => (text === null ? null : dayNumber(text) - first + more);
    return { from: day(starts[0], 0), fast: day(ends[0], 1), slow: day(ends[1], 1), first: starts, last: ends };
  });
  if (first === null || bars.some(({ from, fast }) => from === null || fast === null)) return null;
  const length = Math.max(7, ...bars.map(({ fast, slow }) => slow ?? Math.ceil(fast * 1.15) + 7));
  return { length, bars, marks: dates(first, length) };
}

/** At most five marks: days while there is room for them, else the first days of months. */
function dates(first, length) {
  const step = DAY_STEPS.find((step) => length / step <= MOST_DAYS);
  if (step) return multiples(step, length).map((at) => ({ at, day: dayText(first + at), month: false }));
  const [year, month] = dayText(first).split("-").map(Number);
  const months = MONTH_STEPS.find((months) => length / (months * 30.4) <= MOST_DAYS) ?? 480;
  const marks = [];
  for (let at = year * 12 + month - 1; ; at += 1) {
    if (at % months) continue;
    const day = dayNumber(`${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`);
    if (day === null || day - first > length) return marks;
    if (day >= first) marks.push({ at: day - first, day: dayText(day), month: true });
  }
}
