// The page of a reader's own plan in a real browser: `node planner.mjs chromium site path small questions`, as
// `tests/reader/plan.rs` calls it. `questions` holds what the program answers. Each failure is printed on a line; the
// status is 1 if there is any.

import { readFileSync } from "node:fs";
import { sideways } from "../browser/inside.mjs";
import { beside } from "../browser/validate.mjs";
import { differences, lines, linkOf, reckoned, shown, written } from "./plan-answers.mjs";
import {
  ASKED,
  END,
  LEAVE,
  SAVE,
  browser,
  check,
  end,
  failures,
  follow,
  home,
  open,
  plan,
  servers,
  steps,
  turn,
} from "./plan-page.mjs";
import { uses } from "./plan-uses.mjs";
import { run } from "../browser/cases.mjs";

const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const HOSTILE = [
  "plan",
  "plan=",
  "plan=1&hours=NaN",
  "plan=1&hours=-5",
  "plan=1&hours=1e308",
  "plan=1&hours=0",
  "plan=1&hours=Infinity",
  "plan=1&week=1,2,3",
  "plan=1&week=-1,1,1,1,1,1,1",
  "plan=1&week=NaN,,,,,,",
  "plan=1&week=25,25,25,25,25,25,25",
  "plan=1&start=2027-02-31",
  "plan=1&start=0000-00-00",
  "plan=1&start=9999-12-31",
  "plan=1&start=<b>",
  "plan=1&start=20270101",
  "plan=1&off=2027-02-31..2027-01-01,x..y,..,2027-01-01..9999-99-99",
  "plan=1&to=__proto__,constructor,<img src=x>",
  "plan=1&known=__proto__,toString,%00,%ff,%F0%9F%98%80",
  "plan=1&pick=__proto__:a,b&pick=:&pick=constructor",
  "plan=1&%&=&&&==",
  `plan=1&known=${"x,".repeat(60_000)}`,
  `plan=1&to=${"dns,".repeat(20_000)}`,
  `plan=1&off=${"2027-01-01,".repeat(20_000)}`,
  `plan=1&pick=${"x:".repeat(50_000)}`,
  "plan=1&hours=5&hours=x&start=2027-01-01&start=",
];

/** Places far apart, with the day that it is there at three in the morning of 2027-01-01 in London. */
const PLACES = {
  "America/New_York": "2026-12-31",
  "Europe/Berlin": "2027-01-01",
  "Asia/Kolkata": "2027-01-01",
  "Pacific/Apia": "2027-01-01",
  "Australia/Lord_Howe": "2027-01-01",
};

const cases = {
  async "says what the program says"() {
    const tab = await open({}, home);
    for (const { question, answer } of ASKED) {
      const link = await follow(tab, question);
      await steps(tab, answer.steps.length);
      const page = await tab.evaluate(shown);
      const found = differences(
        answer,
        await tab.evaluate(written, answer),
        page,
        await tab.evaluate(reckoned, link),
        home,
      );
      for (const one of found.slice(0, 5)) check(false, `${question}: ${one}`);
    }
    await tab.context().close();
  },

  async "saves the calendar that the program makes"() {
    const tab = await open({}, home);
    for (const { question, calendar } of ASKED.filter(({ calendar }) => calendar)) {
      const [road] = await follow(tab, question);
      const [file] = await Promise.all([tab.waitForEvent("download"), tab.locator(SAVE).click()]);
      check(file.suggestedFilename() === `${road}-plan.ics`, `the calendar is called ${file.suggestedFilename()}`);
      const [own, other] = [readFileSync(await file.path(), "utf8"), calendar].map(lines);
      const at = own.findIndex((line, at) => line !== other[at]);
      check(own.length === other.length && at < 0, `${question}: the calendar says ${own[at]}, not ${other[at]}`);
    }
    await follow(tab, ASKED.find(({ answer }) => String(answer.effort.hours) === "0,0").question);
    check(await tab.locator(SAVE).isDisabled(), "a calendar of no times");
    await tab.context().close();
  },

  async "days do not depend on the place"() {
    const { question, answer } = ASKED[1];
    const [road, link] = linkOf(question);
    const now = new Date("2027-01-01T03:00:00Z");
    for (const [timezoneId, today] of Object.entries(PLACES)) {
      const tab = await open({ timezoneId }, plan(road, link), (tab) => tab.clock.setFixedTime(now));
      await tab.locator(END).waitFor();
      await steps(tab, answer.steps.length);
      const found = await tab.evaluate(shown);
      const wanted = await tab.evaluate(written, answer);
      const same = found.steps.every(({ cells }, at) => String(cells.toSpliced(2, 1)) === String(wanted.steps[at]));
      check(found.end === wanted.end && same, `other days in ${timezoneId}: ${found.end}`);
      await tab.locator(LEAVE).click();
      await tab.locator(LEAVE).waitFor({ state: "detached" });
      await tab.locator(END).waitFor();
      const start = await tab.inputValue("#rb-plan-start");
      check(start === today, `${timezoneId}: begins on ${start}, today is ${today}`);
      await tab.context().close();
    }
  },

  async "hostile links are plans"() {
    const tab = await open({}, plan("six-steps"));
    await tab.locator(END).waitFor();
    const usual = await tab.locator(".plan-answer dd").first().textContent();
    for (const link of HOSTILE) {
      await turn(tab, link);
      const { count, foreign, said } = await tab.evaluate(() => ({
        count: document.querySelector(".plan-answer dd").textContent,
        foreign: document.querySelectorAll(".planner :is(b, img, script, iframe)").length,
        said: document.querySelector(".plan-end").textContent,
      }));
      check(foreign === 0, `${link.slice(0, 60)} brings elements of its own`);
      check(/^(Done|No end)/.test(said), `${link.slice(0, 60)} says ${said}`);
      const fewer = /to=dns|to=__proto__/.test(link) || Number(count) === Number(usual);
      check(fewer, `${link.slice(0, 60)}: ${count} topics, not ${usual}`);
    }
    await tab.evaluate(() => (location.hash = "plan=1&week=0,0,0,0,0,0,0"));
    await tab.waitForFunction(() => /^No end/.test(document.querySelector(".plan-end").textContent));
    check(await tab.locator(SAVE).isDisabled(), "a calendar without days");
    check(await tab.evaluate(() => localStorage.length === 0), "hostile links change what the reader keeps");
    await tab.context().close();
  },

  async "every state, for everyone"() {
    const states = {
      own: () => {},
      open: (tab) =>
        tab.evaluate(() => document.querySelectorAll(".planner details").forEach((one) => (one.open = true))),
      found: async (tab) => {
        await tab.locator(".plan-known [type=search]").fill("s");
        await tab.locator(".plan-known .plan-said:not(:empty)").waitFor();
      },
      weekdays: (tab) =>
        turn(tab, "plan=1&week=1,1,1,1,1,0,0&off=2027-01-01..2027-02-01&start=2020-01-01&to=one,networks,git"),
      nothing: (tab) => turn(tab, "plan=1&known=one,two,three,four,five,six,git,networks,unknown"),
    };
    for (const [width, colorScheme] of [
      [1280, "light"],
      [1280, "dark"],
      [360, "light"],
      [360, "dark"],
    ]) {
      const mobile = width === 360 ? { hasTouch: true, isMobile: true } : {};
      const tab = await open(
        { colorScheme, viewport: { width, height: 800 }, ...mobile },
        `${servers.small.home}road/plan/`,
      );
      await tab.locator(END).waitFor();
      await tab.evaluate(AXE);
      for (const [state, make] of Object.entries(states)) {
        await make(tab);
        const mode = `${state} ${colorScheme} ${width}`;
        const { scroll, client, out } = await tab.evaluate(sideways);
        check(scroll <= client && !out.length, `${mode}: too wide: ${out[0] ?? scroll}`);
        const found = await tab.evaluate(async () =>
          (await axe.run(document)).violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`),
        );
        for (const one of found) check(false, `${mode}: axe: ${one}`);
        if (width !== 360) continue;
        const low = await tab.evaluate(() =>
          [
            ...document.querySelectorAll(
              ".planner :is(button, select, summary, label:has([type=checkbox], [type=radio]), input:not([type=checkbox], [type=radio]))",
            ),
          ]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
            .map((one) => one.outerHTML.slice(0, 90)),
        );
        check(!low.length, `${mode}: too low to touch: ${low[0]}`);
        check((await tab.locator(".leg table").count()) === 0, `${mode}: a table on a telephone`);
      }
      check(
        (await tab.locator(".plan-end").textContent()) !== "" && (await tab.locator(".leg").count()) === 0,
        "with nothing left there are steps",
      );
      await tab.context().close();
    }
  },

  async "a road of two thousand topics"() {
    const topics = Array.from({ length: 2000 }, (_, at) => ({
      id: `t-${at}`,
      title: `Topic ${at} <b>`,
      stage: at < 1000 ? 0 : 1,
      needs: at % 1000 ? [at - 1] : undefined,
      effort: [1, 2],
    }));
    const stages = [
      { id: "a", title: "A" },
      { id: "b", title: "B" },
    ];
    const road = { format: 1, id: "six-steps", title: "Long", hours_per_week: 10, stages, topics };
    const tab = await open({}, plan("six-steps", "#plan=1&start=2027-01-01"), (tab) =>
      tab.route("**/plan/road.json", (route) => route.fulfill({ json: road })),
    );
    await tab.locator(END).waitFor();
    await tab.waitForFunction(() => document.querySelectorAll(".leg tbody tr").length === 1000);
    check((await tab.locator(".planner *").count()) < 12_000, "all of a long plan is made at once");
    const most = tab.evaluate(
      () =>
        new Promise((done) => {
          const second = document.querySelectorAll(".leg")[1];
          let most = 0;
          new MutationObserver((records) => {
            most = Math.max(
              most,
              records
                .filter(({ target }) => target.localName === "tbody")
                .reduce((sum, one) => sum + one.addedNodes.length, 0),
            );
            if (second.querySelectorAll("tbody tr").length === 1000) done(most);
          }).observe(second, { childList: true, subtree: true });
          second.querySelector("summary").click();
        }),
    );
    check((await most) <= 40, `${await most} rows are made in one go`);
    const words = await tab.evaluate(() => {
      const field = document.querySelector(".plan-known [type=search]");
      field.value = "topic";
      field.dispatchEvent(new Event("input"));
      return [
        document.querySelectorAll(".plan-known [type=checkbox]").length,
        document.querySelector(".plan-known .plan-said").textContent,
      ];
    });
    check(words[0] === 40 && /1960/.test(words[1]), `a field finds ${words}`);
    await tab.context().close();
  },

  async "without scripts, and without data"() {
    const without = await open({ javaScriptEnabled: false }, plan("six-steps"));
    check(/JavaScript/.test(await without.locator("main").textContent()), "nothing is said without scripts");
    check(
      (await without.locator("main :is(input, button, details):visible").count()) === 0,
      "a field that does nothing is shown",
    );
    await without.context().close();
    const tab = await open({}, home);
    tab.expects = true;
    await tab.route("**/plan/road.json", (route) => route.fulfill({ status: 500, body: "" }));
    await tab.goto(plan("six-steps"));
    await tab.locator(".planner [role=status]").waitFor();
    check(/did not load/.test(await tab.locator(".planner").textContent()), "nothing is said without data");
    await tab.context().close();
  },
};

const close = async () => {
  await browser.close();
  for (const server of Object.values(servers)) server.close();
};
await run({ ...cases, ...uses }, failures, { end: close });
