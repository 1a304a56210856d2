// Where this page lies in the site, what the reader has kept of it, and the roads as data.

import { Store } from "./store.js";

/** The address of the site; the theme's files lie right below it. */
export const base = new URL("../", import.meta.url);

/** What the reader has kept. Sites below one host are told apart by their path. */
export const store = new Store(`roadbook:${base.pathname}`);

window.addEventListener("storage", (event) => {
  if (event.key === store.key || event.key === null) store.refresh();
});
// A page that comes back from the browser's cache has slept through what happened meanwhile.
window.addEventListener("pageshow", (event) => event.persisted && store.refresh(true));

/** The parts of an address below the site: `["topics", "http"]`; `null` for one outside. */
function parts(address) {
  const url = new URL(address, location.href);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
  return url.pathname.slice(base.pathname.length).split("/");
}

/** The id of the topic that an address leads to; empty when it leads elsewhere. */
export function topicOf(address) {
  const [first, id, rest, ...more] = parts(address) ?? [];
  return first === "topics" && id && rest === "" && !more.length ? id : "";
}

/** The id of the roadmap whose page an address leads to; empty when it leads elsewhere. */
export function roadOf(address) {
  const [id, rest, ...more] = parts(address) ?? [];
  return id && rest === "" && !more.length ? id : "";
}

/** The address of a topic, and that of a roadmap. */
export const topicUrl = (id) => new URL(`topics/${id}/`, base).href;
export const roadUrl = (id) => new URL(`${id}/`, base).href;

/** What the page is about: its kind (`topic`, `roadmap`, `stage`, …), and the first two parts of its address. */
export const kind = /(?:^| )page-([a-z-]+)/.exec(document.body.className)?.[1] ?? "";
export const [first = "", second = ""] = parts(location.href) ?? [];

const roads = new Map();

/**
 * A road as data, loaded once a page. A topic that had another id takes with it what was kept under that.
 * @param {string} id a roadmap's
 * @returns {Promise<object>} see `reckon.js`
 */
export function loadRoad(id) {
  if (!roads.has(id)) {
    const loading = fetch(new URL(`${id}/plan/road.json`, base)).then(async (response) => {
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      const road = await response.json();
      for (const topic of road.topics) for (const old of topic.was ?? []) store.rename(old, topic.id);
      return road;
    });
    loading.catch(() => roads.delete(id));
    roads.set(id, loading);
  }
  return roads.get(id);
}

/** An element with attributes and children; strings become text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== "" && child !== null && child !== undefined && child !== false));
  return made;
}

const SLICE = 12; // ms of work in one go

let since = 0;

/** Lets others work in between. */
export const breath = () => new Promise((done) => setTimeout(done));

/** The same, after a slice. */
export async function pause() {
  if (performance.now() - since < SLICE) return;
  await breath();
  since = performance.now();
}
