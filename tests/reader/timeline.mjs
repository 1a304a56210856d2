// The timeline page for one reader.

const ROAD = "twenty-hours-a-week";
const PAGE = `${ROAD}/timeline/`;

/** The chart and the table, as a reader gets them. */
const drawn = (tab) =>
  tab.evaluate(() => {
    const text = (of) => of.textContent.replace(/\s+/g, " ").trim();
    const per = (rect, name) => (rect ? Number.parseFloat(rect.getAttribute(name)) : null);
    const rows = [...document.querySelectorAll(".chart li")].map((row) => {
      const [pale, solid] = ["pale", "solid"].map((name) => row.querySelector(`rect.${name}`));
      return { id: row.dataset.stage, text: text(row.querySelector("span")), x: per(pale, "x"), whole: per(pale, "width"), solid: per(solid, "width"), bonus: row.className === "bonus" };
    });
    const times = [...document.querySelectorAll("[data-timeline] tr")].map(text);
    return { rows, times, ticks: [...document.querySelectorAll(".grid text")].map(text), caveat: text(document.querySelector("[data-chart-caveat]") ?? document.createElement("p")), pace: text(document.querySelector("[data-chart-pace]")) };
  });

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const ready = (tab) => tab.locator(".tuner-form").waitFor();
const said = (tab) => tab.locator(".tuner-said").textContent();
const field = (tab, name) => tab.getByLabel(name, { exact: true });
const HOURS = "Hours a week";
const START = "First day";
const LESS = "Without what I know";

/** What the arithmetic says, stage by stage: hours as `[min, max]`. */
const reckoned = (tab, question = {}) =>
  tab.evaluate(async ([road, { known = [], ...rest }]) => {
    const base = new URL("../../", location.href);
    const { answer } = await import(new URL("assets/reckon.js", base).href);
    const data = await (await fetch(new URL(`${road}/plan/road.json`, base))).json();
    const question = { known: new Set(known), ...rest };
    const { steps, total } = answer(data, question);
    // A bonus stage is what a plan for all its topics lists of it, without options that are not picked.
    const picked = answer(data, question).picks;
    const isLeft = (topic) => data.choices.some(({ of }, at) => of.includes(topic) && !picked[at].includes(topic));
    const to = data.topics.filter(({ stage, optional }, at) => data.stages[stage].bonus && !optional && !isLeft(at)).map(({ id }) => id);
    const more = answer(data, { ...question, to });
    const stages = data.stages.map(() => [0, 0]);
    const isBonus = ({ item }) => !!data.stages[item.stage ?? data.topics[item.topic].stage].bonus;
    for (const { item, cost } of [...steps, ...more.steps.filter(isBonus)]) {
      const sum = stages[item.stage ?? data.topics[item.topic].stage];
      sum[0] += cost.min;
      sum[1] += cost.max;
    }
    return { stages, total, bonus: data.stages.map(({ bonus }) => !!bonus), topics: data.topics.map(({ id, stage }) => [id, stage]), hours: data.hours_per_week };
  }, [ROAD, question]);

export function timelines({ open, check, kept, holds, home, KEY }) {
  return {
    async "a reader without state sees the page"() {
      const plain = await open(PAGE, { javaScriptEnabled: false });
      const page = await plain.evaluate(() => document.querySelector(".tuner").childElementCount).catch(() => 0);
      check(page === 0 && (await plain.locator("main input, main button").count()) === 0, "a control without scripts");
      const tab = await open(PAGE);
      const before = await drawn(tab);
      const top = await tab.evaluate(() => document.querySelector(".chart").getBoundingClientRect().top);
      await ready(tab);
      check(same(await drawn(tab), before), "the chart changes though nothing was");
      check(await tab.locator(".chart-own").isHidden(), "the chart says that it is somebody's own");
      const now = await tab.evaluate(() => document.querySelector(".chart").getBoundingClientRect().top);
      check(Math.abs(now - top) < 1, `the chart jumps by ${now - top} px`);
      check((await said(tab)) === "", `the status says: ${await said(tab)}`);
      check(await tab.locator(".tuner button").isDisabled(), "there is something to reset");
      check(await tab.getByLabel(LESS).isHidden(), "offers to leave out what nobody knows");
      check(same(await kept(tab, "plans"), {}), "something is kept though nothing was done");
      await holds(tab, "untouched");
    },

    async "hours a week, by keyboard"() {
      const tab = await open(PAGE);
      await ready(tab);
      const before = await drawn(tab);
      const data = await reckoned(tab);
      const { hours } = data;
      await field(tab, HOURS).focus();
      await tab.keyboard.press("ControlOrMeta+A");
      await tab.keyboard.type(String(hours * 2));
      await tab.waitForFunction(() => /weeks/.test(document.querySelector(".tuner-said").textContent));
      const { rows, pace, times, ticks } = await drawn(tab);
      check(pace === `${hours * 2} hours a week`, `the pace is ${pace}`);
      const weeks = data.stages.reduce((sum, [, max]) => sum + max, 0) / hours / 2;
      check(Number(ticks.at(-1)) <= weeks && Number(ticks.at(-1)) > weeks * 0.8, `the axis goes on to week ${ticks.at(-1)} of ${weeks}`);
      fit(check, rows, data);
      check(!same(times, before.times), "the table does not follow");
      check(/^In all: /.test(await said(tab)), `the status says: ${await said(tab)}`);
      check(same(await kept(tab, "plans"), { [ROAD]: { hours: hours * 2 } }), `kept: ${JSON.stringify(await kept(tab, "plans"))}`);
      const shown = await drawn(tab);
      await tab.reload();
      await ready(tab);
      check(same(await drawn(tab), shown), "a reload changes the chart");
      await holds(tab, "own hours");
      await tab.locator(".tuner button").focus();
      await tab.keyboard.press("Enter");
      check(same(await drawn(tab), before), "reset does not bring the page back");
      check((await tab.evaluate(() => document.activeElement.type)) === "number", "the focus is lost with the reset");
      check(same(await kept(tab, "plans"), {}), "reset keeps hours");
    },

    async "wrong hours change nothing"() {
      const tab = await open(PAGE);
      await ready(tab);
      const before = await drawn(tab);
      for (const hours of ["-5", "0", "1e9", "169", "1e400"]) {
        await field(tab, HOURS).fill(hours);
        await tab.waitForFunction(() => document.querySelector(".tuner input").getAttribute("aria-invalid") === "true");
        check(/0\.25 to 168/.test(await said(tab)), `${hours}: the status says: ${await said(tab)}`);
        check(same(await drawn(tab), before), `${hours} changes the chart`);
      }
      check(same(await kept(tab, "plans"), {}), "wrong hours are kept");
      await holds(tab, "wrong hours");
    },

    async "a first day makes dates of weeks"() {
      const tab = await open(PAGE);
      await ready(tab);
      const { total, hours } = await reckoned(tab);
      await field(tab, START).fill("2027-03-01");
      await tab.waitForFunction(() => /Done/.test(document.querySelector(".tuner-said").textContent));
      // A week is seven days, and the first day counts.
      const day = (amount) => new Date(Date.UTC(2027, 2, 1) + (Math.ceil((amount / hours) * 7 - 1e-6) - 1) * 864e5);
      const text = (date) => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(date);
      const end = `Done between ${text(day(total.min))} and ${text(day(total.max))}`;
      check((await said(tab)).endsWith(end), `${end}, but the status says: ${await said(tab)}`);
      const { ticks, times } = await drawn(tab);
      check(ticks.some((tick) => /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|20\d\d)/.test(tick)), `the axis shows ${ticks}`);
      check(ticks.length <= 6, `${ticks.length} dates on the axis`);
      check(times[1].includes("Mar 1, 2027"), `the first stage: ${times[1]}`);
      await holds(tab, "dates");
      await field(tab, START).fill("");
      await tab.waitForFunction(() => !/Done/.test(document.querySelector(".tuner-said").textContent));
    },

    async "weekdays and days off are kept to"() {
      const plans = { [ROAD]: { week: [0, 0, 0, 0, 0, 10, 10], start: "2027-03-01", off: [["2027-03-01", "2027-03-31"]] } };
      const tab = await open(PAGE, { state: { plans } });
      await ready(tab);
      const { times } = await drawn(tab);
      check(times[1].includes("Apr 3, 2027"), `the first Saturday of April is not where it begins: ${times[1]}`);
      check((await field(tab, HOURS).inputValue()) === "20", "the hours of the week are not their sum");
      await field(tab, HOURS).fill("10");
      await tab.waitForFunction(() => document.querySelector("[data-chart-pace]").textContent.startsWith("10"));
      const plan = (await kept(tab, "plans"))[ROAD];
      check(same(plan, { hours: 10, start: "2027-03-01", off: plans[ROAD].off }), `kept: ${JSON.stringify(plan)}`);
    },

    async "what is known is left out"() {
      const first = await open(PAGE);
      await ready(first);
      const before = await drawn(first);
      const { topics } = await reckoned(first);
      const ids = topics.filter(([, stage]) => stage === 0).map(([id]) => id);
      const tab = await open(PAGE, { state: { topics: Object.fromEntries(ids.map((id, at) => [id, at % 2 ? "done" : "skipped"])) } });
      await ready(tab);
      const shown = await drawn(tab);
      check(shown.rows[0].text === "nothing left" && shown.rows[0].x === null, `the first stage: ${JSON.stringify(shown.rows[0])}`);
      check(shown.rows[1].x === 0, `the second stage begins at ${shown.rows[1].x} per cent`);
      check((await tab.locator(".chart-own").textContent()).includes(`${ids.length} topics`), `said: ${await tab.locator(".chart-own").textContent()}`);
      await holds(tab, "less what is known");
      await tab.getByLabel(LESS).focus();
      await tab.keyboard.press("Space");
      check(same(await drawn(tab), before), "the toggle does not bring the page back");
      await tab.keyboard.press("Space");
      check(same(await drawn(tab), shown), "the toggle does not work twice");
    },

    async "picks"() {
      const tab = await open(PAGE);
      await ready(tab);
      const before = await drawn(tab);
      await tab.locator(".tuner summary").focus();
      await tab.keyboard.press("Enter");
      check((await tab.locator(".tuner-choices select").count()) >= 5, "choices are missing");
      await tab.getByLabel("First relational database").focus();
      await tab.keyboard.press("ArrowDown");
      await tab.waitForFunction(() => /your picks/.test(document.querySelector(".chart-own").textContent));
      const picks = { "pick-relational": ["mysql"] };
      check(same(await kept(tab, "picks"), picks), `kept: ${JSON.stringify(await kept(tab, "picks"))}`);
      check((await tab.evaluate(() => document.activeElement.id)) === "rb-pick-pick-relational", "the control loses the focus");
      fit(check, (await drawn(tab)).rows, await reckoned(tab, { picks }));
      await holds(tab, "picks");
      await tab.locator(".tuner button").click();
      check(same(await drawn(tab), before) && same(await kept(tab, "picks"), {}), "reset leaves picks");
    },

    async "the chart on the roadmap follows"() {
      const bars = (tab) => tab.locator(".chart ol").evaluate((list) => [...list.querySelectorAll("rect")].map((bar) => bar.getAttribute("width")).join());
      const tab = await open(`${ROAD}/`);
      const asked = [];
      tab.on("request", (request) => asked.push(request.url()));
      await tab.waitForLoadState("networkidle");
      const before = await bars(tab);
      check(!asked.some((url) => /road\.json|timeline/.test(url)), "a road is loaded though nothing is kept");
      await tab.evaluate(async (road) => {
        const { store } = await import(new URL("../assets/site.js", location.href).href);
        store.set("plans", road, { hours: 3, start: "2027-03-01" });
      }, ROAD);
      await tab.waitForFunction(() => /3 hours a week, from Mar 1, 2027/.test(document.querySelector(".chart-own")?.textContent));
      check((await tab.locator(".grid text").count()) <= 6, "the axis does not show dates");
      await holds(tab, "the chart on the roadmap");
      await tab.evaluate(async (road) => {
        const { store } = await import(new URL("../assets/site.js", location.href).href);
        store.set("plans", road, null);
      }, ROAD);
      await tab.waitForFunction(() => document.querySelector(".chart-own").hidden);
      check((await bars(tab)) === before, "the chart does not come back");
    },

    async "hostile state is text or nothing"() {
      const state = { plans: { [ROAD]: { hours: "<b>", week: [0, 0, 0, 0, 0, 0, 0], start: "2027-02-31" } }, picks: { "pick-language": ["__proto__", "constructor"] }, topics: { constructor: "done" } };
      const tab = await open(PAGE, { state });
      await ready(tab);
      const { rows } = await drawn(tab);
      check(rows.every(({ x }) => x === null || (x >= 0 && x <= 100)), "a bar lies outside");
      const numbers = await tab.evaluate(() => /NaN|Infinity|undefined|null/.test(document.querySelector("main").textContent));
      check(!numbers, "a number that is none");
    },

    async "a road that does not load"() {
      const tab = await open("", { expects: true });
      await tab.route("**/road.json", (route) => route.fulfill({ status: 500, body: "" }));
      await tab.goto(home + PAGE);
      await tab.waitForFunction(() => /could not be loaded/.test(document.querySelector(".tuner-said")?.textContent));
      check((await tab.locator(".tuner input").count()) === 0, "controls that cannot work");
    },
  };
}

/** Whether the bars are those of these stages, in hours: core stages one after the other, bonus stages after them. */
function fit(check, rows, { stages, bonus }) {
  const sums = { core: [0, 0], bonus: [0, 0] };
  const bars = stages.map(([min, max], at) => {
    const before = [0, 1].map((end) => sums.core[end] + (bonus[at] ? sums.bonus[end] : 0));
    const sum = sums[bonus[at] ? "bonus" : "core"];
    sum[0] += min;
    sum[1] += max;
    return { x: before[0], solid: min, whole: before[1] + max - before[0] };
  });
  const length = Math.max(...bars.map(({ x, whole }) => x + whole));
  rows.forEach((row, at) => {
    for (const [name, hours] of Object.entries(bars[at])) {
      const wanted = (hours / length) * 100;
      check(Math.abs(row[name] - wanted) < 0.02, `${row.id}: ${name} is ${row[name]} and should be ${wanted}`);
    }
  });
}
