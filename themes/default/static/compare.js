// The comparison: which roadmaps, which topics, and what one roadmap saves on another. The choice stands in the address.

import "./words-cmp.js";
import { element, store } from "./site.js";
import { count, oneOf, say } from "./say.js";
import { LEVELS, plain, SHOWN, showPairs, showRoads, Topics } from "./compare-filter.js";

const PATIENCE = 200; // ms without a key before the address changes
const LONGEST = 100; // characters of a filter
const WIDE = "(min-width: 761px)";

/** The roadmaps, in the order of the columns. */
const roads = [...document.querySelectorAll("[data-road]")].map((card) => {
  const link = card.querySelector("h2 a");
  return { id: card.dataset.road, title: link.textContent, url: link.href, line: card.className };
});
const ids = roads.map(({ id }) => id);
const topics = new Topics(ids);

let asking = 0;
let timer;

/** Boxes of the roadmaps; two of them stay chosen. */
const boxes = roads.map(({ id }) => element("input", { type: "checkbox", value: id, checked: true, change: () => update() }));
const level = choice("my_cmp_any_level", [
  ...Object.keys(LEVELS).map((name) => [name, say("my_cmp_some", { level: oneOf("levels", name) })]),
  ...Object.keys(LEVELS).map((name) => [`${name}-all`, say("my_cmp_every", { level: oneOf("levels", name) })]),
]);
const show = choice("my_cmp_everything", [
  ["shared", say("my_cmp_shared")],
  ["one", say("my_cmp_single")],
  ["opposite", say("my_cmp_opposite")],
].filter(([name]) => name !== "opposite" || document.querySelector(".opposites")));
const text = element("input", { type: "search", maxlength: LONGEST, autocomplete: "off", spellcheck: "false", input: () => update() });
const status = element("p", { role: "status", class: "chooser-said" });
const learned = element("select", { change: () => update() });
const savings = element("ul", { class: "savings" });
const savingsSaid = element("p", { role: "status", class: "savings-said" });

function choice(all, options) {
  const made = [["", say(all)], ...options].map(([value, name]) => element("option", { value }, name));
  return element("select", { change: () => update() }, made);
}

/** What the reader wants, as the controls say. */
const wanted = () => ({
  roads: ids.map((_, at) => at).filter((at) => boxes[at].checked),
  level: level.value,
  show: show.value,
  text: plain(text.value),
});

async function update() {
  const mine = (asking += 1);
  const now = wanted();
  for (const box of boxes) box.disabled = box.checked && now.roads.length <= 2;
  level.disabled = now.show === "opposite";
  keep(now);
  showRoads(ids, now.roads);
  const pairs = showPairs(ids, now);
  const saved = reckon(now);
  const n = await topics.show(now, (n) => count("n_topics", n), () => mine !== asking);
  if (mine !== asking) return;
  const said = now.show === "opposite" ? say("my_cmp_pairs", pairs) : say("my_cmp_topics", { n, all: topics.size });
  if (status.textContent !== said) status.textContent = said;
  await saved;
}

/** What is learned saves so much on the other chosen roadmaps. */
let reckoned = "";
async function reckon({ roads: chosen }) {
  const others = chosen.map((at) => roads[at]).filter(({ id }) => id !== learned.value);
  const asked = learned.value && [learned.value, ...others.map(({ id }) => id)].join();
  if (asked === reckoned) return;
  reckoned = asked;
  savingsSaid.textContent = "";
  try {
    const items = asked ? await (await import("./compare-learned.js")).savings(learned.value, others) : [];
    if (reckoned === asked) savings.replaceChildren(...items);
  } catch (error) {
    reckoned = "";
    savings.replaceChildren();
    savingsSaid.textContent = say("my_road_failed");
    console.warn(error);
  }
}

/** The choice stands in the address, so that reload, back and a copied link lead to it. */
function keep({ roads: chosen }) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const address = new URL(location.href);
    const set = (name, value) => (value ? address.searchParams.set(name, value) : address.searchParams.delete(name));
    set("roads", chosen.length < ids.length ? chosen.map((at) => ids[at]).join(",") : "");
    set("level", level.value);
    set("show", show.value);
    set("text", text.value.trim());
    set("learned", learned.value);
    address.search = address.search.replaceAll("%2C", ",");
    try {
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    } catch { /* a browser that counts changes of the address keeps the last */ }
  }, PATIENCE);
}

/** Sets the controls as the address says; returns whether it says anything. */
function restore() {
  const asked = new URLSearchParams(location.search);
  const named = new Set(asked.get("roads")?.split(","));
  const chosen = ids.filter((id) => named.has(id));
  if (chosen.length >= 2) boxes.forEach((box) => (box.checked = named.has(box.value)));
  for (const [name, select] of Object.entries({ level, show, learned })) {
    const value = asked.get(name);
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  text.value = [...(asked.get("text") ?? "")].slice(0, LONGEST).join("");
  return ["roads", "level", "show", "text", "learned"].some((name) => asked.has(name));
}

/** Everything again. */
function clear() {
  for (const box of boxes) box.checked = true;
  for (const select of [level, show]) select.value = "";
  text.value = "";
  update();
}

function toolbar(open) {
  const names = roads.map(({ title, line }, at) =>
    element("label", { class: line }, boxes[at], element("i", { class: "swatch" }), element("span", {}, title)));
  const form = element(
    "form",
    { class: "chooser-form", submit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, say("my_cmp_roads")), names),
    element("label", {}, say("my_cmp_text"), text),
    element("label", {}, say("my_cmp_level"), level),
    element("label", {}, say("my_cmp_show"), show),
    element("button", { type: "button", class: "button", click: clear }, say("my_cmp_reset")),
  );
  return element("details", { open }, element("summary", {}, say("my_cmp_form")), form);
}

/** The section of what is saved, below the table of what the roadmaps cover. */
function learnedSection() {
  const options = [["", say("my_cmp_learned_none")], ...roads.map(({ id, title }) => [id, title])];
  if (store.known().size) options.push(["mine", say("my_cmp_mine")]);
  learned.append(...options.map(([value, name]) => element("option", { value }, name)));
  return element(
    "section",
    { class: "learned" },
    element("h2", { class: "sec", id: "rb-learned" }, say("my_cmp_learned")),
    element("p", { class: "sum" }, say("my_cmp_learned_how")),
    element("label", {}, say("my_cmp_learned_from"), learned),
    savingsSaid,
    savings,
  );
}

function start(place) {
  document.getElementById("rb-overlap").closest("section").after(learnedSection());
  const asked = restore();
  place.append(toolbar(asked || matchMedia(WIDE).matches), status);
  store.addEventListener("change", () => {
    reckoned = "";
    reckon(wanted());
  });
  if (asked) update();
}

const place = document.querySelector("[data-chooser]");
if (place) start(place);
