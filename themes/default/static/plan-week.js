// The hours of the plan: so many a week, or for each weekday.

import { number, say } from "./say.js";
import { element } from "./site.js";

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000; // ms, as UTC counts them

/** The name of a weekday, 0 for Monday. */
function weekday(at, style) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang || "en", { weekday: style, timeZone: "UTC" });
  return format.format(MONDAY + at * DAY);
}

/** A field for hours, and whether what is in it can be. */
function hoursField(most, attributes) {
  return element("input", { type: "number", min: 0, max: most, step: "any", inputmode: "decimal", ...attributes });
}

export function week(road, source) {
  const [weekly, daily] = ["weekly", "daily"].map((value) =>
    element("input", { type: "radio", name: "rb-plan-hours", value }),
  );
  const hours = hoursField(168, {
    min: 0.25,
    placeholder: number(road.hours_per_week),
    "aria-label": say("my_plan_weekly"),
    "aria-describedby": "rb-plan-wrong",
  });
  const days = [0, 1, 2, 3, 4, 5, 6].map((at) =>
    hoursField(24, { "aria-label": weekday(at, "long"), "aria-describedby": "rb-plan-wrong" }),
  );
  const wrong = element("p", { class: "plan-hint", id: "rb-plan-wrong", role: "status" });
  const spread = element(
    "div",
    { class: "plan-days", hidden: true },
    days.map((day, at) => element("label", {}, element("span", { "aria-hidden": "true" }, weekday(at, "short")), day)),
  );
  const check = (inputs) => {
    let isWrong = false;
    for (const input of inputs) {
      input.toggleAttribute("aria-invalid", !input.validity.valid);
      isWrong ||= !input.validity.valid;
    }
    wrong.textContent = isWrong ? say("my_plan_wrong") : "";
    return !isWrong;
  };
  hours.addEventListener("input", () => {
    if (check([hours])) source().change({ hours: hours.value ? hours.valueAsNumber : undefined, week: undefined });
  });
  const told = () => check(days) && source().change({ week: days.map((day) => day.valueAsNumber || 0) });
  for (const day of days) day.addEventListener("input", told);
  weekly.addEventListener("change", () => source().change({ week: undefined }));
  daily.addEventListener("change", () => {
    const sum = source().settings.hours ?? road.hours_per_week;
    const each = Math.min(Math.round((sum / 7) * 4) / 4, 24);
    source().change({ week: days.map(() => each) });
  });
  const part = element(
    "fieldset",
    { class: "plan-part" },
    element("legend", {}, say("my_plan_hours")),
    element(
      "div",
      { class: "plan-way" },
      element("label", {}, weekly, element("span", {}, say("my_plan_weekly"))),
      hours,
    ),
    element("div", { class: "plan-way" }, element("label", {}, daily, element("span", {}, say("my_plan_daily")))),
    spread,
    wrong,
  );
  const put = (input, value) =>
    input !== document.activeElement && !input.hasAttribute("aria-invalid") && (input.value = value);
  const sync = () => {
    const { hours: kept, week } = source().settings;
    weekly.checked = !week;
    daily.checked = Boolean(week);
    hours.hidden = Boolean(week);
    spread.hidden = !week;
    put(hours, kept ?? "");
    days.forEach((day, at) => put(day, week ? week[at] : ""));
  };
  return { part, sync };
}
