// What of the comparison is shown: which topics, pairs and columns fit the reader's choice.

import { pause } from "./site.js";

const ROWS = 400; // that come or go before the page is laid out again

/** The signs of levels, as `data-on` of rows has them; `-` where a roadmap does not have the topic. */
export const LEVELS = { essential: "e", recommended: "r", optional: "o" };

/** What can be shown: topics on all chosen roadmaps, on one of them only, or pairs in opposite order. */
export const SHOWN = ["shared", "one", "opposite"];

/** A text as it is compared: without marks and case. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/**
 * Whether a topic fits.
 * @param {string} on its level on each roadmap, one sign each
 * @param {string} title as `plain` makes it
 * @param {{roads: number[], level: string, show: string, text: string}} wanted `level`: `essential`, or `essential-all` for
 *   all chosen roadmaps; empty texts stand for everything
 */
export function fits(on, title, { roads, level, show, text }) {
  const places = roads.filter((at) => on[at] !== "-");
  if (!places.length || show === "opposite") return false;
  if (show === "shared" && places.length < roads.length) return false;
  if (show === "one" && places.length > 1) return false;
  const [name, all] = level.split("-");
  const is = (at) => on[at] === LEVELS[name];
  if (level && !(all ? roads.every(is) : places.some(is))) return false;
  return title.includes(text);
}

/** Waits until the page is laid out; not for long, since a page out of sight is not. */
const layout = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

/** The page's topics, in groups that are hidden when nothing of them is shown. */
export class Topics {
  /** @param {string[]} ids the roadmaps, in the order of the columns */
  constructor(ids) {
    this.ids = ids;
    this.groups = [...document.querySelectorAll("[data-group]")].map((element) => ({
      parts: element.matches("tbody") ? [element, element.closest("section")] : [element],
      counts: [element.querySelector(".count"), document.querySelector(`.jumps a[href="#${element.dataset.group}"] small`)],
      lists: [...element.querySelectorAll("h3 + ul")],
      rows: [...element.querySelectorAll("[data-on]")].map((row) => this.row(row, element.dataset.only)),
    }));
    this.size = this.groups.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  row(element, only) {
    const sign = element.dataset.on;
    const on = only === undefined ? sign : this.ids.map((id) => (id === only ? sign : "-")).join("");
    return { element, on };
  }

  /**
   * Shows what fits, slice by slice.
   * @param {(n: number) => string} counted a number of topics in words
   * @param {() => boolean} isOld whether something else is wanted by now
   * @returns {Promise<number>} how many topics are shown
   */
  async show(wanted, counted, isOld) {
    let [sum, changed] = [0, 0];
    for (const group of this.groups) {
      let n = 0;
      for (const row of group.rows) {
        row.title ??= plain(row.element.querySelector("a").textContent);
        const hidden = !fits(row.on, row.title, wanted);
        if (!hidden) n += 1;
        if (n === 1) for (const part of group.parts) part.hidden = false;
        if (row.element.hidden !== hidden) {
          row.element.hidden = hidden;
          changed += 1;
          if (changed % ROWS === 0) await layout();
        }
        await pause();
        if (isOld()) return 0;
      }
      close(group, n, counted(n));
      sum += n;
    }
    for (const table of document.querySelectorAll("[data-topics]")) {
      table.closest("section").hidden = !table.querySelector("[data-on]:not([hidden])");
    }
    return sum;
  }
}

/** What a group says about itself. */
function close({ parts, counts, lists }, n, text) {
  parts[0].hidden = !n;
  for (const list of lists) {
    list.hidden = !list.querySelector("li:not([hidden])");
    list.previousElementSibling.hidden = list.hidden;
  }
  for (const count of counts) if (count && n && count.textContent !== text) count.textContent = text;
  const link = counts[1]?.closest("a");
  if (link) link.hidden = !n;
}

/** The pairs in opposite order: shows those that the chosen roadmaps are divided over. Returns how many, and of how many. */
export function showPairs(ids, { roads, level, show, text }) {
  const chosen = new Set(roads.map((at) => ids[at]));
  const wanted = show === "opposite" || (show === "" && level === "");
  let [n, all] = [0, 0];
  for (const item of document.querySelectorAll(".opposites > li")) {
    const sides = [...item.querySelectorAll("[data-sides]")];
    const names = (side) => [...side.querySelectorAll(".road-name")];
    const isIn = (name, at, side) => chosen.has(side.dataset.sides.split(" ")[at]);
    const isDivided = sides.every((side) => names(side).some((name, at) => isIn(name, at, side)));
    const links = [...item.querySelectorAll("a")].filter((link) => !link.closest(".road-name"));
    item.hidden = !wanted || !isDivided || !links.some((link) => plain(link.textContent).includes(text));
    for (const side of sides) names(side).forEach((name, at) => (name.hidden = !isIn(name, at, side)));
    const others = item.querySelectorAll("ul > li").length;
    all += others;
    if (!item.hidden) n += others;
  }
  const section = document.querySelector(".opposites")?.closest("section");
  if (section) section.hidden = !n;
  const link = document.querySelector('.jumps a[href="#rb-opposite"]');
  if (link) link.hidden = !n;
  return { n, all };
}

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let hidden = "";

/** Leaves the columns of the chosen roadmaps in every table, and their cards and rows. */
export function showRoads(ids, roads) {
  const others = ids.map((_, at) => at).filter((at) => !roads.includes(at));
  const rules = others.map((at) => `.compare tr > :nth-child(${at + 2}) { display: none }`).join("\n");
  if (rules === hidden) return; // a sheet that is written anew is work for the whole page
  hidden = rules;
  sheet.replaceSync(rules);
  for (const list of document.querySelectorAll(".columns, .overlap tbody")) {
    [...list.children].forEach((child, at) => (child.hidden = !roads.includes(at)));
  }
}
