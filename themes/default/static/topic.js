// A topic's page: the reader marks the topic, is told what comes before and after it, and writes notes. What is not
// needed at once is loaded when it is.

import { date, say } from "./say.js";
import { element, second as id, store } from "./site.js";

const MARKS = { doing: "my_topic_doing", done: "my_topic_done", skipped: "my_topic_skip" };
const KEYS = { w: "doing", d: "done", s: "skipped" };

const page = document.querySelector(".topic-page");
const roads = page?.dataset.roads?.split(" ").filter(Boolean) ?? [];

const since = element("p", { class: "since" });
const after = element("div", { role: "status" });
const buttons = Object.keys(MARKS).map((state) =>
  element("button", { type: "button", "data-mark": state, click: () => mark(state) }, say(MARKS[state])),
);

/** A time in milliseconds as the day that it is where the reader is. */
function day(at) {
  const time = new Date(at);
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Shows what is kept. */
function show() {
  const { value, at } = store.state.topics.get(id) ?? {};
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.mark === value));
  const [before, behind] = say("my_topic_since").split("$date");
  const marked = value && at > 0 && element("time", { datetime: day(at) }, date(day(at)));
  since.replaceChildren(...(marked ? [before, marked, behind] : []));
}

let turn = 0;

/** Marks the topic, or opens it again; says so, and what comes next. */
async function mark(state) {
  const now = store.get("topics", id) === state ? null : state;
  const own = (turn += 1);
  store.set("topics", id, now);
  const said = element("p", { class: "vh" }, say(now ? MARKS[now] : "my_topic_open"));
  const isOver = now === "done" || now === "skipped";
  const box = isOver && roads.length > 0 && (await ahead());
  if (own === turn) after.replaceChildren(...[said, box].filter(Boolean));
}

/** The box of what comes next; nothing where the road cannot be loaded. */
async function ahead() {
  try {
    const { ahead } = await import("./topic-road.js");
    return await ahead(id, roads);
  } catch {
    return null;
  }
}

/** The section of the note: a button, until there is a note or the reader writes one. Returns what opens it. */
function notes() {
  const write = async () => (await import("./note.js")).edit(section, id);
  const section = element(
    "section",
    { class: "reader notes" },
    element("h2", { id: "rb-notes" }, say("my_note_title")),
    element("button", { type: "button", class: "button", click: write }, say("my_note_write")),
  );
  const reveal = async () => {
    if (store.get("notes", id) === undefined) return;
    store.removeEventListener("change", reveal);
    (await import("./note.js")).show(section, id);
  };
  store.addEventListener("change", reveal);
  reveal();
  page.querySelector(".article")?.append(section);
  return write;
}

const place = page?.querySelector(".reader");
if (place) {
  const group = element("div", { class: "marking", role: "group", "aria-label": say("my_topic_state") }, buttons);
  place.append(element("div", { class: "marked" }, group, since), after);
  show();
  store.addEventListener("change", show);
  const write = notes();
  document.addEventListener("reader-key", ({ detail: { key } }) => {
    if (Object.hasOwn(KEYS, key)) mark(KEYS[key]);
    else if (key === "m") write();
  });
  // Only on a road is there a way to a topic, and only where something comes first.
  if (roads.length > 0 && page.querySelector(".first .links a")) {
    import("./topic-way.js").then(({ start }) => start(id, roads));
  }
}
