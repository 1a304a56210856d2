// What the page of a plan says, held against what the program says.

/** The link that asks what the options of `roadbook plan` ask: the roadmap, and the end of the address. */
export function linkOf(question) {
  const [road, ...words] = question.split(" ");
  const said = { start: [], "hours-per-week": [], known: [], to: [], pick: [] };
  for (let at = 0; at < words.length; at += 2) said[words[at].slice(2)].push(words[at + 1]);
  const parts = ["#plan=1"];
  const add = (name, values) => values.length && parts.push(`${name}=${values.join(",")}`);
  add("start", said.start);
  add("hours", said["hours-per-week"]);
  add("known", said.known);
  add("to", said.to);
  for (const pick of said.pick) parts.push(`pick=${pick.replace("=", ":")}`);
  return [road, parts.join("&")];
}

/** Runs in the page: how the program's answer is said there. The browser's own words for days are taken for right. */
export function written(answer) {
  const hasTimes = answer.effort.hours.some((hours) => hours !== 0);
  const format = (style) => new Intl.DateTimeFormat("en", { dateStyle: style, timeZone: "UTC" });
  const day = (text) => Date.parse(`${text}T00:00Z`);
  const days = ([from, to]) =>
    to ? format("medium").formatRange(day(from), day(to)) : `${format("medium").format(day(from))} at the earliest`;
  const [from, to] = answer.end.map((text) => text && format("long").format(day(text)));
  const between = from === to ? `Done on ${from}` : `Done between ${from} and ${to}`;
  const never = "When it is done cannot be said: no effort in this plan is known";
  return {
    end: !hasTimes ? never : to ? between : `Done on ${from} at the earliest; the end is open`,
    steps: answer.steps.map(({ title, start, end }, at) => [
      String(at + 1),
      title,
      ...(hasTimes ? [days(start), days(end)] : []),
    ]),
  };
}

/** Runs in the page: the plan that its modules reckon for a link. */
export async function reckoned([road, hash]) {
  const from = (name) => import(new URL(`../../assets/${name}`, location.href).href);
  const [site, link, plan] = await Promise.all(["site.js", "plan-link.js", "plan-reckon.js"].map(from));
  const data = await site.loadRoad(road);
  const { steps, total } = plan.reckon(data, link.read(hash, data));
  return { steps, total };
}

/** Runs in the page: what it shows. */
export function shown() {
  return {
    end: document.querySelector(".plan-end").textContent,
    facts: [...document.querySelectorAll(".plan-answer dd")].map((fact) => fact.textContent),
    notes: document.querySelector(".plan-notes").textContent,
    steps: [...document.querySelectorAll(".leg tbody tr")].map((row) => ({
      href: row.querySelector("a").href,
      cells: [...row.cells].map((cell) => cell.textContent),
    })),
  };
}

/** The hours that a text tells: `[from, to]`, an open end `null`. */
function hoursIn(text) {
  const [from, to] = text.match(/[\d.]+/g).map(Number);
  const scale = / min/.test(text) ? 60 : 1;
  return [from / scale, /\+(?! \?)/.test(text) ? null : (to ?? from) / scale];
}

const near = (a, b) => a === b || (a !== null && b !== null && Math.abs(a - b) <= Math.max(0.06, b * 0.05));
const isNear = (text, hours) => hoursIn(text).every((value, at) => near(value, hours[at]));
const round = (value) => (value === null ? null : Math.round(value * 100) / 100);

/** What the page says otherwise than the program: a line each. */
export function differences(answer, wanted, page, plan, home) {
  const found = [];
  const same = (a, b, what) => String(a) === String(b) || found.push(`${what} is “${a}”, not “${b}”`);
  same(page.end, wanted.end, "the end");
  same(page.steps.length, answer.steps.length, "the number of steps");
  same(page.facts[0], answer.steps.length, "the number of topics");
  page.steps.forEach(({ href, cells: [number, title, takes, ...days] }, at) => {
    const { url, effort } = answer.steps[at];
    same(href, new URL(url.replace(/^\//, ""), home).href, `the address of step ${at + 1}`);
    same([number, title, ...days], wanted.steps[at], `step ${at + 1}`);
    const isEmpty = effort && effort.hours.every((hours) => hours === 0);
    if (!effort || isEmpty) same(takes, effort ? "–" : "unknown", `what step ${at + 1} takes`);
    else if (!isNear(takes, effort.hours)) found.push(`step ${at + 1} takes ${takes}, not ${effort.hours}`);
  });
  const steps = plan.steps.map(({ cost, start, end }) =>
    [[cost.min, cost.max], start, end].map((pair) => pair.map(round)),
  );
  const others = answer.steps.map(({ effort, start_week: start, end_week: end }) => [
    effort?.hours ?? [0, 0],
    start,
    end,
  ]);
  steps.forEach((step, at) =>
    same(JSON.stringify(step), JSON.stringify(others[at]), `hours and weeks of step ${at + 1}`),
  );
  same([plan.total.min, plan.total.max].map(round), answer.effort.hours, "the sum");
  if (page.facts[1] && !isNear(page.facts[1], answer.effort.hours)) found.push(`it takes ${page.facts[1]} in all`);
  const unknown = answer.unknown.length;
  const isSaid = unknown ? page.notes.includes(`${unknown} topic`) : !page.notes.includes("unknown");
  if (!isSaid) found.push(`of ${unknown} unknown it says ${page.notes}`);
  return found;
}

/** The lines of a calendar that two makers of the same one agree on, in order. */
export function lines(calendar) {
  const all = calendar.replace(/\r\n[ \t]/g, "").split("\r\n");
  const shared = all.filter((line) => /^(UID|DTSTART|DTEND|SUMMARY|URL|BEGIN|END)/.test(line));
  return shared.map((line) => line.replace("/some/path/", "/")).sort();
}
