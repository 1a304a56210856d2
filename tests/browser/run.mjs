// The tests in the browser and under the validators: `node run.mjs config.json`, as `tests/browser.rs` calls it.
//
// config.json: {"chromium", "java", "xmllint" (or null), "sites": [{"name", "folder", "path", "depth", "kinds",
// "offline"}]}. `depth` is "all"; "wide" for as many pages, and each check in one size and mode where others had it in
// more; "once" for the largest page of each kind in the same way; or "load" to open the pages and follow the links only. Each finding is printed on a line, with
// its site, page, mode and rule; the last line is a summary in JSON, and the status 1 if there is any.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { contents, sideways, watchFocus } from "./inside.mjs";
import { choose, read } from "./pages.mjs";
import { serve } from "./server.mjs";
import { beside, links, nu, xml } from "./validate.mjs";

const started = performance.now();
const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const JAR = beside("node_modules/vnu-jar/build/dist/vnu.jar");
const WIDTHS = [320, 360, 640, 768, 1280, 1920]; // 640 is 1280 at a zoom of 200 %
const MOST_TABS = 120; // a page with more links is walked so far
const COLOURS = ["color-contrast", "link-in-text-block"];
const LARGE = 100_000; // characters; a larger page is gone through in fewer modes, as smaller ones have its colours and kinds
const WORKERS = 3; // more than cores: each waits for its browser now and then

// Whatever happens, this ends.
setTimeout(() => (console.log("the browser tests took more than 8 minutes"), process.exit(1)), 8 * 60_000).unref();

const findings = new Map();
const spent = {};

/** One line a finding; the same in several modes is one. */
function report({ site, page, mode = "", rule, text }) {
  const line = `${site} ${page || "/"} ${rule}: ${text.replace(/\s+/g, " ").trim()}`;
  findings.set(line, { rule, modes: [...(findings.get(line)?.modes ?? []), ...(mode ? [mode] : [])] });
}

const remark = (text) => console.log(`note: ${text}`);

async function timed(what, work) {
  const start = performance.now();
  const result = await work();
  spent[what] = (spent[what] ?? 0) + (performance.now() - start) / 1000;
  return result;
}

/** Opens a page and listens: whatever it asks of others, misses or complains of is a finding. */
async function open(context, site, page, mode) {
  const tab = await context.newPage();
  const say = (rule, text) => report({ site: site.name, page: page.url, mode, rule, text });
  const address = site.offline ? pathToFileURL(`${site.folder}/${page.file}`).href : site.server.home + page.url;
  const ours = site.offline ? `${pathToFileURL(site.folder).href}/` : site.server.home;
  tab.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const of = message.location().url;
    if (page.missing && /status of 404/.test(message.text()) && of === address) return;
    // Whether Chromium asks for it is a matter of time; that a page names its icon is checked on its file.
    if (of.endsWith("/favicon.ico")) return;
    say(/Content Security Policy/.test(message.text()) ? "csp" : "console", `${message.text()} ${of}`);
  });
  tab.on("pageerror", (error) => say("console", String(error)));
  tab.on("request", (request) => {
    if (!request.url().startsWith(ours) && !request.url().startsWith("data:")) say("foreign-request", request.url());
  });
  tab.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // Broken off because the page was left, by a redirect or at the end of the test.
    if (why !== "net::ERR_ABORTED") say("failed-request", `${request.url()} ${why}`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400 && !(page.missing && response.url() === address)) {
      say("failed-request", `${response.url()} ${response.status()}`);
    }
  });
  await tab.goto(address, { waitUntil: "load" });
  return { tab, say };
}

/** axe in every rule, or in those that look at colours only. */
async function axe(tab, say, rules) {
  const violations = await tab.evaluate(async (rules) => {
    const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const result = await axe.run(document, { resultTypes: ["violations"], ...only });
    return result.violations.map(({ id, help, nodes }) => {
      const { target, any, html } = nodes[0];
      return { id, help, count: nodes.length, first: `${target.join(" ")} ${any?.[0]?.message ?? ""} ${html.slice(0, 160)}` };
    });
  }, rules);
  for (const { id, help, count, first } of violations) say(`axe ${id}`, `${help}, ${count} ×: ${first}`);
}

/** With scripts on: widths, axe in both modes and two sizes, and the same text as with scripts off. */
async function looks(on, off, site, page) {
  const { tab, say } = await open(on, site, page, "scripts");
  const withScripts = await tab.evaluate(contents);
  if (site.depth === "all") await timed("buttons", () => buttons(tab, say));
  await timed("widths", async () => {
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 900 });
      const { scroll, client, out } = await tab.evaluate(sideways);
      if (scroll > client) say("overflow", `${scroll} px wide at ${width}: ${out[0] ?? "no single element"}`);
      else for (const one of out) say("cut-off", `at ${width}: ${one}`);
    }
  });
  await timed("axe", async () => {
    await tab.evaluate(AXE);
    // Every rule runs at both sizes and in both modes; the two other pairs differ from these in colours alone.
    // On the telephone the reader has chosen the mode, against the system's.
    const runs = [[1280, "light", null], [1280, "dark", COLOURS], [360, "dark", null], [360, "light", COLOURS]];
    for (const [width, mode, rules] of runs.filter(([, , rules]) => !rules || (site.depth === "all" && page.html.length < LARGE))) {
      const chosen = width === 360;
      await tab.setViewportSize({ width, height: 900 });
      await tab.emulateMedia({ colorScheme: chosen === (mode === "light") ? "dark" : "light" });
      await tab.evaluate((mode) => {
        if (mode) document.documentElement.setAttribute("data-theme", mode);
        else document.documentElement.removeAttribute("data-theme");
      }, chosen ? mode : null);
      await axe(tab, (rule, text) => report({ site: site.name, page: page.url, mode: `${mode} ${width}`, rule, text }), rules);
    }
  });
  await tab.close();
  await timed("scripts off", () => withoutScripts(off, site, page, withScripts));
}

/** Tab from the top: the skip link, then everything in its order, each in sight and marked. */
async function keyboard(context, site, page, width) {
  const { tab, say } = await open(context, site, page, `keyboard ${width}`);
  await tab.setViewportSize({ width, height: 900 });
  await timed("keyboard", async () => {
    // What scripts add is part of the order.
    await tab.waitForLoadState("networkidle");
    const { count, names, positive } = await tab.evaluate(watchFocus);
    for (const one of positive) say("tab-order", `a positive tabindex: ${one}`);
    if (!names[0]?.includes("href=#")) say("skip-link", `the first stop is no skip link: ${names[0]}`);
    // Frames that scroll are stops of the browser's own: allow for some more.
    const presses = Math.min(count, MOST_TABS) + 10;
    await pressTab(tab, presses);
    const steps = await tab.evaluate(() => window.focusSteps());
    let next = 0;
    for (const step of steps) {
      if (next >= count || next >= MOST_TABS) break;
      if (step.at === -1 && step.scroller) continue;
      // The field of a date has a stop for each of its parts.
      if (step.at >= 0 && step.at === next - 1 && names[step.at].startsWith("<input")) continue;
      if (step.at !== next) {
        say("tab-order", `expected ${names[next]}, reached ${step.at === "nothing" ? "the end" : step.name}`);
        break;
      }
      next += 1;
      if (!step.box || !step.inView) say("focus-out-of-sight", `out of sight with the focus: ${step.name}`);
      else if (step.covered) say("focus-covered", `${step.name} is under ${step.cover}`);
      if (!step.marked) say("focus-unmarked", `no mark of the focus: ${step.name}`);
    }
    if (next < Math.min(count, MOST_TABS) && next >= steps.length) say("tab-order", `never reached: ${names[next]}`);
  });
  await tab.close();
}

/** Presses Tab so many times. One message after the other without waiting for each: they are worked off in order. */
async function pressTab(tab, times) {
  const session = await tab.context().newCDPSession(tab);
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9, nativeVirtualKeyCode: 9 };
  const sent = [];
  for (let i = 0; i < times; i += 1) {
    sent.push(session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key }));
    sent.push(session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }));
  }
  await Promise.all(sent);
  await session.detach();
}

/** A button that is shown does something. */
async function buttons(tab, say) {
  for (const button of await tab.locator("button:visible").all()) {
    const before = await tab.evaluate(() => document.documentElement.outerHTML);
    await button.click();
    // What a button opens may have to be loaded first.
    const dialog = (await button.getAttribute("aria-haspopup")) === "dialog";
    const answered = dialog
      ? tab.waitForFunction(() => document.querySelector("dialog[open]"), null, { timeout: 5_000 })
      : tab.waitForFunction((before) => document.documentElement.outerHTML !== before, before, { timeout: 5_000 });
    await answered.catch(async () => {
      say("dead-control", `does nothing: ${await button.evaluate((el) => el.outerHTML.slice(0, 120))}`);
    });
    if (!dialog) continue;
    await tab.keyboard.press("Escape");
    await tab.waitForFunction(() => !document.querySelector("dialog[open]"));
  }
  await tab.evaluate(() => localStorage.clear());
}

/** The same page with scripts off says the same, and shows nothing that would not work; its skip link does. */
async function withoutScripts(off, site, page, withScripts) {
  const { tab, say } = await open(off, site, page, "no scripts");
  const { lines, links, controls } = await tab.evaluate(contents);
  const n = Math.max(lines.length, withScripts.lines.length);
  for (let i = 0; i < n; i += 1) {
    if (lines[i] === withScripts.lines[i]) continue;
    say("scripts-off-text", `“${withScripts.lines[i] ?? ""}” with scripts, “${lines[i] ?? ""}” without`);
    break;
  }
  if (links.join("\n") !== withScripts.links.join("\n")) say("scripts-off-links", "other links with scripts than without");
  for (const control of controls) say("dead-control", control);
  await tab.keyboard.press("Tab");
  const skips = await tab.evaluate(() => !!document.activeElement?.matches('[href^="#"]'));
  if (skips) await tab.keyboard.press("Enter");
  let inside = await tab.evaluate(() => !!document.activeElement?.closest("main"));
  if (!inside) {
    await tab.keyboard.press("Tab");
    inside = await tab.evaluate(() => !!document.activeElement?.closest("main, footer"));
  }
  if (skips && !inside) say("skip-link", "Enter on it does not lead into the main part");
  await tab.close();
}

/** A redirect takes the reader on, with scripts and without. */
async function redirect(context, site, page) {
  const { tab, say } = await open(context, site, page, "redirect");
  const from = site.server.home + page.url;
  await tab.waitForURL((url) => url.href !== from, { timeout: 5000 }).catch(() => say("redirect", "stays where it is"));
  await tab.waitForLoadState();
  const canonical = /<link rel="canonical" href="([^"]*)"/.exec(page.html)?.[1];
  if (!canonical) say("redirect", "names no canonical address");
  else if (!canonical.endsWith(new URL(tab.url()).pathname)) say("redirect", `leads to ${tab.url()}, but names ${canonical}`);
  await tab.close();
}

/** What is not there is said so, with the site's own page, however deep. */
async function notFound(context, site) {
  const { tab, say } = await open(context, site, { url: "no/such/page/", missing: true }, "not found");
  if ((await tab.locator("main h1").count()) === 0) say("not-found", "not the site's own page");
  const home = await tab.locator(`a[href="${site.path}"]`).count();
  if (!home) say("not-found", "no link to the home page");
  await tab.close();
}

async function main() {
  const sites = config.sites;
  for (const site of sites) {
    site.pages = read(site.folder);
    const kinds = new Set(site.pages.map((page) => page.kind));
    for (const kind of site.kinds) {
      if (!kinds.has(kind)) report({ site: site.name, page: "", rule: "kinds", text: `no page of the kind ${kind}` });
    }
    if (kinds.has("unknown")) report({ site: site.name, page: "", rule: "kinds", text: "a page of no known kind" });
    for (const page of site.pages) {
      if (!/<link [^>]*rel="icon"/.test(page.html)) {
        report({ site: site.name, page: page.file, rule: "icon", text: "names none, so browsers ask for /favicon.ico" });
      }
    }
    site.links = links(site, report);
  }
  const whole = sites.filter((site) => site.depth !== "load");
  const checked = nu(config.java, JAR, whole, report, remark);

  const browser = await launch(config.chromium);
  const settings = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", colorScheme: "light" };
  const on = await browser.newContext(settings);
  const off = await browser.newContext({ ...settings, javaScriptEnabled: false });

  const jobs = [];
  let opened = 0;
  for (const site of sites) {
    if (!site.offline) site.server = await serve(site.folder, site.path);
    for (const page of choose(site.pages, site.depth === "once")) {
      opened += 1;
      if (page.kind === "redirect") {
        if (site.offline) continue;
        // No reader stays on a redirect, so only where it leads is looked at; its HTML goes through Nu like any.
        jobs.push([page.html.length, () => redirect(on, site, page)], [page.html.length, () => redirect(off, site, page)]);
        continue;
      }
      // These show more with scripts than without; search.mjs and reader/planner.mjs look at them in all their states.
      if (site.depth === "load" || page.kind === "search" || page.kind === "plan") {
        jobs.push([0, async () => (await open(on, site, page, "load")).tab.close()]);
        continue;
      }
      jobs.push([2 * page.html.length, () => looks(on, off, site, page)]);
      jobs.push([page.html.length, () => keyboard(on, site, page, 1280)]);
      if (site.depth === "all" && page.html.length < LARGE && /^(home|roadmap|stage|topic)$/.test(page.kind)) jobs.push([page.html.length, () => keyboard(on, site, page, 360)]);
    }
    if (!site.offline) jobs.push([0, () => notFound(on, site)]);
    if (site.depth !== "load") {
      jobs.push([0, async () => {
        const tab = await on.newPage();
        await timed("xml", () => xml(site, tab, config.xmllint, report));
        await tab.close();
      }]);
    }
  }

  // The largest first, some at a time.
  jobs.sort((a, b) => b[0] - a[0]);
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      await job[1]().catch((error) => report({ site: "all", page: "", rule: "broken-test", text: error.stack }));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  await browser.close();
  const validated = await checked;
  for (const site of sites) site.server?.close();

  for (const [line, { modes }] of [...findings].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    console.log(modes.length ? `${line} [${[...new Set(modes)].join(", ")}]` : line);
  }
  const seconds = Object.entries(spent).map(([what, s]) => `${what} ${s.toFixed(0)}`).join(", ");
  const total = ((performance.now() - started) / 1000).toFixed(0);
  const followed = sites.reduce((sum, site) => sum + site.links, 0);
  console.log(`${opened} pages opened, ${validated} files validated, ${followed} links followed in ${total} s (busy: ${seconds})`);
  const rules = [...new Set([...findings.values()].map((one) => one.rule))].sort();
  console.log(JSON.stringify({ findings: findings.size, rules, opened, validated, links: followed }));
  process.exit(findings.size ? 1 : 0);
}

await main();
