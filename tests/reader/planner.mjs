// The page of a reader's own plan in a real browser: `node planner.mjs chromium site path small questions`, as
// `tests/reader_planner.rs` calls it. `questions` holds what the program answers. Each failure is printed on a line; the
// status is 1 if there is any.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sideways } from "../browser/inside.mjs";
import { serve } from "../browser/server.mjs";
import { beside } from "../browser/validate.mjs";
import { differences, lines, linkOf, reckoned, shown, written } from "./plan-answers.mjs";

const { chromium } = createRequire(beside("package.json"))("playwright-core");
const [executablePath, site, path, small, questions] = process.argv.slice(2);
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const ASKED = JSON.parse(readFileSync(questions, "utf8"));
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

setTimeout(() => (console.log("the tests of the plan took more than 3 minutes"), process.exit(1)), 180_000).unref();

/** Places far apart, with the day that it is there at three in the morning of 2027-01-01 in London. */
const PLACES = {
  "America/New_York": "2026-12-31",
  "Europe/Berlin": "2027-01-01",
  "Asia/Kolkata": "2027-01-01",
  "Pacific/Apia": "2027-01-01",
  "Australia/Lord_Howe": "2027-01-01",
};

const failures = [];
const check = (held, what) => held || failures.push(what);
const servers = { site: await serve(site, path), small: await serve(small, "/") };
const home = servers.site.home;
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

async function open(settings, address, before) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...settings,
  });
  const tab = await context.newPage();
  tab.on("request", (request) => {
    const own = [servers.site.home, servers.small.home, "blob:"].some((start) => request.url().startsWith(start));
    check(own, `asks others: ${request.url()}`);
  });
  tab.on("console", (message) => {
    const icon = message.location().url.endsWith("/favicon.ico");
    check(!["error", "warning"].includes(message.type()) || tab.expects || icon, `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  await before?.(tab);
  await tab.goto(address);
  return tab;
}

const plan = (road, fragment = "") => `${home}${road}/plan/${fragment}`;
const [SAVE, COPY] = [0, 1].map((at) => `.plan-answer button >> nth=${at}`);
const [KEEP, LEAVE] = [0, 1].map((at) => `.plan-linked button >> nth=${at}`);
const END = ".plan-end:not(:empty)";
const end = (tab) => tab.locator(END).textContent();
const kept = (tab) =>
  tab.evaluate(() => localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith("roadbook:")) ?? ""));

/** Does something, and waits until the page says another end. */
async function changes(tab, act) {
  const before = await end(tab);
  await act();
  await tab.waitForFunction((before) => document.querySelector(".plan-end").textContent !== before, before);
}

/** Opens all stages, until there are so many steps. */
async function steps(tab, length) {
  await tab.evaluate(() => document.querySelectorAll(".leg").forEach((leg) => (leg.open = true)));
  await tab.waitForFunction((length) => document.querySelectorAll(".leg tbody tr").length === length, length);
}

/** Opens the link that asks a question. */
async function follow(tab, question) {
  const [road, link] = linkOf(question);
  await tab.goto(plan(road));
  await tab.goto(plan(road, link));
  await tab.locator(".plan-linked").waitFor();
  return [road, link];
}

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
    await follow(tab, ASKED.find(({ calendar }) => !calendar).question);
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
      const start = await tab.inputValue("#rb-plan-start");
      check(start === today, `${timezoneId}: begins on ${start}, today is ${today}`);
      await tab.context().close();
    }
  },

  async "is made with the keyboard alone"() {
    const tab = await open({}, plan("six-steps"), (tab) => tab.clock.setFixedTime(new Date("2027-03-01T12:00:00Z")));
    await tab.locator(END).waitFor();
    const press = (...keys) =>
      keys.reduce((before, key) => before.then(() => tab.keyboard.press(key)), Promise.resolve());
    /** Tab until this has the focus. */
    const reach = async (selector) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await tab.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
        await press("Tab");
      }
      check(false, `Tab does not lead to ${selector}`);
    };
    await reach(".plan-way [type=number]");
    await changes(tab, () => tab.keyboard.type("2"));
    check(/"hours":2\b/.test(await kept(tab)), "hours are not kept");
    await changes(tab, () => tab.keyboard.type("9"));
    await tab.keyboard.type("99");
    await tab.locator("[aria-invalid]").waitFor();
    check(/"hours":29\b/.test(await kept(tab)), "hours that cannot be are kept");
    check((await tab.locator("#rb-plan-wrong").textContent()) !== "", "nothing is said of hours that cannot be");
    await press("Backspace", "Backspace");
    check((await tab.locator("[aria-invalid]").count()) === 0, "what was mended is still called wrong");
    // By weekday: an hour on Mondays.
    await press("Shift+Tab", "ArrowDown");
    await tab.locator(".plan-days").waitFor();
    check((await tab.locator(".plan-days input").count()) === 7, "a week has not seven days");
    await reach(".plan-days input");
    for (const hours of "1000000") {
      await press("Control+a");
      await tab.keyboard.type(hours);
      await press("Tab");
    }
    check(/"week":\[1,0,0,0,0,0,0\]/.test(await kept(tab)), "hours of weekdays are not kept");
    const days = await tab.evaluate(async () => {
      const { reckon } = await import(new URL("../../assets/plan-reckon.js", location.href).href);
      const { loadRoad, store } = await import(new URL("../../assets/site.js", location.href).href);
      const plan = reckon(await loadRoad("six-steps"), {
        known: new Set(),
        picks: {},
        settings: store.get("plans", "six-steps"),
      });
      return [
        ...new Set(
          plan.days.steps
            .flatMap(({ first, last }) => [...first, ...last])
            .filter(Boolean)
            .map((day) => new Date(day).getUTCDay()),
        ),
      ];
    });
    check(String(days) === "1", `with Mondays alone it works on days ${days}`);
    // The first day, then a day off.
    await reach("#rb-plan-start");
    await changes(tab, () => tab.locator("#rb-plan-start").fill("2027-03-08"));
    await reach(".plan-off-part > summary");
    await press("Enter");
    await reach(".plan-add input");
    await tab.locator(".plan-add input").first().fill("2027-03-08");
    await tab.locator(".plan-add input").nth(1).fill("2027-03-14");
    await changes(tab, () => press("Enter"));
    check(/"off":\[\["2027-03-08","2027-03-14"\]\]/.test(await kept(tab)), "days off are not kept");
    const [first] = await steps(
      tab,
      await tab.evaluate(() => Number(document.querySelector(".plan-answer dd").textContent)),
    );
    check(/Mar 15/.test(first.cells[3]), `the first topic begins ${first.cells[3]}, in the days off`);
    await tab.reload();
    await tab.locator(END).waitFor();
    check((await tab.inputValue("#rb-plan-start")) === "2027-03-08", "the first day does not survive a reload");
    await tab.locator(".plan-off-part > summary").focus();
    await press("Enter");
    await reach(".plan-off button");
    await changes(tab, () => press("Enter"));
    check(
      await tab.evaluate(() => document.activeElement.matches("summary")),
      "the focus is lost when a day off is taken out",
    );
    // What is wanted, found by its name.
    await reach(".plan-wanted > summary");
    await press("Enter");
    await reach(".plan-wanted [type=search]");
    await tab.keyboard.type("docker");
    await reach(".plan-wanted [type=checkbox]");
    await changes(tab, () => press("Space"));
    check(/"to":\["docker"\]/.test(await kept(tab)), "what is wanted is not kept");
    await changes(tab, () => tab.locator(".plan-chosen button").press("Enter"));
    check(!/"to":\["docker"\]/.test(await kept(tab)), "what is wanted no more is kept");
    await tab.context().close();
  },

  async "knows what the reader knows"() {
    const tab = await open({}, plan("thirteen-stages"));
    await tab.locator(END).waitFor();
    const left = () => tab.locator(".plan-answer dd").first().textContent();
    const before = Number(await left());
    await tab.locator(".plan-known > summary").click();
    await tab.locator(".plan-known .plan-stages summary").first().click();
    const box = tab.locator(".plan-known .plan-stages [type=checkbox]").first();
    await box.check();
    await tab.waitForFunction(
      (before) => Number(document.querySelector(".plan-answer dd").textContent) < before,
      before,
    );
    check(/"value":"done"/.test(await kept(tab)), "what is known is not marked as done");
    // Another tab, at the same time.
    const other = await tab.context().newPage();
    await other.goto(plan("thirteen-stages"));
    await other.locator(END).waitFor();
    check(
      (await other.locator(".plan-answer dd").first().textContent()) === (await left()),
      "another tab does not know it",
    );
    await box.uncheck();
    await other.waitForFunction(
      (before) => Number(document.querySelector(".plan-answer dd").textContent) === before,
      before,
    );
    check((await left()) === String(before), "what is unticked is still left out");
    await tab.context().close();
  },

  async "picks change the plan"() {
    const tab = await open({}, servers.small.home + "road/plan/");
    await tab.locator(END).waitFor();
    const hrefs = () =>
      tab.locator(".leg tbody a").evaluateAll((links) => links.map((link) => link.href.split("/").at(-2)).join(" "));
    check((await hrefs()) === "networks unknown one three four", `at first: ${await hrefs()}`);
    const gone = (word) => tab.waitForFunction((word) => !document.querySelector(`.leg a[href$="/${word}/"]`), word);
    await tab.locator("#rb-pick-pick-one-two").check();
    await gone("one");
    check(/\bgit\b/.test(await hrefs()), "what is for the pick is not in the plan");
    check(
      await tab.locator("#rb-pick-pick-one-two").evaluate((input) => input === document.activeElement),
      "the focus is lost on a pick",
    );
    // Two at least: the second last one stays. Three at most: a fourth takes the place of the first.
    await tab.locator("#rb-pick-pick-more-three").click();
    check(await tab.locator("#rb-pick-pick-more-three").isChecked(), "fewer than the choice asks for");
    await tab.locator("#rb-pick-pick-more-five").check();
    await tab.locator("#rb-pick-pick-more-six").check();
    await gone("three");
    check(/four five six/.test(await hrefs()), `after four picks: ${await hrefs()}`);
    await tab.locator("#rb-pick-pick-more-five").uncheck();
    await gone("five");
    check(
      JSON.stringify(JSON.parse(await kept(tab)).picks["pick-more"].value) === '["four","six"]',
      "picks are not kept",
    );
    await tab.context().close();
  },

  async "a link tells the same plan, and changes nothing"() {
    const tab = await open({ permissions: ["clipboard-read", "clipboard-write"] }, plan("twenty-hours-a-week"));
    await tab.locator(END).waitFor();
    await tab.evaluate(async () => {
      const { store } = await import(new URL("../../assets/site.js", location.href).href);
      store.set("plans", "twenty-hours-a-week", {
        week: [2, 0, 1.5, 0, 0, 0, 4],
        start: "2027-03-20",
        off: [
          ["2027-04-01", "2027-04-05"],
          ["2027-05-01", "2027-05-01"],
        ],
        to: ["caching"],
      });
      store.set("topics", "dns", "done");
    });
    await tab.waitForFunction(() => /2027/.test(document.querySelector(".plan-end").textContent));
    const [said, mine] = [await end(tab), await kept(tab)];
    await tab.locator(COPY).click();
    await tab.locator(".plan-actions [role=status]:not(:empty)").waitFor();
    const link = await tab.evaluate(() => navigator.clipboard.readText());
    check(
      link ===
        plan(
          "twenty-hours-a-week",
          "#plan=1&start=2027-03-20&week=2,0,1.5,0,0,0,4&off=2027-04-01..2027-04-05,2027-05-01&to=caching&known=dns",
        ),
      `the link is ${link}`,
    );
    check((await kept(tab)) === mine, "copying changes what is kept");
    const other = await open({}, link);
    await other.locator(END).waitFor();
    check((await end(other)) === said, `the link tells “${await end(other)}”, not “${said}”`);
    check(await other.evaluate(() => localStorage.length === 0), "a link changes what the reader keeps");
    await other.locator(".plan-way input[value=weekly]").check();
    await other.waitForFunction((said) => document.querySelector(".plan-end").textContent !== said, said);
    check(await other.evaluate(() => localStorage.length === 0), "trying out a link changes what the reader keeps");
    await other.reload();
    await other.locator(END).waitFor();
    await other.locator(KEEP).click();
    await other.locator(".plan-linked").waitFor({ state: "detached" });
    check(
      (await end(other)) === said && !(await other.evaluate(() => location.hash)),
      "a plan that was made the reader's is another one",
    );
    const [a, b] = [JSON.parse(mine), JSON.parse(await kept(other))];
    check(
      JSON.stringify(a.plans["twenty-hours-a-week"].value) === JSON.stringify(b.plans["twenty-hours-a-week"].value) &&
        b.topics.dns.value === "done",
      "making it mine keeps something else",
    );
    await other.context().close();
    // Without a clipboard the address is there to copy.
    await tab.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await tab.locator(COPY).click();
    await tab.locator(".plan-address input").waitFor();
    check((await tab.locator(".plan-address input").inputValue()) === link, "without a clipboard there is no address");
    await tab.context().close();
  },

  async "hostile links are plans"() {
    const tab = await open({}, plan("six-steps"));
    await tab.locator(END).waitFor();
    const usual = await tab.locator(".plan-answer dd").first().textContent();
    for (const link of HOSTILE) {
      await tab.evaluate((link) => (location.hash = link), link);
      await tab.waitForFunction(
        (link) => document.querySelector(".plan-linked") && !document.querySelector(".plan-end").dataset.seen,
        link,
      );
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
      own: async () => {},
      open: (tab) =>
        tab.evaluate(() => document.querySelectorAll(".planner details").forEach((one) => (one.open = true))),
      found: (tab) => tab.locator(".plan-known [type=search]").fill("s"),
      weekdays: (tab) =>
        tab.evaluate(
          () =>
            (location.hash =
              "plan=1&week=1,1,1,1,1,0,0&off=2027-01-01..2027-02-01&start=2020-01-01&to=one,networks,git"),
        ),
      nothing: (tab) =>
        tab.evaluate(() => (location.hash = "plan=1&known=one,two,three,four,five,six,git,networks,unknown")),
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
        if (state === "found") await tab.locator(".plan-known .plan-said:not(:empty)").waitFor();
        if (state === "weekdays" || state === "nothing")
          await tab.waitForFunction(() => document.querySelector(".plan-linked"));
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

for (const [name, run] of Object.entries(cases)) {
  const before = failures.length;
  const start = performance.now();
  await run().catch((error) => failures.push(String(error.stack).slice(0, 600)));
  failures.splice(before, failures.length, ...failures.slice(before).map((one) => `${name}: ${one}`));
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await browser.close();
for (const server of Object.values(servers)) server.close();
for (const one of failures) console.log(`failed: ${one}`);
process.exit(failures.length ? 1 : 0);
