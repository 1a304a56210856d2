// How long a large road takes: `node reckon-speed.mjs modules`. 2,000 topics with 5,000 needs, once as roads are and once
// made to be slow: dear alternatives with long ways of their own, parts of parts, and a chain of choices.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules] = process.argv.slice(2);
const { answer, figures, missing, next, opens } = await import(pathToFileURL(join(modules, "reckon.js")));
const { calendar } = await import(pathToFileURL(join(modules, "reckon-days.js")));

const MOST = 50; // ms of work: what nobody notices
const TOPICS = 2000;

let seed = 7;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
const numbers = (count, make) => Array.from({ length: count }, (_, at) => make(at));

function usual() {
  const stageOf = (at) => Math.floor(at / 100);
  const need = (at) => (random(5) ? random(at) : { any: [random(at), random(at), "elsewhere"] });
  const topic = (at) => ({
    id: `t${at}`,
    stage: stageOf(at),
    part_of: at % 100 > 9 && random(4) === 0 ? at - (at % 10) - 1 : undefined,
    optional: random(9) === 0,
    needs: at ? numbers(2 + (at % 2), () => need(at)) : [],
    effort: random(8) ? [1 + random(20), 21 + random(9)] : undefined,
  });
  const stages = numbers(20, (at) => ({ id: `s${at}`, effort: at % 3 ? undefined : [400, 900] }));
  const choices = numbers(20, (at) => ({ id: `c${at}`, pick: [1, 2], of: numbers(3, (of) => 100 * at + 90 + of) }));
  return { hours_per_week: 10, stages, topics: numbers(TOPICS, topic), choices };
}

/** The first half are two chains; each of the others chooses between the end of one and a topic of its own. */
function tangled() {
  const half = TOPICS / 2;
  const topic = (at) => {
    const own = { id: `t${at}`, stage: 0, effort: [1, 2] };
    if (at < half) return { ...own, optional: true, needs: at > 1 ? [at - 2, at - 2] : [], part_of: at ? at - 1 : undefined };
    const needs = numbers(5, () => ({ any: [half - 1 - random(2), at - 1, half + random(at - half + 1)] }));
    return { ...own, effort: [3, 900], needs: at % 2 ? needs : [] };
  };
  const option = (at) => ({ id: `c${at}`, pick: [1, 1], of: [half + 2 * at, half + 2 * at + 1], for: at ? [half + 2 * at - 1] : [] });
  return { hours_per_week: 10, stages: [{ id: "s" }], topics: numbers(TOPICS, topic), choices: numbers(300, option) };
}

function time(name, run) {
  // The time of the processor: what else the machine does is no matter here.
  const now = () => process.cpuUsage().user / 1000;
  const times = numbers(15, () => {
    const start = now();
    run();
    return now() - start;
  });
  const median = times.sort((a, b) => a - b)[7];
  console.log(`${name}: ${median.toFixed(1)} ms, ${times[0].toFixed(1)} at best`);
  return median;
}

let slow = false;
for (const [name, road] of Object.entries({ usual: usual(), tangled: tangled() })) {
  const known = new Set(numbers(500, (at) => `t${3 * at}`));
  const states = new Map([...known].map((id, at) => [id, ["done", "doing", "skipped"][at % 3]]));
  const every = road.topics.map(({ id }) => id);
  const plan = answer(road, {});
  const week = { start: "2027-03-01", hours: [1, 0, 2, 0, 0, 3, 0], off: numbers(900, (at) => [`${2027 + at}-12-20`, `${2028 + at}-01-06`]) };
  const times = [
    time(`${name}, answer`, () => answer(road, {})),
    time(`${name}, answer to some`, () => answer(road, { known, hoursPerWeek: 5 })),
    time(`${name}, answer to all by name`, () => answer(road, { to: every })),
    time(`${name}, next`, () => next(road, { known })),
    time(`${name}, missing`, () => missing(road, `t${TOPICS - 1}`, {})),
    time(`${name}, opens`, () => opens(road, "t1", {})),
    time(`${name}, figures`, () => figures(road, { states })),
    time(`${name}, calendar`, () => calendar(plan, week)),
  ];
  slow ||= times.some((median) => median > MOST);
}
process.exit(slow ? 1 : 0);
