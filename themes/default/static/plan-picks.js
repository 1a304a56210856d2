// The choices that the plan depends on: a list to pick one from, or boxes where a choice asks for more.

import { concerning } from "./plan-reckon.js";
import { number, say } from "./say.js";
import { element } from "./site.js";

export function picks(road, source) {
  const part = element("section", { class: "plan-part plan-picks", "aria-label": say("my_plan_picks") });
  let last;
  const sync = (plan) => {
    const choices = concerning(road, plan, source().known);
    const now = JSON.stringify(choices.map(({ id, picked }) => [id, picked]));
    if (now === last) return;
    last = now;
    const held = part.contains(document.activeElement) ? document.activeElement.id : "";
    const heading = element("h3", {}, say("my_plan_picks"));
    part.replaceChildren(
      heading,
      ...choices.map((choice) => pick(road, choice, (ids) => source().pick(choice.id, ids))),
    );
    part.hidden = !choices.length;
    if (held) document.getElementById(held)?.focus();
  };
  return { part, sync };
}

function pick(road, choice, change) {
  const [least, most] = choice.pick;
  const { id, title } = choice;
  const ids = (topics) => topics.map((topic) => road.topics[topic].id);
  if (least === 1 && most === 1) return one(road, choice, (topic) => change(ids([topic])));
  const n = least === most ? number(least) : say("range", { a: number(least), b: number(most) });
  const asks = element("small", {}, " ", say("my_plan_pick", { n, all: number(choice.of.length) }));
  const boxes = several(road, choice, (topics) => change(ids(topics)));
  return element("fieldset", { id: `rb-pick-${id}` }, element("legend", {}, title, asks), boxes);
}

function one(road, { id, title, of, picked }, change) {
  const options = of.map((topic) => {
    const { id: value, title } = road.topics[topic];
    return element("option", { value, selected: picked.includes(topic) }, title);
  });
  const select = element("select", { id: `rb-pick-${id}` }, options);
  select.addEventListener("change", () => change(of[select.selectedIndex]));
  return element("label", { class: "plan-field" }, element("span", {}, title), select);
}

/** Boxes of which some have to be ticked: one too many takes the place of the first, one too few stays. */
function several(road, { id, of, pick: [least, most], picked }, change) {
  const rows = of.map((topic) => {
    const { id: name, title } = road.topics[topic];
    const attributes = { type: "checkbox", id: `rb-pick-${id}-${name}`, checked: picked.includes(topic) };
    const box = element("input", attributes);
    box.addEventListener("change", () => {
      const others = picked.filter((other) => other !== topic);
      if (box.checked) change([...others, topic].slice(-most));
      else if (others.length >= least) change(others);
      else box.checked = true;
    });
    return element("li", {}, element("label", {}, box, element("span", {}, title)));
  });
  return element("ul", { class: "plan-boxes" }, rows);
}
