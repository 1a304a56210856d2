// The page of the reader's own plan: what is left to learn, in which order, and when it is done. It is reckoned here, from
// the road as data and from what the reader keeps, or from what a link says.

import "./words-plan.js";
import { planActions } from "./plan-actions.js";
import { planForm } from "./plan-form.js";
import { read } from "./plan-link.js";
import { reckon } from "./plan-reckon.js";
import { Linked, Own } from "./plan-source.js";
import { planSteps } from "./plan-steps.js";
import { count, date, number, say, time } from "./say.js";
import { breath, element, loadRoad, topicUrl } from "./site.js";

/** In a sentence: when all is learned, or why no day can be told. */
function end({
  steps,
  hasTimes,
  days: {
    end: [earliest, latest],
  },
}) {
  if (!steps.length) return say("my_plan_nothing");
  if (!hasTimes) return say("my_plan_no_times");
  if (!earliest) return say("my_plan_no_days");
  const [a, b] = [earliest, latest].map((day) => day && date(day, "long"));
  if (!latest) return say("my_plan_open", { a });
  return a === b ? say("my_plan_on", { a }) : say("my_plan_between", { a, b });
}

/** The figures: how many topics, how many hours, how many weeks of how many hours. */
function facts(plan) {
  const { total, steps, week, hasTimes } = plan;
  const fact = (word, value) => element("div", {}, element("dt", {}, word), element("dd", {}, value));
  const found = [fact(say("my_plan_topics"), number(steps.length))];
  if (hasTimes) found.push(fact(say("takes"), time(total, Infinity)));
  if (hasTimes && week > 0 && (total.max ?? total.min) >= week)
    found.push(fact(count("pace_of", week), time(total, week)));
  return found;
}

/** What the figures do not say: what is unknown, and what is left out. */
function below(road, { unknown, left }) {
  const links = (topics) =>
    element(
      "ul",
      {},
      topics.map((topic) =>
        element("li", {}, element("a", { href: topicUrl(road.topics[topic].id) }, road.topics[topic].title)),
      ),
    );
  const note = (word, topics) => {
    const details = element("details", {}, element("summary", {}, count(word, topics.length)));
    details.addEventListener("toggle", () => details.append(links(topics)), { once: true });
    return topics.length ? details : null;
  };
  return [note("my_plan_unknown", unknown), note("my_plan_left", left)].filter(Boolean);
}

/** What is said above a plan that a link tells of. */
function notice(keep, leave) {
  const buttons = [
    [keep, "my_plan_keep"],
    [leave, "my_plan_own"],
  ];
  return element(
    "div",
    { class: "plan-linked alert", role: "note" },
    element("p", {}, say("my_plan_linked")),
    element(
      "p",
      { class: "plan-actions" },
      buttons.map(([click, word]) => element("button", { type: "button", click }, say(word))),
    ),
  );
}

/** Says something where screen readers listen, once. */
function tell(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** The parts of the page; `show` fills them with what follows from the source. */
function layout(page, road, source) {
  const top = element("div");
  const said = element("p", { class: "plan-end", role: "status", tabindex: -1 });
  const figures = element("dl", { class: "facts" });
  const caveat = element("p", { class: "caveat", hidden: true });
  const how = element("small", {}, say("my_plan_steps_how"));
  const notes = element("div", { class: "plan-notes" });
  const [form, steps, actions] = [planForm(road, source), planSteps(road), planActions(road, source)];
  const heading = element("h2", { class: "sec" }, say("my_plan_steps"), how);
  const body = element("div", { class: "plan-body" }, form.form, element("section", {}, heading, steps.part, notes));
  page.append(top, element("section", { class: "plan-answer" }, said, figures, caveat, actions.part), body);
  /** Shows what follows, with a breath between its parts: none works for long. It ends where something newer begins. */
  const show = async (isNewest, notices) => {
    await breath();
    if (!isNewest()) return;
    const plan = reckon(road, source());
    const parts = [
      () => {
        if (top.firstChild !== (notices[0] ?? null)) top.replaceChildren(...notices);
        tell(said, end(plan));
        figures.replaceChildren(...facts(plan));
        // No day is promised for what nobody knows.
        caveat.hidden = !plan.hasTimes || !plan.unknown.length;
        tell(caveat, caveat.hidden ? "" : count("my_plan_unknown", plan.unknown.length));
        how.hidden = !plan.hasTimes;
        actions.sync(plan);
      },
      () => form.sync(plan),
      () => steps.show(plan),
      () => notes.replaceChildren(...below(road, plan)),
    ];
    for (const part of parts) {
      await breath();
      if (!isNewest()) return;
      part();
    }
    page.removeAttribute("aria-busy");
  };
  return { said, show };
}

function start(page, road) {
  const own = new Own(road);
  let source = own;
  const { said, show } = layout(page, road, () => source);

  let turn = 0;
  let notices = [];
  const update = () => {
    const mine = (turn += 1);
    page.setAttribute("aria-busy", "true");
    show(() => mine === turn, notices);
  };
  own.addEventListener("change", () => source === own && update());
  const open = () => {
    const linked = read(location.hash, road);
    source = linked ? new Linked(road, linked) : own;
    notices = linked ? [notice(keep, leave)] : [];
    if (linked) source.addEventListener("change", update);
    update();
  };
  const leave = () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    open();
    said.focus();
  };
  const keep = () => {
    source.keep();
    leave();
  };
  window.addEventListener("hashchange", open);
  page.hidden = false;
  open();
}

const page = document.querySelector(".planner");
if (page) {
  loadRoad(page.dataset.road).then(
    (road) => start(page, road),
    (error) => {
      page.append(element("p", { role: "status" }, say("my_plan_failed")));
      page.hidden = false;
      console.warn(error);
    },
  );
}
