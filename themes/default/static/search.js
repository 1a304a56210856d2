// The search page: the field, the results, the address. All text goes into the page as text.

import { pause } from "./site.js";
import { marks, open, parse } from "./search-index.js";

const PATIENCE = 200; // ms without a key before the address changes

const form = document.querySelector("form[role=search]");
const field = form.querySelector("input");
const count = document.querySelector(".finder .count");
const list = document.querySelector(".finder .found");
const { dataset: words } = form;
const plural = new Intl.PluralRules(document.documentElement.lang || "en");

let index;
let asking = 0;
let shown = Promise.resolve();
let timer;

async function load(name) {
  const response = await fetch(new URL(name, new URL(words.index, location.href)));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

function opened() {
  index ??= open(load, pause).catch((error) => {
    index = undefined;
    throw error;
  });
  return index;
}

/** Shows what is found by names at once, and again with the full text. An older query never overwrites a newer. */
async function search() {
  const mine = (asking += 1);
  const query = field.value.trim();
  const asked = parse(query);
  try {
    if (!query) return put([], "");
    const found = await opened();
    if (mine !== asking) return;
    await show(found, asked, query, mine);
    if (asked.length && (await found.loadText(asked)) && mine === asking) await show(found, asked, query, mine);
  } catch (error) {
    if (mine === asking) put([], words.failed);
    console.warn(error);
  }
}

async function show(found, asked, query, mine) {
  const { results, hits } = found.find(asked);
  const entries = await Promise.all(results.map((at) => found.show(at)));
  if (mine !== asking) return;
  const said = entries.length ? counted(entries.length) : words.none.replace("$query", () => query);
  put(entries.map((entry) => item(entry, (text) => marked(text, marks(text, asked, hits)))), said);
}

function counted(n) {
  const category = plural.select(n);
  const form = words[`n${category[0].toUpperCase()}${category.slice(1)}`] ?? words.nOther;
  return form.replace("$n", () => n);
}

/** Puts results in the place of others; who stands on one stays on it if it is still there. */
function put(items, said) {
  const held = list.contains(document.activeElement) ? document.activeElement.href : "";
  list.replaceChildren(...items);
  if (count.textContent !== said) count.textContent = said;
  if (held) (links().find((link) => link.href === held) ?? field).focus();
}

function item(entry, text) {
  const link = element("a", text(entry.title));
  link.href = new URL(entry.path, new URL(words.site, location.href)).href;
  const parts = [element("p", [link])];
  const where = place(entry);
  if (where) parts.push(element("p", [where], "where"));
  if (entry.summary) parts.push(element("p", text(entry.summary)));
  return element("li", parts);
}

/** Where an entry lies: `Roadmap · Stage, and 2 more`. */
function place({ kind, places }) {
  if (kind === "roadmap") return words.roadmap;
  if (!places.length) return "";
  const [{ road, stage }, ...others] = places;
  const first = stage ? `${road} · ${stage}` : road;
  return others.length ? `${first} · ${words.more.replace("$n", () => others.length)}` : first;
}

function element(name, children, className = "") {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A text with its marked parts in elements of their own. */
function marked(text, parts) {
  const nodes = [];
  let at = 0;
  for (const [start, end] of parts) {
    nodes.push(text.slice(at, start), element("mark", [text.slice(start, end)]));
    at = end;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== "");
}

const links = () => [...list.querySelectorAll("a")];

/** The query stands in the address, so that reload, back and a copied link lead to it. */
function keep() {
  clearTimeout(timer);
  const address = new URL(location.href);
  if (field.value.trim()) address.searchParams.set("q", field.value.trim());
  else address.searchParams.delete("q");
  try {
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  } catch { /* a browser that counts changes of the address keeps the last */ }
}

function start() {
  field.value = [...(new URLSearchParams(location.search).get("q") ?? "")].slice(0, field.maxLength).join("");
  form.hidden = false;
  shown = search();
  if (!location.hash && !field.value) field.focus();
}

field.addEventListener("input", () => {
  shown = search();
  clearTimeout(timer);
  timer = setTimeout(keep, PATIENCE);
});
field.addEventListener("focus", () => opened().catch(() => {}), { once: true });

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  keep();
  await shown;
  links()[0]?.click();
});

document.querySelector(".finder").addEventListener("keydown", (event) => {
  const at = links().indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== field) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: -1 }[event.key];
  if (to === undefined || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  (to < 0 ? field : links()[Math.min(to, links().length - 1)])?.focus();
});

list.addEventListener("click", keep);
start();
