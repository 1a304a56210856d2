// What `serve` adds to pages, in a real browser under `default-src 'self'`: `node panel.mjs chromium site open bare broken`,
// as `tests/serve.rs` calls it. `open` is the address of a server that knows the author's editor, `bare` that of one that does
// not; both serve the folder `site`. `broken` serves one that was never good. Each failure is printed on a line; the status is 1 if there is any.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { isOfIcon, run } from "./cases.mjs";
import { sideways } from "./inside.mjs";
import { beside } from "./validate.mjs";

const [executablePath, site, open, bare, broken] = process.argv.slice(2);
const AXE = readFileSync(beside("node_modules/axe-core/axe.min.js"), "utf8");
const BOILING = "content/tea/01-water/boiling.md";
const POLICY = "default-src 'self'";

setTimeout(() => (console.log("the panel tests took more than 3 minutes"), process.exit(1)), 180_000).unref();

const failures = [];
const check = (held, what) => held || failures.push(what);
const browser = await launch(executablePath);

async function tabOf(address, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...settings });
  const tab = await context.newPage();
  await tab.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": POLICY } });
  });
  const own = new URL(address === "about:blank" ? broken : address).origin;
  tab.on("request", (request) => check(request.url().startsWith(own), `asks others: ${request.url()}`));
  tab.on("console", (message) => check(!["error", "warning"].includes(message.type()) || tab.isJudged || isOfIcon(message), `console: ${message.text()}`));
  tab.on("pageerror", (error) => check(false, `error: ${error}`));
  await tab.goto(address);
  return tab;
}

const button = (tab) => tab.locator("#roadbook-panel #button");
const panel = (tab) => tab.locator("#roadbook-panel #panel");
const write = (path, text) => writeFileSync(join(site, path), text);
const boil = (text) => write(BOILING, `---\ntitle: Boiling\nsummary: Bubbles.\neffort: 1h\n---\n\n${text}\n`);

/** What axe says of the whole page, shadow tree and all. */
async function axe(tab, what) {
  // It tries styles of its own, which the policy forbids.
  tab.isJudged = true;
  await tab.evaluate(AXE);
  const violations = await tab.evaluate(async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].target.join(" ")}`);
  });
  tab.isJudged = false;
  violations.forEach((one) => check(false, `${what}: axe ${one}`));
}

const cases = {
  async "by keyboard"() {
    const tab = await tabOf(`${open}topics/steeping/`);
    await button(tab).waitFor();
    check(!(await panel(tab).isVisible()), "the panel is closed at first");
    check((await button(tab).getAttribute("aria-expanded")) === "false", "the button says so");
    // It is the last stop on the page, so the first backwards.
    await tab.keyboard.press("Shift+Tab");
    check((await tab.evaluate(() => document.activeElement.id)) === "roadbook-panel", "the button is reached by Tab");
    await tab.keyboard.press("Enter");
    check(await panel(tab).isVisible(), "Enter opens the panel");
    const text = await panel(tab).innerText();
    check(text.includes("content/tea/02-leaves/steeping.md"), `the source is named: ${text}`);
    check(/None here; the site has 1\./.test(text), `problems elsewhere are counted: ${text}`);
    await panel(tab).getByRole("link", { name: "Boiling" }).click();
    await tab.waitForURL(`${open}topics/boiling/`);
    await panel(tab).waitFor();
    check((await panel(tab).innerText()).includes("Required by"), "what requires a topic is named, and the panel stays open");
    await button(tab).focus();
    await tab.keyboard.press("Escape");
    check(!(await panel(tab).isVisible()), "Escape closes it");
    check((await tab.evaluate(() => document.querySelector("#roadbook-panel").shadowRoot.activeElement?.id)) === "button", "and the button has the focus");
    await tab.context().close();
  },

  async "a problem opens the editor"() {
    const tab = await tabOf(`${open}topics/milk/`);
    await button(tab).click();
    check((await button(tab).innerText()).replace(/\s+/g, " ").includes("1 problem"), "the button counts problems");
    check((await panel(tab).innerText()).includes("warning[unused-topic]"), "the problem is told");
    const href = await panel(tab).locator("li a.roadbook-place").first().getAttribute("href");
    const whole = `vscode://file${encodeURI(site)}/content/topics/milk.md:1:1`;
    check(href === whole, `${href} is not ${whole}`);
    await tab.context().close();
  },

  async "without an editor a place is copied"() {
    const tab = await tabOf(`${bare}topics/milk/`, { permissions: ["clipboard-read", "clipboard-write"] });
    await button(tab).click();
    await panel(tab).locator("li button.roadbook-place").first().click();
    await panel(tab).locator("[data-copied]").waitFor();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    check(copied === `${site}/content/topics/milk.md:1:1`, `copied: ${copied}`);
    await tab.context().close();
  },

  async "small screens, light and dark"() {
    for (const colorScheme of ["light", "dark"]) {
      const tab = await tabOf(`${open}topics/milk/`, { viewport: { width: 360, height: 640 }, colorScheme });
      await button(tab).click();
      await panel(tab).waitFor();
      const box = await panel(tab).boundingBox();
      check(box.x >= 0 && box.x + box.width <= 360 && box.y >= 0, `the panel fits: ${JSON.stringify(box)}`);
      const { scroll, client, out } = await tab.evaluate(sideways);
      check(scroll <= client, `the page is ${scroll} px wide in ${client}`);
      out.forEach((one) => check(false, `stands out: ${one}`));
      await axe(tab, colorScheme);
      await tab.emulateMedia({ media: "print" });
      check(!(await button(tab).isVisible()), "nothing of it is printed");
      await tab.context().close();
    }
  },

  async "the place is kept"() {
    const long = (word) => `${"A line of text.\n\n".repeat(60)}<details><summary>More</summary>\n\nHidden ${word}.\n\n</details>\n\n${"Another line.\n\n".repeat(60)}`;
    boil(long("first"));
    const tab = await tabOf(`${open}topics/boiling/`);
    await tab.getByText("Hidden first.").waitFor({ state: "attached" });
    await tab.locator("summary", { hasText: "More" }).click();
    await tab.evaluate(() => scrollTo(0, 1500));
    boil(long("second"));
    await tab.getByText("Hidden second.").waitFor();
    await tab.waitForLoadState("load");
    await tab.waitForFunction(() => Math.abs(scrollY - 1500) < 3, null, { timeout: 5_000 }).catch(() => {});
    const at = await tab.evaluate(() => scrollY);
    check(Math.abs(at - 1500) < 3, `scrolled to ${at}, not to 1500`);
    check(await tab.getByText("Hidden second.").isVisible(), "what was open is open");
    await tab.context().close();
  },

  async "a report in the place of a page has places, too"() {
    const tab = await tabOf("about:blank");
    tab.isJudged = true; // The status is that of a page that is not there.
    await tab.goto(broken);
    const place = tab.locator("#roadbook-report .roadbook-place").first();
    await place.waitFor();
    check(/^site\.toml:1:\d+$/.test(await place.textContent()), `the place: ${await place.textContent()}`);
    check((await tab.locator("#roadbook-report").textContent()).includes("error[syntax]"), "the words of the terminal");
    check((await tab.locator("#roadbook-panel").count()) === 0, "there is no page to tell of");
    await tab.context().close();
  },

  async "a report over the page opens the editor"() {
    boil("Heat it.");
    const tab = await tabOf(`${open}topics/boiling/`, { viewport: { width: 360, height: 640 } });
    await tab.getByText("Heat it.").waitFor();
    write(BOILING, "---\ntitel: Boiling\n---\n\nBroken.\n");
    const place = tab.locator("#roadbook-overlay a.roadbook-place").first();
    await place.waitFor();
    check((await place.getAttribute("href")) === `vscode://file${encodeURI(site)}/${BOILING}:2:1`, "the place is the whole one");
    const text = await tab.locator("#roadbook-overlay pre").textContent();
    check(text.includes(`--> ${BOILING}:2:1\n`) && text.includes("error[unknown-key]"), `the terminal's words: ${text}`);
    await axe(tab, "report");
    boil("Mended.");
    await tab.getByText("Mended.").waitFor();
    check((await tab.locator("#roadbook-overlay").count()) === 0, "the report is gone");
    await tab.context().close();
  },
};

await run(cases, failures, { end: () => browser.close() });
