// The search page in a real browser: `node search.mjs chromium site path offline`, as `tests/search.rs` calls it. Each
// failure is printed on a line; the status is 1 if there is any.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { sideways } from "./inside.mjs";
import { serve } from "./server.mjs";
import { beside } from "./validate.mjs";
import { isOfIcon, run } from "./cases.mjs";

const [executablePath, site, path, offline] = process.argv.slice(2);
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const HOSTILE = [
  "a(b", "[", "\\", ".*+?^${}()|[]\\", "<b>bold</b>", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>",
  "\"'`&lt;&quot;", "$query $n $& $1", "__proto__", "constructor", "toString", "😀", "👩‍💻👩‍💻", "\ud800", "%00%ff", "../../etc/passwd",
  "x".repeat(10_000), "docker ".repeat(1_500), "😀".repeat(5_000), "\u202e\u0000\u200b", "   ",
];

setTimeout(() => (console.log("the search tests took more than 3 minutes"), process.exit(1)), 180_000).unref();

const failures = [];
const check = (held, what) => held || failures.push(what);
const server = await serve(site, path);
const browser = await launch(executablePath);

async function open(settings, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  const tab = await context.newPage();
  tab.asked = [];
  tab.on("request", (request) => {
    tab.asked.push(request.url());
    const own = request.url().startsWith(server.home) || request.url().startsWith("file:");
    check(own, `asks others: ${request.url()}`);
  });
  tab.on("console", (message) => {
    check(!["error", "warning"].includes(message.type()) || tab.expects || isOfIcon(message), `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  await tab.goto(address);
  return tab;
}

const search = `${server.home}search/`;
const first = (tab) => tab.locator(".found a").first();
const status = (tab) => tab.locator(".finder .count").textContent();
const focused = (tab) => tab.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("href") || "");

/** Asks, and waits until the page has answered this. */
async function ask(tab, query, wait = true) {
  await tab.locator("#rb-query").fill("");
  await tab.waitForFunction(() => document.querySelector(".count").textContent === "");
  await tab.locator("#rb-query").fill(query);
  if (wait) await tab.waitForFunction(() => document.querySelector(".count").textContent !== "");
  await tab.waitForLoadState("networkidle");
}

const cases = {
  async "the way there by key"() {
    const tab = await open({}, `${server.home}topics/docker/`);
    check(!tab.asked.some((url) => /search/.test(url)), "a topic page loads parts of the search");
    await tab.keyboard.press("/");
    await tab.waitForURL(search);
    await tab.waitForFunction(() => document.activeElement.id === "rb-query");
    await tab.keyboard.type("a/b");
    check((await tab.inputValue("#rb-query")) === "a/b", "a `/` that is typed is no text");
    await tab.context().close();
  },

  async "typing, arrows and Enter"() {
    const tab = await open({}, search);
    await tab.locator("#rb-query").pressSequentially("kuberntes", { delay: 15 });
    await first(tab).waitFor();
    await tab.waitForLoadState("networkidle");
    check((await first(tab).textContent()) === "Kubernetes (K8s)", `first for kuberntes: ${await first(tab).textContent()}`);
    check(/^\d+ results?$/.test(await status(tab)), `the status says: ${await status(tab)}`);
    check((await tab.locator(".found mark").first().textContent()) === "Kubernetes", "the word found is not marked");
    check(/·/.test(await tab.locator(".found .where").first().textContent()), "a result does not say where it lies");
    await tab.waitForURL(`${search}?q=kuberntes`);
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowDown");
    const second = await tab.locator(".found a").nth(1).getAttribute("href");
    check((await focused(tab)) === second, "two arrows do not lead to the second result");
    await tab.keyboard.press("ArrowUp");
    await tab.keyboard.press("ArrowUp");
    check((await focused(tab)) === "rb-query", "arrows do not lead back to the field");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(`${server.home}topics/kubernetes/`);
    await tab.goBack();
    await first(tab).waitFor();
    check((await tab.inputValue("#rb-query")) === "kuberntes", "the query is lost on the way back");
    await tab.reload();
    await first(tab).waitFor();
    check((await tab.inputValue("#rb-query")) === "kuberntes", "the query does not survive a reload");
    await tab.locator("#rb-query").press("ArrowDown");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(`${server.home}topics/kubernetes/`);
    await tab.context().close();
  },

  async "the full text"() {
    const tab = await open({}, `${search}?q=epoll`);
    await first(tab).waitFor();
    check(tab.asked.some((url) => /text-\d+\.json$/.test(url)), "the full text was not asked for");
    check((await tab.locator(".found li").count()) > 0, "a word of a text is not found");
    await tab.context().close();
  },

  async "hostile queries are text"() {
    const tab = await open({}, search);
    await first(tab).or(tab.locator("#rb-query")).waitFor();
    for (const query of HOSTILE) {
      const name = JSON.stringify(query.slice(0, 40));
      await ask(tab, query, query.trim() !== "");
      const { foreign, wide } = await tab.evaluate(() => ({
        foreign: document.querySelectorAll(".finder :not(header, h1, form, label, input, p, ol, li, a, mark, noscript)").length,
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      }));
      check(foreign === 0, `${name} brings elements of its own`);
      check(!wide, `${name} makes the page too wide`);
      await tab.waitForTimeout(250);
      check(tab.url().length < 5_000, `${name} makes an address of ${tab.url().length} characters`);
      const says = await status(tab);
      const held = (await tab.inputValue("#rb-query")).trim();
      if (!/result/.test(says) && held) check(says.includes([...held][0]), `${name} is answered by ${says.slice(0, 80)}`);
    }
    await tab.goto(`${search}?q=${encodeURIComponent("<b>x</b> [a-z]* docker")}`);
    await first(tab).waitFor();
    check((await tab.inputValue("#rb-query")) === "<b>x</b> [a-z]* docker", "a hostile address is not text");
    await tab.context().close();
  },

  async "every state, for everyone"() {
    for (const colorScheme of ["light", "dark"]) {
      const tab = await open({ colorScheme }, search);
      for (const [state, query] of [["empty", ""], ["results", "docker"], ["none", "qqqzzzxxx"]]) {
        await ask(tab, query, query !== "");
        for (const width of [1280, 360, 320]) {
          await tab.setViewportSize({ width, height: 800 });
          const mode = `${state} ${colorScheme} ${width}`;
          const { scroll, client, out } = await tab.evaluate(sideways);
          check(scroll <= client && !out.length, `${mode}: too wide: ${out[0]?.text ?? out[0] ?? scroll}`);
          if (width === 320) continue;
          await tab.evaluate(AXE);
          const found = await tab.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`));
          for (const one of found) check(false, `${mode}: axe: ${one}`);
        }
      }
      check((await status(tab)).includes("qqqzzzxxx"), `no result is told as: ${await status(tab)}`);
      await tab.context().close();
    }
  },

  async "without scripts"() {
    const tab = await open({ javaScriptEnabled: false }, server.home);
    await tab.locator("a.seek").click();
    await tab.waitForURL(search);
    check(/JavaScript/.test(await tab.locator("main").textContent()), "nothing is said without scripts");
    check((await tab.locator("main input:visible, main button:visible").count()) === 0, "a field that does nothing is shown");
    for (const page of ["topics/", "tags/"]) {
      check((await tab.locator(`main a[href="${path}${page}"]`).count()) === 1, `no link to ${page}`);
    }
    await tab.context().close();
  },

  async "an index that cannot be loaded"() {
    const tab = await open({}, server.home);
    tab.expects = true;
    await tab.route("**/search/index.json", (route) => route.fulfill({ status: 500, body: "" }));
    await tab.goto(`${search}?q=docker`);
    await tab.waitForFunction(() => /could not be loaded/.test(document.querySelector(".count").textContent));
    await tab.unroute("**/search/index.json");
    await ask(tab, "dns");
    check((await first(tab).count()) === 1, "the search does not come back after a failure");
    await tab.context().close();
  },

  async "a site in a folder"() {
    const tab = await open({}, pathToFileURL(join(offline, "index.html")).href);
    check((await tab.locator("a.seek").count()) === 0, "a way to a search that cannot work");
    await tab.keyboard.press("/");
    await tab.goto(pathToFileURL(join(offline, "search/index.html")).href);
    check((await tab.locator("main input").count()) === 0, "a field that cannot work");
    check(/server/.test(await tab.locator("main").textContent()), "nothing is said in a folder");
    await tab.context().close();
  },
};

const end = async () => {
  await browser.close();
  server.close();
};
await run(cases, failures, { end });
