// A plan as the end of an address (`#plan=1&hours=6&known=dns,http&to=tls`), and back. Anybody can write such a link: what
// cannot be is left out, and the rest is a plan all the same.

import { renamed } from "./reckon.js";
import { dayNumber } from "./reckon-days.js";
import { plan as valid } from "./store.js";

const FORMAT = "1";
const LONGEST = 500_000; // characters that are read

const list = (text) => (text ? text.split(",") : []);

/**
 * What a plan is made from, as a link tells it.
 * @param {string} hash the end of an address, with its `#`
 * @param {object} road the ids that it does not have are left out
 * @returns {{known: Set<string>, picks: object, settings: object} | null} `settings` as the store keeps them; null when
 *   this is not the end of a link to a plan
 */
export function read(hash, road) {
  const said = new URLSearchParams(hash.slice(1, LONGEST));
  if (!said.has("plan")) return null;
  const { known, wanted, options, now } = names(road);
  const ids = (name, allowed) =>
    list(said.get(name))
      .map(now)
      .filter((id) => allowed.has(id));
  const to = ids("to", wanted);
  const settings = valid({
    hours: said.has("hours") ? numeric(said.get("hours")) : undefined,
    week: said.has("week") ? list(said.get("week")).map(numeric) : undefined,
    start: dayNumber(said.get("start")) === null ? undefined : said.get("start"),
    off: list(said.get("off"))
      .map((days) => days.split(".."))
      .map(([from, last = from]) => [from, last]),
    to: to.length ? to : undefined,
  });
  const picks = Object.create(null);
  for (const pick of said.getAll("pick")) {
    const [choice, picked = ""] = pick.split(":");
    if (options.has(choice))
      picks[choice] = [...new Set(list(picked).map(now))].filter((id) => options.get(choice).has(id));
  }
  return { known: new Set(ids("known", known)), picks, settings };
}

/** The end of an address that tells of a plan; ids and days need no escapes. */
export function write({ known, picks, settings }, road) {
  const { known: counts, options } = names(road);
  const parts = [`plan=${FORMAT}`];
  const add = (name, values) => values?.length && parts.push(`${name}=${values.join(",")}`);
  add("start", [settings.start]);
  if (settings.week) add("week", settings.week);
  else if (settings.hours) add("hours", [settings.hours]);
  add(
    "off",
    settings.off?.map(([from, to]) => (from === to ? from : `${from}..${to}`)),
  );
  add("to", settings.to);
  add("known", [...known].filter((id) => counts.has(id)).sort());
  for (const [choice, ids] of Object.entries(picks)) {
    const picked = ids.filter((id) => options.get(choice)?.has(id));
    if (picked.length) parts.push(`pick=${choice}:${picked.join(",")}`);
  }
  return `#${parts.join("&")}`;
}

/** A number as people write it; NaN for what is none, and for nothing. */
function numeric(text) {
  return /^\d{1,4}(?:\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
}

/** What the ids of a road can stand for, and what is called otherwise `now`. */
export function names(road) {
  const topics = new Set(road.topics.map(({ id }) => id));
  const choices = road.choices ?? [];
  const elsewhere = road.topics.flatMap(({ needs = [] }) => needs.flatMap((need) => need.any ?? [need]));
  const former = renamed(road);
  return {
    known: new Set([...topics, ...elsewhere.filter((need) => typeof need === "string")]),
    wanted: new Set([...topics, ...choices.map(({ id }) => id)]),
    options: new Map(choices.map(({ id, of }) => [id, new Set(of.map((topic) => road.topics[topic].id))])),
    now: (id) => former.get(id) ?? id,
  };
}
