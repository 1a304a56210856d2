// Days off: single days and ranges of days.

import { dates, number, say } from "./say.js";
import { element } from "./site.js";

export function daysOff(source) {
  const [from, to] = [0, 1].map(() => element("input", { type: "date", max: "9999-12-31" }));
  const list = element("ul", { class: "plan-off" });
  const small = element("small");
  const summary = element("summary", {}, say("my_plan_off"), " ", small);
  const add = () => {
    if (!from.value) return from.focus();
    const range = [from.value, to.value || from.value].sort();
    const rest = (source().settings.off ?? []).filter((other) => String(other) !== String(range));
    from.value = to.value = "";
    source().change({ off: [...rest, range].sort((a, b) => (String(a) < String(b) ? -1 : 1)) });
    from.focus();
  };
  const enter = (event) => event.key === "Enter" && (event.preventDefault(), add());
  for (const input of [from, to]) input.addEventListener("keydown", enter);
  const remove = (range) => {
    source().change({ off: source().settings.off.filter((other) => String(other) !== String(range)) });
    summary.focus();
  };
  const entry = (range) => {
    const shown = dates(...range);
    return element(
      "li",
      {},
      shown,
      element(
        "button",
        { type: "button", "aria-label": say("my_plan_remove", { what: shown }), click: () => remove(range) },
        "×",
      ),
    );
  };
  const part = element(
    "details",
    { class: "plan-part plan-off-part" },
    summary,
    list,
    element(
      "div",
      { class: "plan-add" },
      element("label", { class: "plan-field" }, element("span", {}, say("my_plan_from")), from),
      element("label", { class: "plan-field" }, element("span", {}, say("my_plan_to")), to),
      element("button", { type: "button", click: add }, say("my_plan_add")),
    ),
  );
  let last;
  const sync = () => {
    const off = source().settings.off ?? [];
    if (String(off) === last) return;
    last = String(off);
    small.textContent = off.length ? number(off.length) : "";
    list.replaceChildren(...off.map(entry));
  };
  return { part, sync };
}
