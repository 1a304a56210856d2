// The plan itself: its topics in order, a table for each stage, or a list where there is no room for one. A stage that is
// not open is not made, and a long one is made piece by piece.

import { date, dates, number, say, time } from "./say.js";
import { breath, element, roadUrl, topicUrl } from "./site.js";

const MOST_OPEN = 80; // steps of a plan of which every stage is open at first
const SLICE = 40; // rows between two breaths
const NOTHING = "–"; // what is taken by a topic whose parts take it all

/** A page that has no room for a table. */
const narrow = matchMedia("(max-width: 760px)");

/**
 * @param {object} road
 * @returns {{part: Element, show: (plan: object) => void}}
 */
export function planSteps(road) {
  const part = element("div", { class: "plan-steps" });
  const opened = new Map(); // what the reader opened and closed, by stage
  let plan;
  const show = (next) => {
    plan = next;
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    const mark = held && [held.href, held.dataset.stage];
    part.replaceChildren(
      ...stages(road, plan).map((stage, at, all) =>
        leg(road, plan, stage, opened, at === 0 || plan.steps.length <= MOST_OPEN),
      ),
    );
    if (!mark) return;
    const same = [...part.querySelectorAll("a, summary")].find(
      (one) => one.href === mark[0] && one.dataset.stage === mark[1],
    );
    same?.focus({ preventScroll: true });
  };
  narrow.addEventListener("change", () => plan && show(plan));
  return { part, show };
}

/** The steps by stage: `{stage, from, to}`, places in the plan. */
function stages(road, { steps }) {
  const found = [];
  steps.forEach(({ item }, at) => {
    const stage = item.stage ?? road.topics[item.topic].stage;
    if (found.at(-1)?.stage === stage) found.at(-1).to = at + 1;
    else found.push({ stage, from: at, to: at + 1 });
  });
  return found;
}

/** The part of the way that lies in one stage. */
function leg(road, plan, { stage, from, to }, opened, isOpen) {
  const { id, title, bonus } = road.stages[stage];
  const sum = { min: 0, max: 0 };
  for (const { cost } of plan.steps.slice(from, to)) {
    sum.min += cost.min;
    sum.max = sum.max === null || cost.max === null ? null : sum.max + cost.max;
  }
  const last = between(plan.days.steps[to - 1].last, plan.hasTimes);
  const facts = [number(to - from), sum.max === 0 ? "" : time(sum, Infinity), last].filter(Boolean).join(" · ");
  const heading = element(
    "h3",
    {},
    title,
    bonus ? element("span", { class: "badge" }, say("bonus")) : null,
    element("small", {}, facts),
  );
  const details = element(
    "details",
    { class: "leg", open: opened.get(id) ?? isOpen },
    element("summary", { "data-stage": id }, heading),
  );
  const fill = () => details.open && details.children.length < 2 && made(road, plan, from, to, title, details);
  details.addEventListener("toggle", () => {
    opened.set(id, details.open);
    fill();
  });
  fill();
  return details;
}

/** Makes what is in a leg: the first rows at once, the others as long as it is shown. */
async function made(road, plan, from, to, title, details) {
  const isList = narrow.matches;
  const body = isList ? element("ol", { class: "plan-list", start: from + 1 }) : element("tbody");
  details.append(isList ? body : table(body, title, plan.hasTimes));
  for (let at = from; at < to; at += SLICE) {
    if (at > from) await breath();
    if (at > from && !details.isConnected) return;
    for (let step = at; step < Math.min(at + SLICE, to); step += 1)
      body.append((isList ? entry : row)(road, plan, step));
  }
}

function table(body, title, hasTimes) {
  const words = ["topic", "takes", ...(hasTimes ? ["starts", "ends"] : [])];
  const head = words.map((word) => element("th", { scope: "col" }, say(word)));
  const number = element("th", { scope: "col" }, element("span", { class: "vh" }, say("my_plan_number")));
  return element(
    "table",
    { class: "plan-table" },
    element("caption", { class: "vh" }, title),
    element("thead", {}, element("tr", {}, number, head)),
    body,
  );
}

function row(road, plan, at) {
  const { name, takes, starts, ends } = texts(road, plan, at);
  return element(
    "tr",
    {},
    element("td", {}, number(at + 1)),
    element("th", { scope: "row" }, name),
    [takes, ...(plan.hasTimes ? [starts, ends] : [])].map((text) => element("td", {}, text)),
  );
}

function entry(road, plan, at) {
  const { name, takes, starts, ends } = texts(road, plan, at);
  const said = [
    ["takes", takes],
    ["starts", starts],
    ["ends", ends],
  ].filter(([, text]) => text && text !== NOTHING);
  return element(
    "li",
    {},
    name,
    element(
      "small",
      {},
      said.map(([word, text]) => element("span", {}, say(word), say("colon"), text)),
    ),
  );
}

/** What is said about a step. */
function texts(road, plan, at) {
  const { item, cost } = plan.steps[at];
  const { first, last } = plan.days.steps[at];
  const { id, title } = item.topic === undefined ? road.stages[item.stage] : road.topics[item.topic];
  const href = item.topic === undefined ? new URL(`${id}/`, roadUrl(road.id)).href : topicUrl(id);
  return {
    name: element("a", { href }, title),
    takes: effort(cost),
    starts: between(first, plan.hasTimes),
    ends: between(last, plan.hasTimes),
  };
}

/** What a step takes, in words; a dash where its parts take it all. */
export function effort({ min, max, unknown }) {
  const none = min === 0 && max === 0;
  if (none) return unknown ? say("unknown") : NOTHING;
  return unknown ? `${time({ min, max }, Infinity)} + ?` : time({ min, max }, Infinity);
}

/** From the earliest to the latest day; nothing where there is none. */
export function between([earliest, latest], hasTimes) {
  if (!hasTimes || !earliest) return "";
  return latest ? dates(earliest, latest) : say("my_plan_from_day", { a: date(earliest) });
}
