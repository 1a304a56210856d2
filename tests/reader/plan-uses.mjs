// What a reader does on the page of a plan.

import { shown } from "./plan-answers.mjs";
import { COPY, END, KEEP, changes, check, end, kept, open, plan, servers } from "./plan-page.mjs";

export const uses = {
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
    const [first] = (await tab.evaluate(shown)).steps;
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
    await tab.locator(END).waitFor();
    check((await left()) === String(before), "what is unticked is still left out");
    await tab.context().close();
  },

  async "picks change the plan"() {
    const tab = await open({}, servers.small.home + "road/plan/");
    await tab.locator(END).waitFor();
    const hrefs = () =>
      tab.locator(".leg tbody a").evaluateAll((links) => links.map((link) => link.href.split("/").at(-2)).join(" "));
    check((await hrefs()) === "networks one three four unknown", `at first: ${await hrefs()}`);
    const gone = (word) => tab.waitForFunction((word) => !document.querySelector(`.leg a[href$="/${word}/"]`), word);
    await tab.locator("#rb-pick-pick-one").focus();
    await tab.locator("#rb-pick-pick-one").selectOption("two");
    await gone("one");
    check(/\bgit\b/.test(await hrefs()), "what is for the pick is not in the plan");
    check(
      await tab.locator("#rb-pick-pick-one").evaluate((list) => list === document.activeElement),
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
};
