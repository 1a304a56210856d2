// The pages of a roadmap and of its stages: how far the reader is, what comes next, and the reader's choices. A reader
// who has kept nothing sees the page as it is, and one closed panel.

import { count, say } from "./say.js";
import { breath, element, first as roadId, kind, loadRoad, roadUrl, second as stageId, store } from "./site.js";
import { hasState, rememberRoad } from "./reader-state.js";

const place = document.querySelector("main .reader");
const isStage = kind === "stage";
const title = say(isStage ? "my_stage_title" : "my_road_title");

const summed = element("small");
const said = element("p", { class: "figures" });
const bar = element("progress", { max: 1, value: 0, "aria-label": title });
const rest = element("p", { class: "none" });
const upNext = element("div", { class: "up-next" });
const choices = element("div", { class: "own-choices" });
const plan = element("p", {}, element("a", { href: new URL("plan/", roadUrl(roadId)).href }, say("my_road_plan")));
const panel = element(
  "details",
  { class: "road-panel", toggle: () => panel.open && refresh() },
  element("summary", {}, element("span", {}, title), " ", summed),
  element("div", { class: "road-panel-body" }, element("div", { class: "how-far" }, said, bar, rest, plan), upNext, choices),
);

let running = false;
let again = false;

/** Brings all up to date; one at a time, since it lets others work in between. */
async function refresh() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    await update().catch(fail);
  }
  running = false;
}

function fail() {
  said.hidden = false;
  said.replaceChildren(say("my_road_failed"));
}

async function update() {
  const [{ Reader }, { show }] = await Promise.all([import("./roadmap-figures.js"), import("./roadmap-choices.js")]);
  const road = await loadRoad(roadId);
  const stage = isStage ? road.stages.findIndex(({ id }) => id === stageId) : -1;
  await breath();
  const reader = await new Reader(road).reckon();
  tell(reader, stage);
  show(reader, { stage, place: choices });
  await breath();
  await reader.marks(stage);
}

/** Where the reader picks, beside what a stage's page says of a choice. */
function ownPick() {
  const toggle = ({ target }) => target.open && refresh();
  return element("details", { class: "reader", toggle }, element("summary", {}, say("your_pick"), " ", element("small")));
}

/** The panel: of the stage on its page, else of the road. */
function tell(reader, stage) {
  const sums = reader.of(stage);
  summed.replaceChildren(count("my_road_done", sums.all, { done: sums.done }));
  said.replaceChildren(...reader.texts(stage).map((text) => element("span", {}, text)));
  said.hidden = !said.firstChild;
  bar.max = Math.max(sums.all, 1);
  bar.value = sums.done;
  rest.replaceChildren(...reader.beside(stage).map((text) => element("span", {}, text)));
  const entries = reader.upNext(stage);
  upNext.replaceChildren(
    element("h2", {}, say(entries.length > 0 ? "my_road_next" : "my_road_complete")),
    element("ol", { class: "links" }, entries),
  );
}

let chart = document.querySelector(".chart");

/** The chart is the reader's own as soon as anything is kept; until then what reckons it is not loaded. */
async function followChart() {
  if (!chart || !(hasState() || store.get("plans", roadId))) return;
  const followed = chart;
  chart = null;
  const { follow } = await import("./timeline-chart.js");
  await follow(followed, roadId);
}

followChart().catch(console.warn);
store.addEventListener("change", () => followChart().catch(console.warn));

if (place) {
  rememberRoad(roadId);
  place.append(panel);
  if (hasState()) panel.open = true;
  if (isStage) for (const box of document.querySelectorAll(".choice")) box.append(ownPick());
  store.addEventListener("change", () => (hasState() || panel.open) && refresh());
}
