// The timeline and the comparison in a real browser: `node charts.mjs chromium site path`, as `tests/reader.rs` calls
// it. Each failure is printed on a line; the status is 1 if there is any.

import { readFileSync } from "node:fs";
import { sideways } from "../browser/inside.mjs";
import { launch } from "../browser/chromium.mjs";
import { serve } from "../browser/server.mjs";
import { beside } from "../browser/validate.mjs";
import { comparison } from "./compare.mjs";
import { timelines } from "./timeline.mjs";
import { isOfIcon, run } from "../browser/cases.mjs";

const [executablePath, site, path] = process.argv.slice(2);
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");

const failures = [];
setTimeout(() => (console.log(["the tests of the charts took more than 5 minutes", ...failures].join("\n")), process.exit(1)), 300_000).unref();
const check = (held, what) => held || failures.push(what);
const server = await serve(site, path);
const browser = await launch(executablePath);
const KEY = `roadbook:${path}`;

/** A page in a browser that keeps what `state` says: values by section and id. */
async function open(address, { state, expects, ...settings } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", locale: "en", ...settings });
  const tab = await context.newPage();
  if (state) {
    const entries = (values) => Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, at: 1 }]));
    const kept = Object.fromEntries(Object.entries(state).map(([section, values]) => [section, entries(values)]));
    await tab.addInitScript(([key, text]) => localStorage.getItem(key) ?? localStorage.setItem(key, text), [KEY, JSON.stringify({ format: 1, ...kept })]);
  }
  tab.on("request", (request) => check(request.url().startsWith(server.home), `asks others: ${request.url()}`));
  tab.on("console", (message) => {
    check(!["error", "warning"].includes(message.type()) || expects || isOfIcon(message), `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  if (address) await tab.goto(server.home + address);
  return tab;
}

/** What the browser keeps, as values by id. */
const kept = (tab, section) =>
  tab.evaluate(([key, section]) => {
    const entries = Object.entries(JSON.parse(localStorage.getItem(key) ?? "{}")[section] ?? {});
    return Object.fromEntries(entries.filter(([, { value }]) => value !== null).map(([id, { value }]) => [id, value]));
  }, [KEY, section]);

/** Nothing stands out at both sizes and in both modes; axe, which takes long, finds nothing in each of them once. */
async function holds(tab, state) {
  await tab.evaluate(AXE);
  for (const colorScheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await tab.setViewportSize({ width, height: 800 });
      const mode = `${state}, ${colorScheme}, ${width} px`;
      const { scroll, client, out } = await tab.evaluate(sideways);
      check(scroll <= client && !out.length, `${mode}: too wide: ${out[0] ?? scroll}`);
      if ((colorScheme === "dark") !== (width === 360)) continue;
      const found = await tab.evaluate(async () => (await axe.run("main")).violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`));
      for (const one of found) check(false, `${mode}: axe: ${one}`);
    }
  }
  await tab.emulateMedia({ colorScheme: "light" });
  await tab.setViewportSize({ width: 1280, height: 900 });
}

const tools = { open, check, kept, holds, home: server.home, KEY };
const after = async () => {
  for (const context of browser.contexts()) await context.close();
};
const end = async () => {
  await browser.close();
  server.close();
};
await run({ ...timelines(tools), ...comparison(tools) }, failures, { after, end });
