// What readers mark, write and pick on the pages of topics, roadmaps and stages, in a real browser:
// `node guide.mjs chromium site path`, as `tests/reader.rs` calls it with `ways/` built. Each failure is printed on
// a line; the status is 1 if there is any.

import { readFileSync } from "node:fs";
import { launch } from "../browser/chromium.mjs";
import { sideways } from "../browser/inside.mjs";
import { serve } from "../browser/server.mjs";
import { beside } from "../browser/validate.mjs";
import { notes } from "./guide-notes.mjs";
import { isOfIcon } from "../browser/cases.mjs";

const [executablePath, site, path] = process.argv.slice(2);
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const KEY = `roadbook:${path}`;
const AT = Date.parse("2026-05-03T12:00:00Z");
const ROAD = "**/plan/road.json";

const failures = [];
setTimeout(() => (console.log([...failures, "the tests took more than 3 minutes"].join("\n")), process.exit(1)), 180_000).unref();
let name = "";
const check = (held, what) => held || failures.push(`${name}: ${what}`);
const same = (found, wanted, what) => check(JSON.stringify(found) === JSON.stringify(wanted), `${what}: ${JSON.stringify(found)}`);
const server = await serve(site, path);
const browser = await launch(executablePath);

/** A browser of a reader who has kept this. */
async function reader({ topics = {}, notes = {}, picks = {}, ...settings } = {}) {
  const entries = (values) => Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, at: AT }]));
  const state = { format: 1, topics: entries(topics), notes: entries(notes), picks: entries(picks), plans: {} };
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  await context.addInitScript(([key, text]) => localStorage.getItem(key) ?? localStorage.setItem(key, text), [KEY, JSON.stringify(state)]);
  return context;
}

async function open(context, address) {
  const tab = await context.newPage();
  tab.asked = [];
  tab.on("request", (request) => {
    tab.asked.push(request.url());
    check(request.url().startsWith(server.home), `asks others: ${request.url()}`);
  });
  tab.on("console", (message) => {
    check(!["error", "warning"].includes(message.type()) || tab.expects || isOfIcon(message), `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  await tab.goto(server.home + address);
  return tab;
}

/** Waits until the page loads nothing more. */
const quiet = (tab) => tab.waitForLoadState("networkidle");

const texts = (tab, selector) => tab.locator(selector).allTextContents();
const kept = (tab, section, id) => tab.evaluate(([key, section, id]) => JSON.parse(localStorage.getItem(key))[section][id]?.value, [KEY, section, id]);
const loads = (tab, file) => tab.asked.some((url) => url.endsWith(file));
/** Waits until an element says this. */
const says = (tab, selector, text) => tab.locator(selector, { hasText: text }).first().waitFor({ state: "attached", timeout: 15_000 });
const pressed = async (tab) => (await tab.locator("[data-mark]").first().waitFor(), tab.locator("[data-mark]").evaluateAll((all) => all.filter((one) => one.ariaPressed === "true").map((one) => one.dataset.mark)));

/** Nothing for axe to find, in this state of the page, in both modes and at both sizes; nothing stands out. */
async function looks(tab, state) {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["dark", 360], ["light", 360]]) {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width, height: 900 });
    const mode = `${state} ${colorScheme} ${width}`;
    const { scroll, client, out } = await tab.evaluate(sideways);
    check(scroll <= client && !out.length, `${mode}: too wide: ${out[0] ?? scroll}`);
    await tab.evaluate(AXE);
    const found = await tab.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`));
    for (const one of found) check(false, `${mode}: axe: ${one}`);
  }
  await tab.emulateMedia({ colorScheme: "light" });
  await tab.setViewportSize({ width: 1280, height: 900 });
}

const cases = {
  ...notes({ key: KEY, server, reader, open, looks, kept, says, check, same }),

  async "a topic is marked and opened again"() {
    const tab = await open(await reader(), "topics/root/");
    await quiet(tab);
    check(!loads(tab, "road.json") && !loads(tab, "reckon.js") && !loads(tab, "note.js"), "more is loaded than a page needs");
    same(await pressed(tab), [], "pressed at first");
    await tab.click("[data-mark=doing]");
    same(await pressed(tab), ["doing"], "pressed");
    check((await tab.locator(".ahead").count()) === 0, "what comes next is told before the topic is done");
    await tab.click("[data-mark=done]");
    await says(tab, ".ahead h2", "Open to you now");
    same([await pressed(tab), await kept(tab, "topics", "root")], [["done"], "done"], "done");
    same(await texts(tab, ".ahead li a"), ["Ada"], "what it opens, with the author's pick");
    same(await tab.locator(".ahead").evaluate((box) => box.parentElement.role), "status", "is announced as");
    const today = await tab.evaluate(() => new Intl.DateTimeFormat("en-CA").format());
    same(await tab.locator(".since time").getAttribute("datetime"), today, "day of the mark");
    await looks(tab, "done");
    await tab.reload();
    same(await pressed(tab), ["done"], "after a reload");
    await tab.click("[data-mark=done]");
    same([await pressed(tab), await kept(tab, "topics", "root")], [[], null], "opened again");
    check((await tab.locator(".since").textContent()) === "", "a day is left of a mark that is gone");
    await tab.context().close();
  },

  async "a topic is marked by keys alone"() {
    const tab = await open(await reader({ topics: { solo: "done" } }), "topics/deep/");
    await quiet(tab);
    const press = async (key) => (await tab.keyboard.press(key), pressed(tab));
    same([await press("w"), await press("d"), await press("s"), await press("s")], [["doing"], ["done"], ["skipped"], []], "keys");
    await says(tab, ".reader > [role=status]", "Open again");
    await tab.locator("[data-mark=doing]").focus();
    await tab.keyboard.press("Tab");
    same(await press("Space"), ["done"], "Tab and Space");
    await says(tab, ".ahead h2", "What comes next");
    same(await texts(tab, ".ahead li a"), ["Root"], "with nothing opened, the next one");
    await tab.keyboard.press("m");
    await tab.waitForFunction(() => document.activeElement.localName === "textarea");
    await tab.context().close();
  },

  async "the last topic of a road"() {
    const topics = { root: "done", ada: "done", "ada-tools": "skipped", fa: "done" };
    const tab = await open(await reader({ topics }), "topics/deep/");
    await tab.click("[data-mark=skipped]");
    await says(tab, ".ahead h2", "All of it is done.");
    check((await tab.locator(".ahead li").count()) === 0, "something is left to learn");
    await tab.context().close();
  },

  async "the shortest way here"() {
    const tab = await open(await reader(), "topics/deep/");
    await quiet(tab);
    check(!loads(tab, "road.json") && !loads(tab, "reckon.js"), "the road is loaded before anybody asks");
    await tab.click(".way-here summary");
    await says(tab, ".missing", "Still missing before this: 2 topics, 12 h.");
    same(await texts(tab, ".way-here ol a"), ["Root", "Ada"], "the way");
    same(await texts(tab, ".way-here ol small"), ["2 h", "10 h"], "efforts");
    await says(tab, ".way-here .none", "In all: 12 h");
    same(await texts(tab, ".way-here option"), ["The way", "The other road"], "roads");
    await tab.selectOption(".way-here select", "other");
    await says(tab, ".missing", "2 topics, 2 h, 1 topic of unknown effort");
    same(await texts(tab, ".way-here ol a"), ["Root", "Solo"], "the way on the other road");
    await looks(tab, "way");
    await tab.setViewportSize({ width: 360, height: 800 });
    await tab.locator(".narrow-only .way-here").waitFor();
    await tab.goto(`${server.home}topics/deep/`);
    await tab.locator(".way-here select").waitFor({ state: "attached" });
    check((await tab.locator(".way-here select").inputValue()) === "other", "the road is forgotten");
    await tab.context().close();
  },

  async "what is done is not missing"() {
    const context = await reader({ topics: { root: "done", solo: "skipped", ada: "doing" } });
    const tab = await open(context, "topics/deep/");
    await says(tab, ".missing", "Still missing before this: 1 topic, 10 h.");
    const other = await open(context, "topics/basic/");
    await says(other, ".missing", "All prerequisites are done.");
    check(!(await other.locator(".way-here summary").isVisible()), "a way is offered where nothing is missing");
    await other.click("[data-mark=done]");
    await says(tab, ".missing", "All prerequisites are done.");
    check(!(await other.locator(".way-here").isVisible()), "a way is offered to what is done");
    const lonely = await open(context, "topics/lonely/");
    await quiet(lonely);
    same([await lonely.locator(".way-here").count(), await lonely.locator("[data-mark]").count()], [0, 3], "on no road: ways, marks");
    await lonely.click("[data-mark=done]");
    check((await lonely.locator(".ahead").count()) === 0, "on no road, something comes next");
    await context.close();
  },

  async "a road that cannot be loaded"() {
    const tab = await open(await reader(), "topics/deep/");
    tab.expects = true;
    await tab.route(ROAD, (route) => route.fulfill({ status: 500, body: "" }));
    await tab.click(".way-here summary");
    await says(tab, ".missing", "could not be loaded");
    await tab.click("[data-mark=done]");
    await tab.waitForFunction(() => document.querySelector(".reader > [role=status]").textContent === "Done");
    await tab.click("[data-mark=done]");
    await tab.unroute(ROAD);
    await tab.click(".way-here summary");
    await tab.click(".way-here summary");
    await says(tab, ".missing", "Still missing before this: 2 topics");
    await tab.goto(`${server.home}way/`);
    await tab.route(ROAD, (route) => route.abort());
    await tab.click(".road-panel summary");
    await says(tab, ".road-panel", "could not be loaded");
    await tab.context().close();
  },

  async "a road of a reader who has kept nothing"() {
    const tab = await open(await reader(), "way/");
    await quiet(tab);
    check(!loads(tab, "road.json") && !loads(tab, "reckon.js"), "the road is loaded before anybody asks");
    same(await tab.locator(".road-panel").getAttribute("open"), null, "the panel is open");
    same(await texts(tab, ".stage .reader"), [], "figures at stages");
    await tab.click(".road-panel summary");
    await says(tab, ".road-panel", "0 of 5 topics done");
    await says(tab, ".figures", "28 h left of 28 h");
    same(await texts(tab, ".up-next li a"), ["Root"], "what next");
    same(await tab.locator("[data-off]").count(), 0, "left out before anything is picked");
    same((await texts(tab, ".stage .reader")).join(""), "", "figures at stages");
    same(await tab.locator(".how-far a").getAttribute("href"), `${server.home}way/plan/`, "the plan");
    await looks(tab, "nothing kept");
    await tab.context().close();
  },

  async "figures and what comes next"() {
    const tab = await open(await reader({ topics: { root: "done", "ada-tools": "skipped", fa: "doing", late: "done" } }), "way/");
    await says(tab, ".road-panel", "1 of 4 topics done");
    await says(tab, ".figures", "1 in progress");
    await says(tab, ".how-far .none", "optional: 1 of 2 topics done");
    same(await texts(tab, ".up-next li a"), ["Ada"], "what next");
    same(await tab.locator(".road-panel progress").evaluate(({ value, max }) => [value, max]), [1, 4], "the bar");
    same(await texts(tab, ".stage .reader"), ["1 of 2 done · 10 h left", "0 of 2 done", "1 of 1 done"], "figures at stages");
    same(await tab.locator(".stage[data-done]").evaluateAll((all) => all.map(({ id }) => id)), ["rb-stage-more"], "stages that are done");
    await looks(tab, "figures");
    const other = await open(tab.context(), "topics/ada/");
    await other.click("[data-mark=done]");
    await says(tab, ".road-panel", "2 of 4 topics done");
    same(await texts(tab, ".up-next li a"), ["Frame A", "Deep"], "in progress first");
    same(await tab.locator(".stage[data-done]").count(), 2, "stages that are done");
    await tab.context().close();
  },

  async "picks"() {
    const tab = await open(await reader(), "way/");
    await tab.click(".road-panel summary");
    await tab.click(".own-choices summary");
    same(await texts(tab, ".own-choice legend"), ["Language Pick 1 of 2", "Frameworks Pick 1–2 of 3"], "choices");
    await says(tab, ".own-choice", "Until you decide, your figures count on: Ada.");
    await says(tab, ".own-choice label", "the author's pick");
    await looks(tab, "choices");
    const off = () => tab.locator(".map [data-off]").evaluateAll((all) => all.map((one) => one.getAttribute("href").split("/").at(-2)).sort());
    const box = (id) => tab.locator(`.own-choice input[value="${id}"]`);
    await box("fa").check();
    await box("fb").check();
    await tab.waitForFunction(() => document.querySelector('.own-choice input[value="fc"]').disabled);
    await tab.waitForFunction(() => document.querySelectorAll(".map [data-off]").length === 1);
    same(await off(), ["fc"], "left out by two frameworks");
    same(await kept(tab, "picks", "frame"), ["fa", "fb"], "kept");
    await says(tab, ".own-choices", "1 of 2 made");
    await box("basic").focus();
    await tab.keyboard.press("Space");
    await says(tab, ".road-panel", "0 of 3 topics done");
    await tab.waitForFunction(() => document.querySelectorAll(".map [data-off]").length === 5);
    same(await off(), ["ada", "ada-tools", "fa", "fb", "fc"], "left out by the other language");
    check(!(await box("fa").isVisible()), "a choice that concerns nobody is shown");
    same(await tab.locator(".map [data-off]").first().evaluate((one) => document.getElementById(one.getAttribute("aria-describedby")).textContent), "not among your picks", "told as");
    same(await tab.locator(".steps [data-off]").count(), 5, "left out of the list");
    same(await tab.evaluate(() => document.activeElement.value), "basic", "the focus");
    await looks(tab, "left out");
    await box("").check();
    await tab.waitForFunction(() => document.querySelectorAll(".map [data-off]").length === 1);
    same(await kept(tab, "picks", "lang"), null, "no pick");
    await tab.context().close();
  },

  async "a pick of the same choice on another road stays"() {
    const tab = await open(await reader({ picks: { lang: ["cobol", "ada"] } }), "way/");
    await tab.click(".own-choices summary");
    await tab.locator('.own-choice input[value="basic"]').check();
    same(await kept(tab, "picks", "lang"), ["cobol", "basic"], "kept");
    await tab.context().close();
  },

  async "a stage"() {
    const tab = await open(await reader({ topics: { root: "done" } }), "way/start/");
    await says(tab, ".road-panel", "1 of 3 topics done");
    same(await texts(tab, ".up-next li a"), ["Ada"], "what next");
    const own = tab.locator("#rb-choice-lang > .reader");
    await own.locator("summary").click();
    await own.locator('input[value="basic"]').check();
    await says(tab, ".road-panel", "1 of 2 topics done");
    await says(tab, "#rb-choice-lang > .reader summary", "Basic");
    same(await tab.locator(".topic-list [data-off]").count(), 2, "left out of the list");
    await looks(tab, "a stage");
    const other = await open(tab.context(), "topics/basic/");
    await other.click("[data-mark=done]");
    await says(tab, ".road-panel", "2 of 2 topics done");
    await tab.locator(".stage-page[data-done]").waitFor();
    same(await texts(tab, ".up-next li"), ["Deep8 hMiddle"], "what next on the road");
    await tab.context().close();
  },

  async "a stage of a reader who has kept nothing"() {
    const tab = await open(await reader(), "way/start/");
    await quiet(tab);
    check(!loads(tab, "road.json"), "the road is loaded before anybody asks");
    await tab.click("#rb-choice-lang > .reader summary");
    await tab.locator('#rb-choice-lang input[value="ada"]').check();
    await tab.waitForFunction(() => document.querySelectorAll(".topic-list [data-off]").length === 1);
    same(await kept(tab, "picks", "lang"), ["ada"], "kept");
    await tab.context().close();
  },

  async "roads without stages, efforts or topics"() {
    const context = await reader({ topics: { alpha: "done" } });
    const flat = await open(context, "flat/");
    await says(flat, ".road-panel", "1 of 2 topics done");
    same(await flat.locator(".figures").isVisible(), false, "hours of a road without efforts");
    await says(flat, ".how-far .none", "1 topic of unknown effort");
    same(await texts(flat, ".stage .reader"), ["1 of 1 done", "0 of 1 done"], "figures at stages");
    same(await flat.locator(".own-choices details").count(), 0, "choices");
    const empty = await open(context, "empty/");
    await says(empty, ".up-next", "All of it is done.");
    await looks(empty, "an empty road");
    await context.close();
  },

  async "without scripts"() {
    const context = await reader({ javaScriptEnabled: false });
    for (const address of ["topics/deep/", "way/", "way/start/"]) {
      const tab = await open(context, address);
      const found = await tab.locator("main").evaluate((main) => [main.querySelectorAll("button, input, select, textarea").length, main.querySelector(".reader").getBoundingClientRect().height]);
      same(found, [0, 0], `${address}: controls, room for them`);
    }
    await context.close();
  },

  async "nothing jumps"() {
    const pages = ["topics/deep/", "way/", "way/start/"].flatMap((address) => [1280, 360].map((width) => [address, width]));
    for (const [address, width] of pages) {
      const context = await reader({ viewport: { width, height: 900 } });
      const tab = await context.newPage();
      await tab.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value))).observe({ type: "layout-shift", buffered: true });
      });
      await tab.route("**/assets/{topic,roadmap}.js", async (route) => {
        await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        await route.continue();
      });
      await tab.goto(server.home + address);
      await tab.locator("main .reader").first().locator("> *").first().waitFor();
      if (address.startsWith("topics/")) await tab.locator(".way-here").waitFor();
      await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const shift = await tab.evaluate(() => window.shift);
      check(shift < 0.01, `${address} at ${width}: moves by ${shift}`);
      await context.close();
    }
  },
};

const only = process.env.ONLY;
for (const [title, run] of Object.entries(cases)) {
  if (only && !title.includes(only)) continue;
  name = title;
  const start = performance.now();
  await run().catch((error) => failures.push(`${title}: ${error.message.split("\n").slice(0, 3).join(" ")}`));
  if (process.env.TIMES) console.log(`${title}: ${Math.round(performance.now() - start)} ms`);
}
await browser.close();
server.close();
failures.forEach((failure) => console.log(failure));
process.exit(failures.length ? 1 : 0);
