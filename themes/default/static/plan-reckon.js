// From what a plan is made from to the plan: the question for reckon.js, its answer, and the days.

import { answer } from "./reckon.js";
import { calendar, dayNumber } from "./reckon-days.js";
import { names } from "./plan-link.js";

/** Today where the reader is, such as `2027-03-01`. */
export function today(now = new Date()) {
  const two = (n) => String(n).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * The plan that follows: what `answer` returns, with `days` (see `calendar`), the first day `start`, the `week` in hours,
 * whether it `hasTimes` at all, and by topic what is `left` out though it is for this reader: optional, or a bonus.
 */
export function reckon(road, { known, picks, settings }) {
  const { wanted, now } = names(road);
  const to = [...new Set((settings.to ?? []).map(now))].filter((id) => wanted.has(id));
  const { off = [], week } = settings;
  const sum = week?.reduce((sum, hours) => sum + hours, 0) ?? settings.hours ?? road.hours_per_week;
  const found = answer(road, { known, to, picks, hoursPerWeek: sum > 0 ? sum : undefined });
  const start = dayNumber(settings.start) === null ? today() : settings.start;
  const days = calendar(found, { start, hours: week ?? sum, off });
  const { min, max, unknown } = found.total;
  const hasTimes = min > 0 || max !== 0;
  return { ...found, to, days, start, week: sum, hasTimes, left: to.length ? [] : leftOut(road, found, known) };
}

/** Topics that are for this reader, and neither known nor in a plan of everything: so they are optional or a bonus. */
function leftOut(road, { steps, picks }, known) {
  const picked = new Set(picks.flat());
  const options = new Set((road.choices ?? []).flatMap(({ of }) => of));
  const listed = new Set(steps.map(({ item }) => item.topic));
  const isOwn = ({ for: whom = [] }, topic) =>
    (!whom.length || whom.some((option) => picked.has(option))) && (picked.has(topic) || !options.has(topic));
  const applies = (topic) =>
    isOwn(road.topics[topic], topic) &&
    (road.topics[topic].part_of === undefined || applies(road.topics[topic].part_of));
  return [...road.topics.keys()].filter(
    (topic) => !listed.has(topic) && !known.has(road.topics[topic].id) && applies(topic),
  );
}

/** The choices that concern a plan: where a picked option is listed or known. */
export function concerning(road, { steps, picks }, known) {
  const listed = new Set(steps.map(({ item }) => item.topic));
  const isThere = (option) => listed.has(option) || known.has(road.topics[option].id);
  return (road.choices ?? [])
    .map((choice, at) => ({ ...choice, picked: picks[at] }))
    .filter(({ picked }) => picked.some(isThere));
}
