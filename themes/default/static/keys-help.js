// The list of keys, and the switch that turns them off.

import { SWITCH, areOn } from "./keys.js";
import { panel } from "./panel.js";
import { oneOf, say } from "./say.js";
import { element } from "./site.js";

const KEYS = ["/", "h", "r", "t", "n", "p", "?"];
const TOPIC_KEYS = ["d", "w", "s", "m"];

/** What each key does, by its name in the words: names there are of letters. */
const NAMES = { "/": "search", "?": "help" };

const list = (keys) =>
  element("dl", { class: "keys" }, keys.map((key) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, oneOf("my_key", NAMES[key] ?? key)))));

function turn(event) {
  try {
    if (event.target.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  } catch {
    event.target.checked = true; // a browser that keeps nothing
  }
}

let shown;

export function open() {
  shown ??= make();
  shown.open();
}

function make() {
  const made = panel(say("my_keys"));
  made.body.append(
    list(KEYS),
    element("h3", {}, say("my_keys_topic")),
    list(TOPIC_KEYS),
    element("label", { class: "switch" }, element("input", { type: "checkbox", checked: areOn(), change: turn }), say("my_keys_on")),
  );
  return made;
}
