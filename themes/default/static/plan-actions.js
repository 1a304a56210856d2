// What can be done with a plan: take it as a calendar, copy a link to it.

import { ics } from "./calendar.js";
import { write } from "./plan-link.js";
import { today } from "./plan-reckon.js";
import { effort } from "./plan-steps.js";
import { say } from "./say.js";
import { element, topicUrl } from "./site.js";

/** The address of this page as the site gives it, or "": ids of events have its host. */
const canonical = () => document.querySelector("link[rel=canonical]")?.href ?? "";

/** The plan as the text of a calendar; null when there are no days. */
function calendar(road, plan) {
  const site = canonical() && new URL("../../", canonical()).href;
  const steps = plan.steps.map(({ item, cost }, at) => {
    const isTopic = item.topic !== undefined;
    const { id, title, stage = item.stage } = isTopic ? road.topics[item.topic] : road.stages[item.stage];
    const path = isTopic ? `topics/${id}/` : `${road.id}/${id}/`;
    const [first, last] = plan.days.steps[at].slow;
    const summary = `${road.stages[stage].title}: ${effort(cost)}`;
    return {
      id: isTopic ? id : `stage.${id}`,
      title,
      url: new URL(path, site || new URL("../", topicUrl("x")).href).href,
      summary,
      first,
      last,
    };
  });
  return plan.hasTimes ? ics({ title: road.title, site, roadmap: road.id, steps, stamp: today() }) : null;
}

/**
 * @param {object} road
 * @param {() => object} source what the plan is made from
 * @returns {{part: Element, sync: (plan: object) => void}}
 */
export function planActions(road, source) {
  let plan;
  const said = element("span", { role: "status" });
  const field = element("input", { type: "text", readonly: true, dir: "ltr", "aria-label": say("my_plan_address") });
  const fallback = element("p", { class: "plan-address", hidden: true }, field);
  const save = element(
    "button",
    { type: "button", click: () => download(`${road.id}-plan.ics`, calendar(road, plan)) },
    say("my_plan_ics"),
  );
  const copy = element(
    "button",
    {
      type: "button",
      click: async () => {
        // The first day is in it, also where it is today's: a link tells the same plan tomorrow.
        const { known, picks, settings } = source();
        const address = new URL(
          write({ known, picks, settings: { ...settings, start: plan.start } }, road),
          location.href,
        ).href;
        try {
          await navigator.clipboard.writeText(address);
          said.textContent = say("my_plan_copied");
        } catch {
          // Without a clipboard: the address to copy by hand.
          field.value = address;
          fallback.hidden = false;
          field.select();
        }
      },
    },
    say("my_plan_copy"),
  );
  const sync = (next) => {
    plan = next;
    save.disabled = !next.hasTimes || !next.days.steps.some(({ slow }) => slow[0]);
    said.textContent = "";
    fallback.hidden = true;
  };
  return { part: element("div", { class: "plan-actions" }, save, copy, said, fallback), sync };
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
