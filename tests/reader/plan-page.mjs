// The browser and the sites of the tests of the plan's page, and what all of them do with it.

import { readFileSync } from "node:fs";
import { launch } from "../browser/chromium.mjs";
import { serve } from "../browser/server.mjs";
import { linkOf } from "./plan-answers.mjs";
import { isOfIcon } from "../browser/cases.mjs";

const [executablePath, site, path, small, questions] = process.argv.slice(2);
export const ASKED = JSON.parse(readFileSync(questions, "utf8"));
setTimeout(() => (console.log("the tests of the plan took more than 3 minutes"), process.exit(1)), 180_000).unref();

export const failures = [];
export const check = (held, what) => held || failures.push(what);
export const servers = { site: await serve(site, path), small: await serve(small, "/") };
export const home = servers.site.home;
export const browser = await launch(executablePath);

export async function open(settings, address, before) {
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
    check(!["error", "warning"].includes(message.type()) || tab.expects || isOfIcon(message), `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  await before?.(tab);
  await tab.goto(address);
  return tab;
}

export const plan = (road, fragment = "") => `${home}${road}/plan/${fragment}`;
export const [SAVE, COPY] = [0, 1].map((at) => `.plan-answer button >> nth=${at}`);
export const [KEEP, LEAVE] = [0, 1].map((at) => `.plan-linked button >> nth=${at}`);
/** The sentence that says when all is learned, on a page that has shown all of its plan. */
export const END = ".planner:not([aria-busy]) .plan-end:not(:empty)";
export const end = (tab) => tab.locator(END).textContent();
export const kept = (tab) =>
  tab.evaluate(() => localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith("roadbook:")) ?? ""));

/** Does something, and waits until the page says another end. */
export async function changes(tab, act) {
  const before = await end(tab);
  await act();
  await tab.waitForFunction((before) => document.querySelector(".plan-end").textContent !== before, before);
  await tab.locator(END).waitFor();
}

/** Opens all stages, until there are so many steps. */
export async function steps(tab, length) {
  await tab.evaluate(() => document.querySelectorAll(".leg").forEach((leg) => (leg.open = true)));
  await tab.waitForFunction((length) => document.querySelectorAll(".leg tbody tr").length === length, length);
}

/** Opens the link that asks a question. */
export async function follow(tab, question) {
  const [road, link] = linkOf(question);
  await tab.goto("about:blank");
  await tab.goto(plan(road, link));
  await tab.locator(END).waitFor();
  return [road, link];
}

/** Goes to another link on the page that is open. */
export async function turn(tab, link) {
  await tab.evaluate((link) => {
    document.querySelector(".plan-linked")?.setAttribute("data-old", "");
    location.hash = link;
  }, link);
  await tab.locator(".planner:not([aria-busy]) .plan-linked:not([data-old])").waitFor();
}
