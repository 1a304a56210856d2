// Lists of a road's topics to tick: by stage, and those that a field finds. What is not open is not made: a road may have
// thousands of topics.

import { count, say } from "./say.js";
import { terms } from "./search-words.js";
import { element } from "./site.js";

const MOST = 40; // results of the field

/**
 * A list to tick.
 * @param {object} road
 * @param {{id: string, title: string, stage: number, note?: () => string}[]} items in the order of the road
 * @param {{isOn: (id: string) => boolean, change: (id: string, isOn: boolean) => void}} does
 * @returns {{parts: Element[], sync: () => void}} `sync` shows what has changed elsewhere
 */
export function topicList(road, items, does) {
  const shown = new Set(); // functions that show the present state
  const stages = road.stages.map((stage, at) =>
    stageOf(
      stage,
      items.filter((item) => item.stage === at),
      does,
      shown,
    ),
  );
  const all = element("div", { class: "plan-stages" }, stages);
  const { field, found, said } = finder(road, items, does, all);
  const sync = () => {
    for (const show of shown) show();
    found.sync?.();
  };
  sync();
  return { parts: [field, said, found.list, all], sync };
}

/** One stage, whose topics are made when it is opened. */
function stageOf(stage, items, does, shown) {
  if (!items.length) return null;
  const small = element("small");
  const details = element("details", {}, element("summary", {}, stage.title, " ", small));
  shown.add(() => {
    const on = items.filter(({ id }) => does.isOn(id)).length;
    small.textContent = on ? say("my_plan_of", { n: on, all: items.length }) : "";
  });
  details.addEventListener(
    "toggle",
    () => {
      const { list, sync } = boxes(items, does);
      details.append(list);
      shown.add(sync);
    },
    { once: true },
  );
  return details;
}

/** Boxes to tick. */
function boxes(items, does) {
  const inputs = items.map(({ id }) =>
    element("input", { type: "checkbox", change: ({ target }) => does.change(id, target.checked) }),
  );
  const notes = items.map(() => element("small"));
  const rows = items.map(({ title }, at) =>
    element("li", {}, element("label", {}, inputs[at], element("span", {}, title, " ", notes[at]))),
  );
  const sync = () =>
    items.forEach(({ id, note }, at) => {
      inputs[at].checked = does.isOn(id);
      notes[at].textContent = note?.() ?? "";
    });
  sync();
  return { list: element("ul", { class: "plan-boxes" }, rows), sync };
}

/** The field that finds topics by the beginnings of their words; it shows them instead of the stages. */
function finder(road, items, does, all) {
  const found = { list: element("div", { hidden: true }), sync: null };
  const said = element("p", { class: "plan-said", role: "status" });
  let words;
  const search = () => {
    words ??= items.map(({ title, id }) => [...terms(title), ...terms(id)]);
    const asked = terms(input.value);
    const fits = (own) => asked.every((word) => own.some((one) => one.startsWith(word)));
    const hits = asked.length ? items.filter((item, at) => fits(words[at])) : [];
    const { list, sync } = boxes(
      hits.slice(0, MOST).map((item) => ({ ...item, note: () => road.stages[item.stage].title })),
      does,
    );
    found.list.replaceChildren(list);
    found.sync = sync;
    found.list.hidden = !asked.length;
    all.hidden = Boolean(asked.length);
    const more = hits.length > MOST ? ` · ${say("and_more", { n: hits.length - MOST })}` : "";
    said.textContent = asked.length ? count("n_topics", Math.min(hits.length, MOST)) + more : "";
  };
  const input = element("input", {
    type: "search",
    maxlength: 100,
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
    input: search,
  });
  const field = element("label", { class: "plan-field" }, element("span", {}, say("my_plan_find")), input);
  return { field, found, said };
}
