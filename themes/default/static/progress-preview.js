// What would become of the reader's progress with what a file or a link brings: shown before anything is changed.

import { button } from "./panel.js";
import { count, oneOf, say } from "./say.js";
import { base, element, loadRoad, store } from "./site.js";
import { changes, replaced } from "./progress-changes.js";
import { merge } from "./store.js";

const MOST = 300; // changes that are listed
const SNIPPET = 80; // characters of a note

/** Titles of topics, roadmaps and choices by section and id, as far as they can be had. */
async function titles() {
  const found = { topics: new Map(), picks: new Map(), plans: new Map() };
  const response = await fetch(new URL("roadmaps.json", base));
  const { roadmaps } = await response.json();
  for (const { id, title } of roadmaps) found.plans.set(id, title);
  const roads = await Promise.allSettled(roadmaps.map(({ id }) => loadRoad(id)));
  for (const { value: road } of roads) {
    for (const { id, title } of road?.topics ?? []) found.topics.set(id, title);
    for (const { id, title } of road?.choices ?? []) found.picks.set(id, title);
  }
  return { ...found, notes: found.topics };
}

const stateName = (state) => oneOf("my_states", state ?? "open");
const becomes = (from, to) => say("my_keep_change", { from, to });

/** What happens to one entry. */
function tell({ section, from, to }, names) {
  const options = (list) => list?.map((id) => names?.topics.get(id) ?? id).join(say("list_comma")) || "–";
  const kind = from === null ? "added" : to === null ? "deleted" : "replaced";
  if (section === "topics") return becomes(stateName(from), stateName(to));
  if (section === "picks") return becomes(options(from), options(to));
  if (section === "plans") return oneOf("my_keep_change_plan", kind);
  return oneOf("my_keep_note_change", kind);
}

function entry(change, names) {
  const { section, id, to } = change;
  const snippet = section === "notes" && to && (to.length > SNIPPET ? `${to.slice(0, SNIPPET)}…` : to);
  const title = names?.[section].get(id) ?? id;
  return element("li", {}, element("b", { dir: "auto" }, title), " ", element("span", {}, tell(change, names)), snippet && element("q", { dir: "auto" }, snippet));
}

/** `3 topics, 1 note`. */
function sums(list) {
  const of = (section) => list.filter((change) => change.section === section).length;
  const words = { topics: "n_topics", notes: "my_keep_n_notes", picks: "my_keep_n_picks", plans: "my_keep_n_plans" };
  const told = Object.entries(words).map(([section, word]) => of(section) && count(word, of(section)));
  return told.filter(Boolean).join(say("list_comma"));
}

/**
 * @param {{state: object, dropped: number}} found what was read
 * @param {(made?: object[]) => void} done gets the changes that were made; none when the reader wants none
 * @returns {HTMLElement}
 */
export function preview({ state: theirs, dropped }, done) {
  let way = "add";
  let names;
  const outcome = () => (way === "add" ? theirs : replaced(store.state, theirs, Date.now()));
  const list = () => changes(store.state, merge(store.state, outcome()));
  const sum = element("p", { role: "status" });
  const rows = element("ul", { class: "changes" });
  const apply = button(say("my_keep_apply"), () => {
    const made = list();
    store.take(outcome());
    done(made);
  }, { class: "button strong" });

  const draw = () => {
    const found = list();
    sum.textContent = found.length ? sums(found) : say("my_keep_import_same");
    rows.replaceChildren(...found.slice(0, MOST).map((change) => entry(change, names)));
    if (found.length > MOST) rows.append(element("li", {}, say("and_more", { n: found.length - MOST })));
    rows.hidden = apply.disabled = !found.length;
  };
  const option = (value, word) => {
    const change = () => ((way = value), draw());
    return element("label", {}, element("input", { type: "radio", name: "rb-import", value, checked: value === way, change }), say(word));
  };
  draw();
  // Without titles the ids must do.
  titles().then((found) => ((names = found), draw())).catch(() => {});
  return element("section", { class: "preview" },
    element("h3", {}, say("my_keep_import")),
    element("fieldset", {}, element("legend", { class: "vh" }, say("my_keep_import")), option("add", "my_keep_import_add"), option("replace", "my_keep_import_replace")),
    sum,
    dropped > 0 && element("p", { class: "hint" }, count("my_keep_import_dropped", dropped)),
    rows,
    element("div", { class: "buttons" }, apply, button(say("my_keep_cancel"), () => done())),
  );
}
