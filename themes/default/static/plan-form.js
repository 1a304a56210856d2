// The form of the plan: hours, the first day, days off, picks, what is known and what is wanted. Every change is told to
// the source at once; what changes elsewhere is shown by `sync`.

import { week } from "./plan-week.js";
import { daysOff } from "./plan-off.js";
import { picks } from "./plan-picks.js";
import { today } from "./plan-reckon.js";
import { topicList } from "./plan-topics.js";
import { count, say } from "./say.js";
import { element } from "./site.js";

/**
 * @param {object} road
 * @param {() => object} source what the plan is made from now
 * @returns {{form: Element, sync: (plan: object) => void}}
 */
export function planForm(road, source) {
  const parts = [
    week(road, source),
    firstDay(source),
    daysOff(source),
    known(road, source),
    wanted(road, source),
    picks(road, source),
  ];
  const form = element(
    "form",
    { class: "plan-form", submit: (event) => event.preventDefault() },
    element("h2", { class: "vh" }, say("my_plan_settings")),
    parts.map(({ part }) => part),
  );
  return { form, sync: (plan) => parts.forEach(({ sync }) => sync(plan)) };
}

/** Writes into a field, unless the reader is about to. */
function put(input, value) {
  if (input !== document.activeElement && input.value !== value) input.value = value;
}

function firstDay(source) {
  const input = element("input", {
    type: "date",
    id: "rb-plan-start",
    max: "9999-12-31",
    change: ({ target }) => source().change({ start: target.value || undefined }),
  });
  const back = element(
    "button",
    {
      type: "button",
      click: () => {
        source().change({ start: undefined });
        input.value = today();
        input.focus();
      },
    },
    say("my_plan_today"),
  );
  const past = element("p", { class: "plan-hint", hidden: true }, say("my_plan_past"), " ", back);
  const part = element(
    "div",
    { class: "plan-part" },
    element("label", { class: "plan-field" }, element("span", {}, say("my_plan_start")), input),
    past,
  );
  const sync = ({ start }) => {
    put(input, start);
    past.hidden = start >= today();
  };
  return { part, sync };
}

/** What the reader wants: everything, or what is ticked here. */
function wanted(road, source) {
  const items = [
    ...(road.choices ?? []).map(({ id, title, stage }) => ({ id, title, stage, note: () => say("my_plan_choice") })),
    ...road.topics.map(({ id, title, stage, optional }) => ({
      id,
      title,
      stage,
      note: () => (optional ? say("my_plan_optional") : ""),
    })),
  ];
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  let to = [];
  let ids = new Set();
  const set = (ids) => source().change({ to: ids.length ? ids : undefined });
  const change = (id, isOn) => set(isOn ? [...to, id] : to.filter((other) => other !== id));
  const list = topicList(road, items, { isOn: (id) => ids.has(id), change });
  const small = element("small");
  const summary = element("summary", {}, say("my_plan_wanted"), " ", small);
  const chosen = element("ul", { class: "chips plan-chosen" });
  const chip = (id) =>
    element(
      "li",
      {},
      titles.get(id),
      element(
        "button",
        {
          type: "button",
          "aria-label": say("my_plan_remove", { what: titles.get(id) }),
          click: () => {
            change(id, false);
            summary.focus();
          },
        },
        "×",
      ),
    );
  const part = element(
    "details",
    { class: "plan-part plan-wanted" },
    summary,
    element("p", { class: "plan-hint" }, say("my_plan_wanted_how")),
    chosen,
    list.parts,
  );
  const sync = (plan) => {
    to = plan.to;
    ids = new Set(to);
    small.textContent = to.length ? count("my_plan_chosen", to.length) : say("my_plan_all");
    chosen.replaceChildren(...to.slice(0, 50).map(chip));
    list.sync();
  };
  return { part, sync };
}

/** What the reader knows. */
function known(road, source) {
  const note = (id) => () => (source().stateOf(id) === "skipped" ? say("my_plan_skipped") : "");
  const items = road.topics.map(({ id, title, stage }) => ({ id, title, stage, note: note(id) }));
  let ids = new Set();
  const list = topicList(road, items, { isOn: (id) => ids.has(id), change: (id, isOn) => source().know(id, isOn) });
  const small = element("small");
  const part = element(
    "details",
    { class: "plan-part plan-known" },
    element("summary", {}, say("my_plan_known"), " ", small),
    element("p", { class: "plan-hint" }, say("my_plan_known_how")),
    list.parts,
  );
  const sync = () => {
    ids = source().known;
    small.textContent = count("n_topics", road.topics.filter(({ id }) => ids.has(id)).length);
    list.sync();
  };
  return { part, sync };
}
