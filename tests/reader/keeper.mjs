// What readers keep, in a real browser: `node keeper.mjs chromium site path`, as `tests/reader.rs` calls it. Each
// failure is printed on a line; the status is 1 if there is any.

import { readFileSync } from "node:fs";
import { deflateRawSync, gzipSync } from "node:zlib";
import { createRequire } from "node:module";
import { sideways } from "../browser/inside.mjs";
import { launch } from "../browser/chromium.mjs";
import { serve } from "../browser/server.mjs";
import { isOfIcon, run } from "../browser/cases.mjs";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const [executablePath, site, path] = process.argv.slice(2);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const KEY = `roadbook:${path}`;
const SCRIPTS_LIMIT = 15 * 1024; // bytes, compressed, of a topic's page

setTimeout(() => (console.log("the tests took more than 3 minutes"), process.exit(1)), 180_000).unref();

const failures = [];
const check = (held, what) => held || failures.push(what);
const server = await serve(site, path);
const browser = await launch(executablePath);

const at = (address) => server.home + address;
const kept = (data) => JSON.stringify({ format: 1, ...data });
const entry = (value, time = 1_000) => ({ value, at: time });
/** A day in 2100: later than all that happens here. */
const LATER = 4_102_444_800_000;

/** A browser of its own; `stored` is what it has kept, `before` runs in each of its pages before all else. */
async function context(settings = {}, { stored, before } = {}) {
  const made = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  if (before) await made.addInitScript(before);
  if (stored !== undefined) {
    const tab = await made.newPage();
    await tab.goto(at("assets/icon.svg"));
    await tab.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, stored]);
    await tab.close();
  }
  return made;
}

async function page(made, address) {
  const tab = await made.newPage();
  tab.on("request", (request) => check(/^(blob:)?http/.test(request.url()) && request.url().includes(server.origin), `asks others: ${request.url()}`));
  tab.on("console", (message) => {
    check(!["error", "warning"].includes(message.type()) || isOfIcon(message), `console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => check(false, `error: ${error.stack}`));
  await tab.goto(at(address));
  await tab.locator("button.mine").waitFor();
  return tab;
}

async function open(address, settings, more) {
  return page(await context(settings, more), address);
}

const dialog = (tab) => tab.locator("dialog[open]");
const button = (tab, name) => tab.locator("dialog[open]").getByRole("button", { name, exact: true });
const status = (tab) => tab.locator("dialog[open] .status").textContent();
const stored = (tab) => tab.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
const value = async (tab, section, id) => (await stored(tab))?.[section]?.[id]?.value;

async function progress(tab) {
  await tab.locator("button.mine").click();
  await tab.locator("dialog[open] .facts").waitFor();
}

/** Leaves the dialog; the browser closes it in a turn of its own. */
async function leave(tab) {
  await tab.keyboard.press("Escape");
  await tab.waitForFunction(() => !document.querySelector("dialog[open]"));
}

/** Waits until something is so; `what` is told when it never is. */
async function until(tab, what, condition, argument) {
  await tab.waitForFunction(condition, argument, { timeout: 8_000 }).catch(() => check(false, `never: ${what}`));
}

const give = (tab, text, name = "progress.json") =>
  tab.setInputFiles("dialog[open] input[type=file]", { name, mimeType: "application/json", buffer: Buffer.from(text) });

async function figures(tab) {
  return (await dialog(tab).locator(".facts dd").allTextContents()).map(Number);
}

/** axe, and nothing wider than the page, in light and dark, wide and narrow. */
async function looks(tab, state, sizes = [[1280, "light"], [360, "dark"]]) {
  for (const [width, colorScheme] of sizes) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.emulateMedia({ colorScheme });
    const { scroll, client, out } = await tab.evaluate(sideways);
    check(scroll <= client && !out.length, `${state} ${width}: too wide: ${out[0] ?? scroll}`);
    await tab.evaluate(AXE);
    const found = await tab.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id} ${nodes[0].html} ${nodes[0].failureSummary}`));
    for (const one of found) check(false, `${state} ${width} ${colorScheme}: axe: ${one}`);
  }
}

const STATES = kept({ topics: { dns: entry("done"), http: entry("doing"), constructor: entry("skipped") }, notes: { dns: entry("A note") } });

const cases = {
  async "links show states"() {
    const tab = await open("web/", {}, { stored: STATES });
    const box = tab.locator(".map a.box", { hasText: "DNS" });
    await tab.locator("a.box[data-state=done]").waitFor();
    check(/, done$/.test(await box.getAttribute("aria-label")), `a box is called ${await box.getAttribute("aria-label")}`);
    check((await box.locator("path.sign").count()) === 1, "a box has no sign");
    check((await tab.locator(".steps a[data-state=doing]").getAttribute("aria-description")) === "in progress", "a link does not tell its state");
    check((await tab.locator("a[data-state=skipped]").count()) === 2, "a topic called constructor is lost");
    check((await tab.locator("a.box", { hasText: "Go" }).getAttribute("data-state")) === null, "an open topic has a state");
    // Only links of the topic that changes are touched, and a box gets its own label back.
    await tab.evaluate(() => {
      window.touched = [];
      const note = ({ target }) => target.closest(".map a, .steps a")?.getAttribute("href");
      new MutationObserver((records) => touched.push(...records.map(note).filter(Boolean))).observe(document.querySelector("main"), { subtree: true, attributes: true, childList: true });
    });
    const other = await page(tab.context(), "topics/dns/");
    await progress(other);
    await give(other, kept({ topics: { dns: entry(null, LATER) } }));
    await button(other, "Apply").click();
    await until(tab, "a box loses its state", () => !document.querySelector("a.box[data-state=done]"));
    check(!/done/.test(await box.getAttribute("aria-label")), "a box keeps a state in its label");
    check((await box.locator("path.sign").count()) === 0 && (await box.locator("circle").getAttribute("r")) === "5", "a box keeps its sign");
    const touched = new Set(await tab.evaluate(() => window.touched));
    check([...touched].join() === `${path}topics/dns/`, `links of others are touched: ${[...touched]}`);
    await tab.context().close();
  },

  async "texts keep their links"() {
    const tab = await open("topics/dns/", {}, { stored: STATES });
    await tab.locator("nav.side a[data-state]").first().waitFor();
    check((await tab.locator(".prose a[href$='/http/']").count()) === 1 && (await tab.locator(".prose a[data-state]").count()) === 0, "a link in a text shows a state");
    for (const address of ["compare/", "topics/", "data/store/", "web/print/"]) {
      await tab.goto(at(address));
      await until(tab, `states on ${address}`, () => document.querySelector("main a[data-state=done]"));
    }
    await tab.context().close();
  },

  async "links that come later, and four thousand of them"() {
    const tab = await open("topics/", {}, { stored: kept({ topics: Object.fromEntries(Array.from({ length: 4_000 }, (_, n) => [`t${n}`, entry("done")])) }) });
    const devtools = await tab.context().newCDPSession(tab);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const { turns, longest } = await tab.evaluate(async (path) => {
      const found = { turns: 0, longest: 0 };
      const list = document.createElement("ul");
      list.hidden = true; // what is measured is the script, not the painting of so many signs
      for (let n = 0; n < 4_000; n += 1) list.append(Object.assign(document.createElement("a"), { href: `${path}topics/t${n}/`, textContent: n }));
      document.querySelector("main").append(list);
      let last = performance.now();
      while (list.querySelectorAll("[data-state]").length < 4_000) {
        await new Promise((done) => setTimeout(done));
        found.longest = Math.max(found.longest, performance.now() - last);
        last = performance.now();
        found.turns += 1;
      }
      return found;
    }, path);
    check(turns >= 3, `4000 links are marked in ${turns} turns`);
    console.log(`4000 links, four times slowed down: ${turns} turns, the longest ${longest.toFixed(0)} ms`);
    await tab.context().close();
  },

  async "the dialog: figures, keyboard, a copy as a file and back"() {
    const tab = await open("topics/http/", {}, { stored: STATES });
    await tab.locator("button.mine").focus();
    await tab.keyboard.press("Enter");
    await dialog(tab).waitFor();
    check((await figures(tab)).join() === "1,1,1,1", `the figures are ${await figures(tab)}`);
    check(await tab.evaluate(() => document.activeElement.closest("dialog")?.open), "the focus is not in the dialog");
    for (let n = 0; n < 12; n += 1) {
      await tab.keyboard.press("Tab");
      check(await tab.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest("dialog")), "Tab leaves the dialog");
    }
    await leave(tab);
    check(await tab.evaluate(() => document.activeElement.matches("button.mine")), "the focus does not come back");
    await progress(tab);
    const [download] = await Promise.all([tab.waitForEvent("download"), button(tab, "Save as a file").click()]);
    check(/^roadbook-progress-\d{4}-\d\d-\d\d\.json$/.test(download.suggestedFilename()), `the file is called ${download.suggestedFilename()}`);
    const text = readFileSync(await download.path(), "utf8");
    check(JSON.stringify(JSON.parse(text)) === JSON.stringify({ ...JSON.parse(STATES), topics: JSON.parse(text).topics, picks: {}, plans: {} }), `the file holds ${text}`);
    const before = await stored(tab);
    await button(tab, "Delete everything").click();
    await button(tab, "Cancel").click();
    check(JSON.stringify(await stored(tab)) === JSON.stringify(before), "a question deletes");
    await button(tab, "Delete everything").click();
    await button(tab, "Yes, delete everything").click();
    check((await stored(tab)) === null && (await figures(tab)).join() === "0,0,0,0", "not everything is deleted");
    check(await button(tab, "Save as a file").isDisabled(), "nothing can be saved");
    await give(tab, text);
    await button(tab, "Apply").click();
    check(JSON.stringify(await stored(tab)) === text, "what was saved is not what comes back");
    await tab.context().close();
  },

  async "an import is shown before it is made, and can be taken back"() {
    const tab = await open("", {}, { stored: STATES });
    await progress(tab);
    const theirs = kept({
      topics: { dns: entry("doing", LATER), http: entry("done", 1), go: entry("done", LATER), "__proto__": entry("done"), BAD: entry("done") },
      notes: { dns: entry("<img src=x onerror=alert(1)>\n<script>alert(2)</script>", LATER) },
      picks: { language: entry(["python"], LATER) },
      plans: { web: entry({ hours: 3 }, LATER) },
    });
    const before = await stored(tab);
    await give(tab, theirs);
    await tab.locator(".preview").waitFor();
    await until(tab, "titles", () => document.querySelector(".changes")?.textContent.includes("A first language"));
    const rows = (await tab.locator(".changes li").allTextContents()).map((row) => row.replace(/\s+/g, " "));
    check(rows.length === 5 && rows[0] === "DNS done → in progress" && rows[1] === "Go open → done", `the preview lists ${rows}`);
    check(rows.some((row) => row.startsWith("A first language – → Python")) && rows.some((row) => /^Web basics plan added/.test(row)), `the preview lists ${rows}`);
    check((await tab.locator(".changes img, .changes script").count()) === 0, "a note becomes elements");
    check((await tab.locator(".preview [role=status]").textContent()) === "2 topics, 1 note, 1 choice, 1 plan", "the counts are wrong");
    check(/1 entry/.test(await tab.locator(".preview .hint").textContent()), "what is left out is not told");
    check(JSON.stringify(await stored(tab)) === JSON.stringify(before), "a preview changes something");
    await button(tab, "Cancel").click();
    check(JSON.stringify(await stored(tab)) === JSON.stringify(before), "Cancel changes something");
    await give(tab, theirs);
    await button(tab, "Apply").click();
    check((await status(tab)) === "5 entries changed.", `the dialog says ${await status(tab)}`);
    check((await value(tab, "topics", "http")) === "doing" && (await value(tab, "topics", "dns")) === "doing", "the newer does not win");
    check((await stored(tab)).topics.dns.at <= Date.now(), "a time from the future is kept");
    await button(tab, "Undo").click();
    const same = async () => JSON.stringify(values(await stored(tab))) === JSON.stringify(values(before));
    check(await same(), "Undo does not bring back what was");
    await give(tab, theirs);
    await tab.getByLabel("Replace mine").check();
    check((await tab.locator(".preview [role=status]").textContent()) === "4 topics, 1 note, 1 choice, 1 plan", "replacing counts wrongly");
    await button(tab, "Apply").click();
    check((await value(tab, "topics", "http")) === "done" && (await value(tab, "topics", "constructor")) === null, "mine is not replaced");
    await button(tab, "Undo").click();
    check(await same(), "Undo does not bring back what was replaced");
    await give(tab, JSON.stringify(await stored(tab)));
    check(await button(tab, "Apply").isDisabled(), "what changes nothing can be applied");
    await tab.context().close();
  },

  async "files that are none of ours change nothing"() {
    const tab = await open("", {}, { stored: STATES });
    await progress(tab);
    const before = JSON.stringify(await stored(tab));
    const newer = JSON.stringify({ format: 99, topics: { go: entry("done") } });
    for (const text of ["", "{", "[]", "null", '{"topics":{}}', "\u0000\uffff", "<svg onload=alert(1)>", "[".repeat(100_000), newer, "x".repeat(9_000_000)]) {
      await give(tab, text);
      await until(tab, `a word on ${text.slice(0, 20)}`, () => /Nothing was changed/.test(document.querySelector("dialog[open] .status").textContent));
      check(/newer version/.test(await status(tab)) === (text === newer), `${text.slice(0, 20)} is answered by ${await status(tab)}`);
      check(JSON.stringify(await stored(tab)) === before, `${text.slice(0, 20)} changes something`);
      await leave(tab);
      await progress(tab);
    }
    const drop = (text) => tab.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "x.json"));
      document.querySelector("dialog[open]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, text);
    await drop(kept({ topics: { go: entry("done") } }));
    await tab.locator(".preview").waitFor();
    await tab.context().close();
  },

  async "a link for another device"() {
    const tab = await open("web/", { permissions: ["clipboard-read", "clipboard-write"] }, { stored: STATES });
    await progress(tab);
    await button(tab, "Link for another device").click();
    const link = await dialog(tab).getByRole("textbox").inputValue();
    check(link.startsWith(`${server.home}#progress=`) && link.length < 400, `the link is ${link}`);
    await button(tab, "Copy").click();
    await until(tab, "the link is copied", () => /Copied/.test(document.querySelector("dialog[open] .status").textContent));
    check((await tab.evaluate(() => navigator.clipboard.readText())) === link, "the clipboard holds something else");
    await tab.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("no")); });
    await button(tab, "Copy").click();
    await until(tab, "the link is selected", () => /selected/.test(document.querySelector("dialog[open] .status").textContent));
    check(await tab.evaluate(() => document.activeElement.selectionEnd === document.activeElement.value.length), "the link is not selected");

    const there = await open(`topics/go/${link.slice(link.indexOf("#"))}`);
    await there.locator(".preview").waitFor();
    check(there.url() === at("topics/go/"), `the address stays ${there.url()}`);
    check((await stored(there)) === null, "a link applies itself");
    check(await there.evaluate(() => document.activeElement.localName === "h2"), "a key could apply a link by accident");
    await button(there, "Apply").click();
    check((await value(there, "topics", "dns")) === "done" && (await value(there, "notes", "dns")) === "A note", "the link brings something else");
    await leave(there);
    await there.evaluate((hash) => { location.hash = hash; }, link.slice(link.indexOf("#")));
    await until(there, "a link on a page that is open", () => /Nothing would change/.test(document.querySelector(".preview")?.textContent));

    let noise = "";
    for (let n = 1; noise.length < 15_000; n = (n * 48_271) % 2_147_483_647) noise += n.toString(36);
    const long = await open("", {}, { stored: kept({ topics: { dns: entry("done") }, notes: { dns: entry(noise) } }) });
    await progress(long);
    await button(long, "Link for another device").click();
    check((await dialog(long).getByRole("textbox").inputValue()).length < 300, "a link is too long");
    check(/Notes are left out/.test(await dialog(long).textContent()), "a link without notes does not say so");
    for (const one of [tab, there, long]) await one.context().close();
  },

  async "links that are none of ours change nothing"() {
    const pack = (bytes) => deflateRawSync(bytes).toString("base64url");
    const bomb = pack(Buffer.alloc(60_000_000, 32));
    const full = pack(Buffer.from(kept({ topics: { "__proto__": entry("done") } })));
    const tab = await open("", {}, { stored: STATES });
    const before = JSON.stringify(await stored(tab));
    for (const text of ["", "x", "%%%", "a b", "__proto__", bomb, pack("{"), pack("[1]"), pack('{"format":77}'), gzipSync("{}").toString("base64url"), "A".repeat(300_000), full]) {
      await tab.goto("about:blank");
      await tab.goto(`${server.home}#progress=${text}`);
      await until(tab, `a word on the link ${text.slice(0, 20)}`, () => /Nothing (was|would)/.test(document.querySelector("dialog[open]")?.textContent));
      check(!tab.url().includes("#") && JSON.stringify(await stored(tab)) === before, `the link ${text.slice(0, 20)} changes something`);
    }
    await tab.context().close();
  },

  async "the home page tells how far one is"() {
    const none = await open("");
    await none.waitForLoadState("networkidle");
    check((await none.locator(".so-far").count()) === 0, "who has begun nothing is told so");
    const tab = await open("", {}, { stored: STATES });
    const card = tab.locator(".card", { hasText: "Web basics" });
    await card.locator(".so-far").waitFor();
    await until(tab, "both cards", () => document.querySelectorAll(".so-far").length === 2);
    const said = (await card.locator(".so-far").textContent()).replace(/\s+/g, " ");
    check(/^1 of \d topics · \d\d %Go on with HTTP$/.test(said), `the card says ${said}`);
    check((await card.locator(".go-on a").getAttribute("href")) === at("topics/http/"), "the way on leads elsewhere");
    await looks(tab, "home");
    const other = await page(tab.context(), "");
    await progress(other);
    await button(other, "Delete everything").click();
    await button(other, "Yes, delete everything").click();
    await until(tab, "cards follow", () => /^0 of/.test(document.querySelector(".so-far").textContent));
    for (const one of [none, tab]) await one.context().close();
  },

  async "keys"() {
    const tab = await open("topics/http/");
    await tab.evaluate(() => {
      window.heard = [];
      document.addEventListener("reader-key", ({ detail }) => heard.push(detail.key));
      document.querySelector("main").insertAdjacentHTML("beforeend", "<input id=probe>");
      // As the page of a topic does when its note is asked for.
      document.addEventListener("reader-key", ({ detail }) => detail.key === "s" && document.querySelector("#probe").focus());
    });
    await tab.keyboard.press("d");
    await until(tab, "the first key is heard", () => window.heard.join() === "d");
    await tab.evaluate(() => { window.heard = []; });
    await tab.locator("#probe").focus();
    await tab.keyboard.type("dwsn?");
    check((await tab.inputValue("#probe")) === "dwsn?", "keys that are typed do something");
    await tab.locator("#probe").evaluate((field) => field.blur());
    for (const key of ["Control+d", "Alt+w", "Meta+s", "x"]) await tab.keyboard.press(key);
    check((await tab.evaluate(() => window.heard.length)) === 0, "keys with modifiers do something");
    for (const key of ["d", "w", "s"]) await tab.keyboard.press(key);
    check((await tab.evaluate(() => window.heard.join(""))) === "dws", `heard ${await tab.evaluate(() => window.heard)}`);
    check((await tab.inputValue("#probe")) === "dwsn?", "a key that opens a field is typed into it");
    await tab.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "в", code: "KeyD", bubbles: true })));
    check((await tab.evaluate(() => window.heard.at(-1))) === "d", "another script's keyboard has no keys");
    await tab.locator("#probe").evaluate((field) => field.blur());
    await tab.keyboard.press("?");
    await dialog(tab).waitFor();
    check((await dialog(tab).locator("kbd").allTextContents()).join("") === "/hrtnp?dwsm", "not all keys are listed");
    await tab.keyboard.press("d");
    check((await tab.evaluate(() => window.heard.length)) === 4, "keys act behind a dialog");
    await looks(tab, "keys");
    await leave(tab);
    for (const [key, from, to] of [["n", "topics/http/", "topics/constructor/"], ["p", "topics/http/", "topics/dns/"], ["r", "topics/http/", "web/"], ["t", "topics/http/", "web/timeline/"], ["h", "web/timeline/", ""], ["r", "web/more/", "web/"], ["/", "web/", "search/"]]) {
      if (tab.url() !== at(from)) await tab.goto(at(from));
      await tab.waitForLoadState("networkidle");
      await tab.keyboard.press(key);
      await tab.waitForURL(at(to), { timeout: 5_000 }).catch(() => check(false, `${key} leads to ${tab.url()}`));
    }
    await tab.goto(at("web/"));
    await progress(tab);
    await button(tab, "Keyboard shortcuts").click();
    await tab.getByLabel("Use shortcuts of a single key").uncheck();
    await leave(tab);
    for (const key of ["h", "/", "?", "h"]) await tab.keyboard.press(key);
    check(tab.url() === at("web/") && (await dialog(tab).count()) === 0, "keys that are switched off do something");
    await tab.reload();
    await tab.waitForLoadState("networkidle");
    await tab.keyboard.press("?");
    await progress(tab);
    await button(tab, "Keyboard shortcuts").click();
    check(!(await tab.getByLabel("Use shortcuts of a single key").isChecked()), "the switch is forgotten");
    await tab.getByLabel("Use shortcuts of a single key").check();
    await leave(tab);
    await tab.keyboard.press("h");
    await tab.waitForURL(at(""));
    await tab.context().close();
  },

  async "two tabs"() {
    const made = await context({}, { stored: STATES });
    const [a, b] = [await page(made, "web/"), await page(made, "web/")];
    await progress(b);
    await progress(a);
    await give(a, kept({ topics: { go: entry("done", LATER), python: entry("doing", LATER) } }));
    await button(a, "Apply").click();
    for (const tab of [a, b]) await until(tab, "both tabs show it", () => document.querySelectorAll("a.box[data-state]").length === 5);
    await until(b, "the dialog follows", () => document.querySelector("dialog[open] dd").textContent === "2");
    await button(b, "Delete everything").click();
    await button(b, "Yes, delete everything").click();
    await until(a, "both tabs forget", () => !document.querySelector("main a[data-state]"));
    check((await stored(a)) === null, "a tab writes what another forgot");
    await made.close();
  },

  async "a storage that is blocked, full, or broken"() {
    const blocked = await open("", {}, { before: () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }) });
    check((await blocked.locator(".trouble").count()) === 0, "who keeps nothing is warned");
    await progress(blocked);
    check(/does not let the site keep/.test(await dialog(blocked).textContent()), "the dialog does not say what is wrong");
    await give(blocked, kept({ topics: { dns: entry("done") } }));
    await button(blocked, "Apply").click();
    await leave(blocked);
    await until(blocked, "a warning", () => /does not let/.test(document.querySelector(".trouble:not([hidden]) p")?.textContent));
    await until(blocked, "a state that lasts as long as the page", () => document.querySelector(".so-far"));
    await looks(blocked, "blocked");

    const full = await open("", {}, { before: () => { Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); }; } });
    await progress(full);
    await give(full, kept({ topics: { dns: entry("done") } }));
    await button(full, "Apply").click();
    await leave(full);
    await until(full, "a warning", () => /is full/.test(document.querySelector(".trouble p")?.textContent));
    const [saved] = await Promise.all([full.waitForEvent("download"), full.locator(".trouble").getByRole("button", { name: "Save as a file" }).click()]);
    check(/"dns"/.test(readFileSync(await saved.path(), "utf8")), "what is not kept cannot be saved");
    await full.locator(".trouble .close").click();
    check(!(await full.locator(".trouble").isVisible()), "a warning cannot be closed");

    const broken = await open("topics/dns/", {}, { stored: "{<b>broken" });
    await until(broken, "a warning", () => /cannot be read/.test(document.querySelector(".trouble p")?.textContent));
    await looks(broken, "broken");
    const [lost] = await Promise.all([broken.waitForEvent("download"), broken.locator(".trouble").getByRole("button", { name: "Save it as a file" }).click()]);
    check(readFileSync(await lost.path(), "utf8") === "{<b>broken", "what was broken is lost");
    await broken.locator(".trouble").getByRole("button", { name: "Discard it" }).click();
    await until(broken, "the warning goes", () => document.querySelector(".trouble").hidden);
    await broken.reload();
    await broken.waitForLoadState("networkidle");
    check((await broken.locator(".trouble").count()) === 0, "what was discarded comes back");

    const newer = JSON.stringify({ format: 99, topics: { dns: entry("done") } });
    const ahead = await open("topics/dns/", {}, { stored: newer });
    await until(ahead, "a warning", () => /newer version/.test(document.querySelector(".trouble p")?.textContent));
    await progress(ahead);
    await give(ahead, kept({ topics: { http: entry("done") } }));
    await button(ahead, "Apply").click();
    check((await ahead.evaluate((key) => localStorage.getItem(key), KEY)) === newer, "what a newer version wrote is overwritten");
    for (const one of [blocked, full, broken, ahead]) await one.context().close();
  },

  async "every state, for everyone"() {
    const tab = await open("web/", {}, { stored: STATES });
    await tab.locator("a.box[data-state]").first().waitFor();
    await looks(tab, "road", [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]]);
    await progress(tab);
    await looks(tab, "dialog", [[1280, "light"], [360, "dark"], [320, "light"]]);
    await button(tab, "Link for another device").click();
    await dialog(tab).getByRole("textbox").waitFor();
    await looks(tab, "link");
    await button(tab, "Back").click();
    await button(tab, "Delete everything").click();
    await looks(tab, "delete");
    await button(tab, "Cancel").click();
    await give(tab, kept({ topics: { go: entry("done", LATER) }, notes: { dns: entry("n ".repeat(400), LATER), go: entry("x".repeat(400), LATER) } }));
    await tab.locator(".preview").waitFor();
    await looks(tab, "preview", [[1280, "dark"], [360, "light"]]);
    await button(tab, "Apply").click();
    await looks(tab, "applied");
    await tab.context().close();
    const forced = await open("web/", { forcedColors: "active" }, { stored: STATES });
    await forced.locator("a.box[data-state=done]").waitFor();
    const seen = await forced.locator(".line a, .steps a, .box").first().evaluate(() => getComputedStyle(document.querySelector("a.box[data-state=done] circle")).fill !== getComputedStyle(document.querySelector("a.box[data-state=doing] circle")).fill);
    check(seen, "forced colours hide what is done");
    await forced.context().close();
    const phone = await open("", { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } }, { stored: STATES });
    await progress(phone);
    const small = await phone.evaluate(() => [...document.querySelectorAll("button.mine, dialog[open] button")].filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent));
    check(!small.length, `too small for fingers: ${small}`);
    await phone.context().close();
  },

  async "without JavaScript, and what a topic's page loads with it"() {
    const off = await context({ javaScriptEnabled: false });
    const still = await off.newPage();
    await still.goto(at("topics/dns/"));
    check(!(await still.locator("button.mine").isVisible()), "a button that does nothing is shown");
    await off.close();
    const made = await context({}, { stored: kept({ topics: { dns: entry("done") } }) });
    const tab = await made.newPage();
    const scripts = new Map();
    tab.on("response", async (response) => {
      if (/\.js$/.test(response.url())) scripts.set(response.url().split("/").at(-1), gzipSync(await response.body(), { level: 9 }).length);
    });
    await tab.goto(at("topics/dns/"));
    await tab.locator("nav.side a[data-state]").first().waitFor();
    await tab.waitForLoadState("networkidle");
    const sum = [...scripts.values()].reduce((a, b) => a + b, 0);
    console.log(`scripts of a topic's page: ${sum} bytes compressed, ${[...scripts.keys()].join(" ")}`);
    check(sum > 5_000 && sum <= SCRIPTS_LIMIT, `a topic's page loads ${sum} bytes of scripts: ${JSON.stringify([...scripts])}`);
    check(!scripts.has("keys.js") && !scripts.has("progress.js") && !scripts.has("trouble.js"), "a page loads what nobody asked for");
    await made.close();
  },
};

/** Values without times, deleted ones left out. */
function values(state) {
  const of = (section) => Object.entries(section).filter(([, { value }]) => value !== null).map(([id, { value }]) => [id, value]);
  return ["topics", "notes", "picks", "plans"].map((section) => of(state[section] ?? {}).sort());
}

const end = async () => {
  await browser.close();
  server.close();
};
await run(cases, failures, { end, only: process.argv[5] });
