// The arithmetic of a reader's own plan: which topics, in what order, how long. It gives the same answers as
// `roadbook plan` (`src/plan/personal`), from the file `plan/road.json` of a roadmap, and knows neither the page nor the
// network nor the clock.
//
// A question is `{known, to, picks, hoursPerWeek}`, each of which may be missing: a Set of ids of topics that the reader
// knows, also of other roads; a list of ids of topics and choices that the reader wants, nothing standing for all that
// is not optional; options picked, lists of ids by the id of the choice (an object or a Map); the reader's week in hours
// instead of the roadmap's. Ids that the road does not have are passed over, as a reader's notes may be older than it.
//
// Topics, stages and choices in answers are indices into the lists of the road. A cost is `{min, max, unknown}`: hours,
// `max` being `null` for an open end, and how many topics of it are of unknown effort.

import { Needs } from "./reckon-needs.js";
import { pick } from "./reckon-picks.js";
import { add, cost, nothing, shareOut } from "./reckon-shares.js";

/** What answers were reckoned with, for further questions about them. */
const workings = new WeakMap();

/**
 * Answers a question: `{hoursPerWeek, steps, total, unknown, picks, question}`. `steps` are `{item, cost, start, end}` in
 * order: the item is `{topic}`, or `{stage}` for a stage with a figure and no topics to share it; start and end are
 * `[earliest, latest]` in weeks of the reader, `null` after an open end. `unknown` lists topics of unknown effort, `picks`
 * the options by choice, none where the choice does not concern this reader.
 */
export function answer(road, question = {}) {
  const working = work(road, question);
  const { carriers, costs } = carry(road, working);
  const hoursPerWeek = question.hoursPerWeek ?? road.hours_per_week;
  const items = listItems(road, working);
  const of = ({ topic, stage }) => (topic === undefined ? cost(road.stages[stage].effort) : costs[topic]);
  const { steps, total } = schedule(items, of, hoursPerWeek);
  const isUnknown = (topic) => carriers[topic] >= 0 && !working.known[topic] && !working.shares.own[topic];
  const unknown = [...road.topics.keys()].filter(isUnknown);
  const found = { hoursPerWeek, steps, total, unknown, picks: working.picks.of, question };
  workings.set(found, { ...working, carriers });
  return found;
}

/**
 * What can be learned now: the listed topics, in order, of which all that they need is known. As long as anything is
 * listed there is something to learn: where alternatives wait for each other, the first of the list.
 *
 * @param asked a question, or an answer to one
 */
export function next(road, asked = {}) {
  const working = workings.get(asked) ?? work(road, asked);
  const { needs } = working;
  const left = listItems(road, working).flatMap(({ topic }) => topic ?? []);
  const ready = left.filter((topic) => needs.isReady(topic));
  return ready.length > 0 ? ready : left.slice(0, 1);
}

/** The shortest way to a topic that is not known: `{steps, total, unknown}` of what comes before it. */
export function missing(road, id, question = {}) {
  const found = answer(road, { ...question, to: [id] });
  const { carriers } = workings.get(found);
  const isOther = (topic) => road.topics[topic].id !== id;
  const before = found.steps.filter(({ item }) => isOther(item.topic));
  const costs = new Map(before.map((step) => [step.item, step.cost]));
  const { steps, total } = schedule([...costs.keys()], (item) => costs.get(item), found.hoursPerWeek);
  return { steps, total, unknown: found.unknown.filter((topic) => isOther(carriers[topic])) };
}

/** The topics that can be learned as soon as this one is known, and cannot yet. */
export function opens(road, id, question = {}) {
  const before = new Set(next(road, question));
  const after = next(road, { ...question, known: new Set(question.known).add(id) });
  return after.filter((topic) => !before.has(topic) && road.topics[topic].id !== id);
}

/**
 * How far a reader is on all that is not optional: `{road, stages}`, the figures of the whole and of each stage. Each is
 * `{done, doing, skipped, all, total, left}`: numbers of topics, and costs. `question.states` maps ids to `"done"`,
 * `"doing"` and `"skipped"`; what is done or skipped counts as known, and what is skipped is not in `all` and `total`.
 * What only a known topic needed, or another alternative, is left out as in a plan, unless it is done: so all is done
 * when and only when nothing is left to learn.
 */
export function figures(road, { states = new Map(), picks, known } = {}) {
  const ids = new Set([...(known ?? []), ...[...states.keys()].filter((id) => isKnown(states.get(id)))]);
  const left = work(road, { known: ids, picks });
  const whole = list(road, { ...left, known: new Uint8Array(road.topics.length), liked: union(left.picks.picked, left.known) });
  const found = { road: figure(), stages: road.stages.map(figure) };
  const stateOf = road.topics.map(({ id }, topic) => states.get(id) ?? (left.known[topic] ? "done" : undefined));
  count(road, { found, left, whole, stateOf });
  reckonHours(road, { found, left, whole, stateOf });
  return found;
}

const isKnown = (state) => state === "done" || state === "skipped";

const figure = () => ({ done: 0, doing: 0, skipped: 0, all: 0, total: nothing(), left: nothing() });

const union = (a, b) => a.map((bit, at) => bit | b[at]);

function count(road, { found, left, whole, stateOf }) {
  road.topics.forEach(({ stage }, topic) => {
    const state = stateOf[topic];
    const isLeft = left.listed[topic] === 1;
    for (const sums of [found.road, found.stages[stage]]) {
      if (isLeft) sums.all += 1;
      if (isLeft && state === "doing") sums.doing += 1;
      if (!whole.listed[topic]) continue;
      if (state === "done") sums.all += 1;
      if (isKnown(state)) sums[state] += 1;
    }
  });
}

function reckonHours(road, { found, left, whole, stateOf }) {
  const [ahead, all] = [left, whole].map((working) => carry(road, working).carriers);
  const put = (stage, amount, isLeft) => {
    for (const sums of [found.road, found.stages[stage]]) {
      add(sums.total, amount);
      if (isLeft) add(sums.left, amount);
    }
  };
  road.topics.forEach(({ stage }, topic) => {
    const isLeft = ahead[topic] >= 0 && !left.known[topic];
    const wasDone = () => stateOf[topic] === "done" || (all[topic] >= 0 && stateOf[all[topic]] === "done");
    const isPassed = all[topic] >= 0 && stateOf[topic] !== "skipped" && wasDone();
    if (isLeft || isPassed) put(stage, cost(left.shares.own[topic]), isLeft);
  });
  for (const { stage } of listItems(road, left)) {
    if (stage !== undefined) put(stage, cost(road.stages[stage].effort), true);
  }
}

/** Former ids of topics: what a reader noted under one of them is about the topic that has the id now. */
export function renamed(road) {
  return new Map(road.topics.flatMap(({ id, was = [] }) => was.map((former) => [former, id])));
}

/** Reads a question and lists what it needs. */
function work(road, { known: ids = new Set(), to = [], picks: said = {} }) {
  const known = Uint8Array.from(road.topics, ({ id }) => (ids.has(id) ? 1 : 0));
  const find = finder(road);
  const targets = to.map(find).filter(Boolean);
  const picks = pick(road, readPicks(road, said, find), targets, known);
  const shares = shareOut(road, picks);
  return list(road, { known, ids, picks, shares, targets, everything: to.length === 0 });
}

function list(road, working) {
  const needs = new Needs(road, working);
  const topics = ({ topic, choice }) => (choice === undefined ? [topic] : working.picks.of[choice]);
  const wanted = working.everything ? needs.everything() : working.targets.flatMap(topics);
  return { ...working, needs, listed: needs.list(wanted) };
}

/** Finds topics and choices by id; topics come first. */
function finder(road) {
  const found = new Map();
  (road.choices ?? []).forEach(({ id }, choice) => found.set(id, { choice }));
  road.topics.forEach(({ id }, topic) => found.set(id, { topic }));
  return (id) => found.get(id);
}

/** The reader's picks by choice, without what is no option of it. */
function readPicks(road, said, find) {
  const given = said instanceof Map ? said : new Map(Object.entries(said));
  const picks = new Map();
  (road.choices ?? []).forEach(({ id, of }, choice) => {
    const options = (given.get(id) ?? []).map((option) => find(option)?.topic).filter((topic) => of.includes(topic));
    if (options.length > 0) picks.set(choice, [...new Set(options)]);
  });
  return picks;
}

/** The items in order, stage by stage. A stage's figure that no topic shares is time of the stage itself. */
function listItems(road, { listed, shares, everything }) {
  const byStage = road.stages.map(() => []);
  const hasTopics = road.stages.map(() => false);
  road.topics.forEach(({ stage }, topic) => {
    if (!shares.spare[topic]) hasTopics[stage] = true;
    if (listed[topic]) byStage[stage].push({ topic });
  });
  road.stages.forEach(({ bonus, effort }, stage) => {
    if (everything && !hasTopics[stage] && !bonus && effort) byStage[stage].push({ stage });
  });
  return byStage.flat();
}

/** By topic: the listed topic that takes its time with it (`carriers`, -1 for none), and what that comes to (`costs`). */
function carry(road, { shares, listed, known }) {
  const carriers = road.topics.map(() => -1);
  const costs = road.topics.map(nothing);
  for (const topic of shares.downwards) {
    const parent = shares.coveredBy[topic];
    carriers[topic] = listed[topic] ? topic : parent >= 0 ? carriers[parent] : -1;
    if (carriers[topic] >= 0 && !known[topic]) add(costs[carriers[topic]], cost(shares.own[topic]));
  }
  return { carriers, costs };
}

/** One item after the other, in weeks of so many hours. */
function schedule(items, costOf, hoursPerWeek) {
  const factor = 1 / hoursPerWeek;
  const total = nothing();
  const now = () => [total.min * factor, total.max === null ? null : total.max * factor];
  const steps = items.map((item) => {
    const start = now();
    const cost = costOf(item);
    add(total, cost);
    return { item, cost, start, end: now() };
  });
  return { steps, total };
}
