// The comparison for one reader.

/** What is shown: titles of topics by place, columns, what the page says about it. */
const shown = (tab) =>
  tab.evaluate(() => {
    const seen = (el) => el.checkVisibility({ contentVisibilityAuto: false });
    const titles = (selector) => [...document.querySelectorAll(selector)].filter(seen).map((el) => el.querySelector("a").textContent);
    const text = (selector) => document.querySelector(selector)?.textContent ?? "";
    return {
      table: titles("[data-topics] [data-on]"),
      lists: titles(".only [data-on]"),
      pairs: titles(".opposites > li"),
      heads: [...document.querySelectorAll("[data-topics] thead th + th, [data-topics] thead th ~ th")].filter(seen).length,
      cards: [...document.querySelectorAll(".columns > li")].filter(seen).length,
      overlaps: [...document.querySelectorAll(".overlap tbody td")].filter(seen).length,
      bands: [...document.querySelectorAll("[data-group]")].filter(seen).map((el) => [el.querySelectorAll("[data-on]:not([hidden])").length, Number.parseInt(el.querySelector(".count").textContent)]),
      status: text(".chooser-said"),
    };
  });

/** All topics as the page's own cells have them: title, and level by column. */
const topics = (tab) =>
  tab.evaluate(() => {
    const cards = [...document.querySelectorAll(".columns > li")].map((card) => card.dataset.road);
    const level = (cell) => /level-(\w+)/.exec(cell.querySelector("a")?.className)?.[1] ?? "";
    const rows = [...document.querySelectorAll("[data-topics] tbody tr:not(.band)")].map((row) => ({ title: row.querySelector("a").textContent, levels: [...row.querySelectorAll("td")].map(level) }));
    const lists = [...document.querySelectorAll(".only li")].map((item) => ({ title: item.querySelector("a").textContent, only: cards.indexOf(item.closest("section").dataset.only) }));
    return { cards, rows, lists };
  });

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const status = (tab, text) => tab.waitForFunction((text) => new RegExp(text).test(document.querySelector(".chooser-said")?.textContent), text);
const ready = (tab) => tab.locator(".chooser details").waitFor();
const HOSTILE = ["<b>x</b>", "<img src=x onerror=alert(1)>", "a(b[", "\\", "$n $all $&", "__proto__", "\ud800", "x".repeat(5000), "\u202e\u0000"];

export function comparison({ open, check, holds, home }) {
  return {
    async "everything, as the page has it"() {
      const plain = await open("compare/", { javaScriptEnabled: false });
      check((await plain.locator("main input, main select, main button").count()) === 0, "a control without scripts");
      const tab = await open("compare/");
      await ready(tab);
      const { cards, rows, lists } = await topics(tab);
      const now = await shown(tab);
      check(now.table.length === rows.length && now.lists.length === lists.length, "rows are missing");
      check(now.heads === cards.length && cards.length >= 8, `${now.heads} columns`);
      check(same(await tab.locator("[data-on]").first().getAttribute("data-on"), rows[0].levels.map((level) => level[0] ?? "-").join("")), "the levels of a row are wrong");
      check(now.status === "" && new URL(tab.url()).search === "", "a choice though nothing was chosen");
      await holds(tab, "everything");
    },

    async "roadmaps, levels and what is shared"() {
      const tab = await open("compare/");
      await ready(tab);
      const { cards, rows, lists } = await topics(tab);
      const [a, b] = [1, 5];
      for (const at of cards.keys()) if (at !== a && at !== b) await tab.locator(".chooser fieldset input").nth(at).press("Space");
      check((await tab.locator(".chooser fieldset input:disabled").count()) === 2, "fewer than two roadmaps can be chosen");
      const wanted = {
        "": { show: "", holds: (on) => on.some(Boolean), only: true },
        shared: { show: "shared", holds: (on) => on.every(Boolean) },
        one: { show: "one", holds: (on) => on.filter(Boolean).length === 1, only: true },
        essential: { level: "essential", holds: (on) => on.includes("essential") },
        "recommended-all": { level: "recommended-all", holds: (on) => on.every((level) => level === "recommended") },
        both: { level: "essential-all", show: "shared", holds: (on) => on.every((level) => level === "essential") },
      };
      for (const [name, { show = "", level = "", holds, only }] of Object.entries(wanted)) {
        await tab.getByLabel(/^Show/).selectOption(show);
        await tab.getByLabel(/^Level/).selectOption(level);
        const table = rows.filter(({ levels }) => holds([levels[a], levels[b]])).map(({ title }) => title);
        const own = lists.filter((item) => item.only === a || item.only === b).map(({ title }) => title);
        await status(tab, `Topics shown: \\d+ of ${rows.length + lists.length}$`);
        await tab.waitForFunction((n) => [...document.querySelectorAll("[data-topics] [data-on]:not([hidden])")].length === n, table.length);
        const now = await shown(tab);
        check(same(now.table, table), `${name}: ${now.table.length} rows instead of ${table.length}`);
        if (only) check(same(now.lists, own), `${name}: ${now.lists.length} entries of lists instead of ${own.length}`);
        if (only && name) check(now.status.startsWith(`Topics shown: ${table.length + own.length} `), `${name}: ${now.status}`);
        if (name === "shared") check(!now.lists.length, "a topic of one roadmap is shared");
        check(now.bands.every(([n, said]) => n === said), `${name}: a heading counts wrong: ${JSON.stringify(now.bands)}`);
        check(now.heads === 2 && now.cards === 2 && now.overlaps === 4, `${name}: ${now.heads} columns, ${now.cards} cards, ${now.overlaps} cells`);
      }
      await tab.waitForURL((url) => url.searchParams.get("roads") === `${cards[a]},${cards[b]}` && url.searchParams.get("show") === "shared");
      check(/roads=[\w-]+,[\w-]+&level=essential-all&show=shared$/.test(tab.url()), `the address is ${tab.url()}`);
      const before = await shown(tab);
      await tab.reload();
      await status(tab, "Topics shown");
      check(same(await shown(tab), before), "a reload shows something else");
      await holds(tab, "filtered");
      await tab.getByRole("button", { name: "Show everything" }).press("Enter");
      await status(tab, `: ${rows.length + lists.length} of`);
      check((await shown(tab)).heads === cards.length, "columns stay away");
      await tab.waitForURL((url) => url.search === "");
    },

    async "a topic by its name"() {
      const tab = await open("compare/");
      await ready(tab);
      const { rows, lists } = await topics(tab);
      const all = [...rows, ...lists].map(({ title }) => title).filter((title) => title.toLowerCase().includes("sql"));
      await tab.locator(".chooser input[type=search]").pressSequentially("SQL", { delay: 5 });
      await status(tab, `: ${all.length} of`);
      const { table, lists: own } = await shown(tab);
      check(same([...table, ...own], all), `${[...table, ...own]} instead of ${all}`);
      await tab.waitForURL((url) => url.searchParams.get("text") === "SQL");
      for (const text of HOSTILE) {
        await tab.locator(".chooser input[type=search]").fill(text);
        await status(tab, ": 0 of");
        check(tab.url().length < 3000, `an address of ${tab.url().length} characters`);
      }
      const foreign = await tab.locator("main :is(script, img, b b)").count();
      check(foreign === 0, "a query brings elements of its own");
      await holds(tab, "nothing found");
    },

    async "an address that anybody may have written"() {
      const tab = await open("compare/?roads=constructor,%3Cb%3E,&level=__proto__&show=toString&text=%3Cimg%20src=x%3E&learned=..%2F..");
      await ready(tab);
      await status(tab, ": 0 of");
      const now = await tab.evaluate(() => [...document.querySelectorAll(".chooser select, .learned select")].map(({ value }) => value).join());
      check(now === ",,", `values that are none: ${now}`);
      check((await tab.locator(".chooser fieldset input:not(:checked)").count()) === 0, "a wrong list of roadmaps leaves some out");
    },

    async "pairs in opposite order"() {
      const tab = await open("compare/?show=opposite");
      await status(tab, "^Pairs shown");
      const { pairs, table, lists } = await shown(tab);
      check(pairs.length > 0 && !table.length && !lists.length, "not the pairs alone");
      check(await tab.getByLabel(/^Level/).isDisabled(), "pairs have no level");
      const sides = await tab.evaluate(() => [...document.querySelectorAll(".opposites > li")].map((item) => [...item.querySelectorAll("[data-sides]")].map((side) => side.dataset.sides.split(" "))));
      const [[one], [other]] = sides[0];
      const wanted = sides.filter((pair) => pair.every((side) => side.includes(one) || side.includes(other)));
      const both = wanted.filter(([first, second]) => (first.includes(one) && second.includes(other)) || (first.includes(other) && second.includes(one)));
      await tab.goto(`${home}compare/?show=opposite&roads=${one},${other}`);
      await status(tab, "^Pairs shown");
      check((await shown(tab)).pairs.length === both.length && both.length > 0, `${(await shown(tab)).pairs.length} pairs instead of ${both.length}`);
      const names = await tab.evaluate(() => [...document.querySelectorAll(".opposites .road-name")].filter((name) => name.checkVisibility()).length);
      check(names === both.length * 2, `${names} roadmaps beside ${both.length} pairs`);
      await holds(tab, "opposite");
    },

    async "what one saves on another"() {
      const tab = await open("compare/");
      await ready(tab);
      const asked = [];
      tab.on("request", (request) => asked.push(request.url()));
      const { cards } = await topics(tab);
      check(!asked.some((url) => /road\.json|reckon/.test(url)), "roads are loaded before they are asked for");
      await tab.locator(".learned select").selectOption(cards[7]);
      await tab.waitForFunction((n) => document.querySelectorAll(".savings li").length === n, cards.length - 1);
      const expected = await tab.evaluate(async ([a, b]) => {
        const base = new URL("../", location.href);
        const { answer } = await import(new URL("assets/reckon.js", base).href);
        const [one, other] = await Promise.all([a, b].map(async (id) => (await fetch(new URL(`${id}/plan/road.json`, base))).json()));
        const known = new Set(answer(one).steps.map(({ item }) => one.topics[item.topic]?.id));
        const [all, rest] = [new Set(), known].map((known) => answer(other, { known }).total);
        return [all.min - rest.min, all.max - rest.max, all.unknown - rest.unknown];
      }, [cards[7], cards[0]]);
      const first = await tab.locator(".savings .saved").first().textContent();
      const range = expected[0] === expected[1] ? "" : `${Math.round(expected[0] * 10) / 10}–`;
      check(expected[1] === 0 ? /^saves (nothing|\d+ topics?)/.test(first) : expected[1] < 10 || first.includes(`${Math.round(expected[1])} h of`), `${expected}, but: ${first}`);
      check(expected[2] === 0 || first.includes(`${expected[2]} topic`), `unknown: ${expected[2]}, but: ${first} ${range}`);
      await tab.waitForURL((url) => url.searchParams.get("learned") === cards[7]);
      await holds(tab, "savings");
      await tab.reload();
      await tab.waitForFunction((n) => document.querySelectorAll(".savings li").length === n, cards.length - 1);
      await tab.locator(".chooser fieldset input").first().press("Space");
      await tab.waitForFunction((n) => document.querySelectorAll(".savings li").length === n, cards.length - 2);
      check((await tab.locator(".learned option[value=mine]").count()) === 0, "offers what nobody has learned");
      const mine = await open("compare/?learned=mine", { state: { topics: { http: "done", postgresql: "done" } } });
      await mine.waitForFunction((n) => document.querySelectorAll(".savings li").length === n, cards.length);
    },

    async "roads that do not load"() {
      const tab = await open("", { expects: true });
      await tab.route("**/road.json", (route) => route.fulfill({ status: 500, body: "" }));
      await tab.goto(`${home}compare/`);
      await ready(tab);
      const { cards } = await topics(tab);
      const value = await tab.locator(".learned option").nth(1).getAttribute("value");
      await tab.locator(".learned select").selectOption(value);
      await tab.waitForFunction(() => /could not be loaded/.test(document.querySelector(".savings-said").textContent));
      await tab.unroute("**/road.json");
      await tab.locator(".learned select").selectOption("");
      await tab.locator(".learned select").selectOption(value);
      await tab.waitForFunction((n) => document.querySelectorAll(".savings li").length === n, cards.length - 1);
      check((await tab.locator(".savings-said").textContent()) === "", "the failure is still said");
    },
  };
}
