// The hand-worked cases, converted to the form of `road.json`: `node reckon-shared.mjs modules cases`.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";

const [modules, folder] = process.argv.slice(2);
const { answer } = await import(pathToFileURL(join(modules, "reckon.js")));
const { calendar } = await import(pathToFileURL(join(modules, "reckon-days.js")));

function roadOf({ hours_per_week, stages, topics }) {
  const all = stages.flatMap((stage, at) => (stage.choices ?? []).map((choice) => ({ ...choice, stage: at })));
  const index = (list) => new Map(list.map(({ id }, at) => [id, at]));
  const [stageAt, topicAt, choiceAt] = [stages, topics, all].map(index);
  const indices = (ids = []) => ids.map((id) => topicAt.get(id)).filter((at) => at !== undefined);
  const target = (id) => topicAt.get(id) ?? (choiceAt.has(id) ? { choice: choiceAt.get(id) } : id);
  const parents = new Set(topics.map(({ part_of }) => part_of));
  const effort = (data, stated) => (stated ? data.effort?.hours : undefined);
  return {
    hours_per_week,
    stages: stages.map((stage) => ({ id: stage.id, bonus: stage.level === "optional", effort: effort(stage, stage.stated) })),
    topics: topics.map((topic) => ({
      id: topic.id,
      stage: stageAt.get(topic.stage),
      optional: topic.level === "optional",
      part_of: topicAt.get(topic.part_of),
      for: indices(topic.for),
      needs: [...(topic.requires ?? []).map(target), ...(topic.requires_any ?? []).map((any) => ({ any: any.map(target) }))],
      effort: effort(topic, topic.stated || !parents.has(topic.id)),
    })),
    choices: all.map(({ id, pick = [1, 1], of, default: preferred, for: options }) => ({
      id,
      pick,
      of: indices(of),
      default: topicAt.get(preferred),
      for: indices(options),
    })),
  };
}

const rounded = (value) => (value === null ? null : Math.round(value * 100) / 100);

function found(road, plan, start) {
  const ids = (topics) => topics.map((topic) => road.topics[topic].id);
  const days = calendar(plan, { start }).steps;
  return {
    steps: plan.steps.map(({ item }) => road.topics[item.topic]?.id ?? `stage:${road.stages[item.stage].id}`),
    hours: plan.steps.map(({ cost: { min, max, unknown } }) =>
      unknown > 0 && min === 0 && max === 0 ? null : [min, max].map(rounded),
    ),
    weeks: plan.steps.map(({ start, end }) => [...start, ...end].map(rounded)),
    days: days.map(({ first, last }) => [...first, ...last]),
    total: [plan.total.min, plan.total.max].map(rounded),
    unknown: ids(plan.unknown),
    picks: Object.fromEntries(plan.picks.flatMap((of, at) => (of.length ? [[road.choices[at].id, ids(of)]] : []))),
  };
}

let count = 0;
let wrong = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { graph, cases } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const road = roadOf(graph);
  for (const { about, question, answer: expected } of cases) {
    const asked = { known: new Set(question.known), to: question.to, picks: question.picks, hoursPerWeek: question.hours_per_week };
    const has = found(road, answer(road, asked), question.start);
    for (const [key, value] of Object.entries(expected)) {
      if (isDeepStrictEqual(has[key], value)) continue;
      wrong += 1;
      console.log(`${name}: ${about}\n  ${key}: ${JSON.stringify(value)}\n  found ${JSON.stringify(has[key])}`);
    }
    count += 1;
  }
}
if (count < 60) console.log(`only ${count} cases found`);
process.exit(wrong > 0 || count < 60 ? 1 : 0);
