// The theme's arithmetic held against the program's answers, and against what must be true of it:
// `node reckon.mjs modules cases`, as `tests/personal/reckon.rs` calls it. Numbers must be equal to the last digit.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";

const [modules, cases] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(modules, name)));
const { answer, figures, missing, next, opens, renamed } = await load("reckon.js");
const { calendar, dayNumber, dayText } = await load("reckon-days.js");
const { ics } = await load("calendar.js");

let wrong = 0;
let asked = 0;

/** Says what is wrong, the first times. */
function check(holds, message, ...more) {
  if (holds) return;
  wrong += 1;
  if (wrong < 6) console.log(message, ...more.map((value) => JSON.stringify(value)));
}

/** What Rust writes as `-0` is nothing, too. */
const plain = (value) => JSON.parse(JSON.stringify(value));
const same = (a, b) => isDeepStrictEqual(plain(a), plain(b));

/** The answer in the form in which the program wrote its own. */
function found(road, plan, start) {
  const days = calendar(plan, { start }).steps;
  const cost = ({ min, max, unknown }) => [min, max, unknown];
  return {
    hoursPerWeek: plan.hoursPerWeek,
    steps: plan.steps.map((step, at) => ({ item: step.item, cost: cost(step.cost), start: step.start, end: step.end, ...days[at] })),
    total: cost(plan.total),
    unknown: plan.unknown,
    picks: plan.picks,
  };
}

const near = (a, b) => (a === null || b === null ? a === b : Math.abs(a - b) < 1e-6 * (1 + Math.abs(b)));
const sumUp = (costs) =>
  costs.reduce((a, b) => ({ min: a.min + b.min, max: a.max === null || b.max === null ? null : a.max + b.max }), { min: 0, max: 0 });
const topicsOf = (plan) => plan.steps.flatMap(({ item }) => item.topic ?? []);

function checkNext(road, question, plan) {
  const ready = next(road, plan);
  check(same(ready, next(road, question)), "next of an answer and of its question differ", road, question);
  const listed = topicsOf(plan);
  check(ready.every((topic) => listed.includes(topic)), "next is not listed", road, question);
  check(ready.length > 0 === listed.length > 0, "there is always something to learn next", road, question);
  const waits = (topic) =>
    (road.topics[topic].needs ?? []).some((need) => typeof need === "number" && listed.includes(need)
      && road.topics[need].stage <= road.topics[topic].stage);
  check(ready.length < 2 || !ready.some(waits), "next waits for something listed", road, question, ready);
  // Who learns what is next, again and again, knows it all in the end.
  const known = new Set(question.known);
  let rounds = 0;
  for (let left = ready; left.length > 0 && rounds <= road.topics.length; rounds += 1) {
    for (const topic of left) known.add(road.topics[topic].id);
    left = next(road, { ...question, known });
  }
  check(rounds <= road.topics.length, "next leads nowhere", road, question);
  return known;
}

function checkWays(road, question, plan) {
  const before = new Set(next(road, plan));
  for (const topic of topicsOf(plan).slice(0, 6)) {
    const { id } = road.topics[topic];
    const whole = answer(road, { ...question, to: [id] });
    const way = missing(road, id, question);
    check(same(way.steps.map((step) => step.item), whole.steps.map((step) => step.item).filter((item) => item.topic !== topic)),
      "missing is not the plan without its end", road, question, id);
    const sums = sumUp(way.steps.map((step) => step.cost));
    check(near(sums.min, way.total.min) && near(sums.max, way.total.max), "missing does not add up", road, question, id);
    check(way.unknown.length === way.total.unknown, "missing counts its unknowns", road, question, id);
    const opened = opens(road, id, question);
    const after = next(road, { ...question, known: new Set(question.known).add(id) });
    check(same(opened, after.filter((other) => !before.has(other))), "opens is what is next and was not", road, question, id);
  }
  const known = [...(question.known ?? [])][0];
  if (known) check(missing(road, known, question).steps.length === 0, "a way to what is known", road, question);
}

function checkFigures(road, question, learned) {
  const picks = question.picks;
  const none = figures(road, { picks });
  const plan = answer(road, { picks });
  check(none.road.all === topicsOf(plan).length && none.road.done === 0, "figures count all that is listed", road);
  check(near(none.road.left.min, plan.total.min) && near(none.road.total.max, plan.total.max), "figures sum up the plan", road, none);
  const ids = [...road.topics.keys()].map((topic) => road.topics[topic].id);
  const states = new Map(ids.map((id, at) => [id, ["done", "doing", "skipped", undefined][(at * 7 + ids.length) % 4]]));
  for (const some of [figures(road, { picks, states }), none]) {
    for (const key of ["done", "doing", "skipped", "all"]) {
      check(some.stages.reduce((sum, stage) => sum + stage[key], 0) === some.road[key], "stages come to the road", key, road);
    }
    for (const one of [some.road, ...some.stages]) {
      check(one.done + one.doing <= one.all && one.left.min <= one.total.min + 1e-6, "figures out of range", road, one);
      check(one.left.unknown <= one.total.unknown, "more unknown is left than there is", road, one);
    }
  }
  const left = answer(road, { picks, known: new Set(ids.filter((id) => ["done", "skipped"].includes(states.get(id)))) });
  const some = figures(road, { picks, states }).road;
  check(some.all - some.done === topicsOf(left).length, "what is left is what the plan lists", road, some);
  check(near(some.left.min, left.total.min) && near(some.left.max, left.total.max), "hours left are the plan's", road, some);
  const all = figures(road, { picks, states: new Map([...learned].map((id) => [id, "done"])) }).road;
  const done = answer(road, { picks, known: learned });
  check(topicsOf(done).length > 0 || all.done === all.all, "all is learned, and not all is done", road, all);
}

const WEEKS = [[1, 1, 1, 1, 1, 1, 1], [2, 0, 2, 0, 1.5, 0, 0], [0, 0, 0, 0, 0, 6, 0], [0.25, 3, 0, 8, 1, 0, 2]];

/** Day by day, as a reader would: the days on which work of a step is done. */
function simulate(plan, start, week, isOff) {
  let day = dayNumber(start) - 1;
  let left = 0;
  const turn = () => {
    do {
      day += 1;
      left = isOff(day) ? 0 : week[(day + 3) % 7];
    } while (left === 0);
  };
  return plan.steps.map(({ cost: { min: hours } }) => {
    if (left < 1e-9 && (hours > 0 || day < dayNumber(start))) turn();
    const first = day;
    for (let rest = hours; ; ) {
      if (rest <= left + 1e-9) {
        left -= rest;
        return [first, day].map(dayText);
      }
      rest -= left;
      turn();
    }
  });
}

function checkDays(plan, start) {
  const hours = plan.hoursPerWeek;
  const even = calendar(plan, { start, hours });
  check(same(even, calendar(plan, { start, hours: Array(7).fill(hours / 7) })), "seven equal days are no even week", plan, start);
  if (plan.total.min > 3000) return;
  const first = dayNumber(start);
  const off = [dayText(first + 3), [dayText(first + 5), dayText(first + 30)], [dayText(first + 20), dayText(first + 33)]];
  const isOff = (day) => day === first + 3 || (day >= first + 5 && day <= first + 33);
  for (const week of WEEKS) {
    const days = calendar(plan, { start, hours: week, off });
    const expected = simulate(plan, start, week, isOff);
    check(same(days.steps.map(({ first, last }) => [first[0], last[0]]), expected), "days differ from those of a diary",
      week, start, days.steps.map(({ first, last }) => [first[0], last[0]]), expected);
    for (const { first, last, slow } of days.steps) {
      for (const day of [...first, ...last, ...slow].filter((day) => day !== null).map(dayNumber)) {
        check(!isOff(day) && week[(day + 3) % 7] > 0, "work on a day off", dayText(day), week);
      }
      check(first[0] <= last[0] && slow[0] <= slow[1], "days in the wrong order", first, last, slow);
    }
  }
  for (const idle of [0, Array(7).fill(0), [], Array(7).fill(-1), NaN]) {
    const { steps, end } = calendar(plan, { start, hours: idle });
    check(same(end, [null, null]) && steps.every(({ slow }) => same(slow, [null, null])), "days without hours", idle);
  }
}

const unfold = (text) => text.replaceAll("\r\n ", "");
const content = (text) => unfold(text).split("\r\n").filter((line) => !line.startsWith("DTSTAMP"));

function checkCalendar(site, { events, start, ics: expected }, plan) {
  const days = calendar(plan, { start }).steps;
  const steps = events.map((event, at) => ({ ...event, first: days[at].slow[0], last: days[at].slow[1] }));
  const text = ics({ ...site, steps, stamp: start });
  check(same(content(text), content(expected)), "the calendars differ", text, expected);
  check(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "a line is too long", text);
  check(!/[^\r]\n|\r[^\n]/.test(text), "an end of a line is no CRLF", text);
}

/** Whatever an author writes, the lines are ours. */
function checkHostile() {
  const evil = "a,b;c\\d\r\nEND:VEVENT\nBEGIN:VALARM\r\x00é𝛼".repeat(9);
  const step = { id: "x", title: evil, url: "https://x.example/\r\nX:1", summary: evil, first: "9999-12-31", last: "9999-12-31" };
  const text = ics({ title: evil, site: "", roadmap: "r", stamp: "2027-03-01", steps: [step, { ...step, first: null }] });
  const names = content(text).map((line) => line.split(/[:;]/)[0]);
  const own = "BEGIN VERSION CALSCALE PRODID NAME X-WR-CALNAME BEGIN DESCRIPTION DTSTART SUMMARY UID URL END END".split(" ");
  check(same(names, [...own, ""]), "a title is more than text", names);
  check(text.includes("UID:r.plan.x@roadbook.invalid\r\n"), "no host, and no host of our own", text);
  check(!text.includes("\ufffd") && Buffer.from(text, "utf8").toString("utf8") === text, "a character is broken", text);
  check(ics({ title: "", site: "", roadmap: "r", stamp: "2027-03-01", steps: [] }) === null, "a calendar of nothing");
}

function checkNotes() {
  const topic = (id, more) => ({ id, stage: 0, effort: [1, 1], ...more });
  const topics = [topic("a", { was: ["old-a", "older-a"] }), topic("b", { needs: [0, "far"] }), topic("c", { needs: [{ any: [1, "far"] }] })];
  const road = { hours_per_week: 1, stages: [{ id: "s" }], topics, choices: [{ id: "constructor", pick: [1, 1], of: [1, 2] }] };
  check(same([...renamed(road)], [["old-a", "a"], ["older-a", "a"]]), "former ids are lost");
  const odd = { known: new Set(["gone"]), to: ["gone"], picks: { constructor: ["gone"], gone: ["a"], toString: ["b"] } };
  check(answer(road, odd).steps.length === 0, "a wish for what is not there");
  check(same(topicsOf(answer(road, { ...odd, to: [] })), [0, 1]), "ids that are not there are in the way");
  check(same(next(road, { to: ["c"] }), [0]) && same(next(road, { to: ["c"], known: new Set(["far"]) }), [2]), "what is next");
  check(same(opens(road, "a", {}), [1]), "what a opens");
  const over = calendar({ hoursPerWeek: 1, steps: [{ cost: { min: 1e9, max: null } }] }, { start: "2027-03-01", hours: WEEKS[1] });
  check(same(over.end, [null, null]), "days beyond the calendar");
  for (const day of ["2027-02-29", "2027-13-01", "27-01-01", "0000-00-00", ""]) check(dayNumber(day) === null, "no day", day);
  for (const day of ["0001-01-01", "1900-02-28", "2028-02-29", "9999-12-31"]) check(dayText(dayNumber(day)) === day, "a day", day);
}

for (const { road, site, questions } of JSON.parse(readFileSync(cases, "utf8"))) {
  for (const { known, answer: expected, ...more } of questions) {
    const question = { to: more.to, picks: more.picks, hoursPerWeek: more.hoursPerWeek ?? undefined, known: new Set(known) };
    const plan = answer(road, question);
    check(same(found(road, plan, more.start), expected), "another answer", road, { ...more, known }, found(road, plan, more.start), expected);
    checkWays(road, question, plan);
    checkFigures(road, question, checkNext(road, question, plan));
    checkDays(plan, more.start);
    if (more.ics) checkCalendar(site, more, plan);
    asked += 1;
  }
}
checkHostile();
checkNotes();
console.log(`${asked} questions, ${wrong} mistakes`);
process.exit(wrong > 0 ? 1 : 0);
