// Every page loads this: it marks what the reader has learned, opens what the reader keeps, and loads what the page at
// hand needs beside it.

import { kind, store } from "./site.js";

/** What each kind of page needs. */
const PAGES = {
  compare: () => import("./compare.js"),
  home: () => import("./home.js"),
  plan: () => import("./plan.js"),
  roadmap: () => import("./roadmap.js"),
  stage: () => import("./roadmap.js"),
  timeline: () => import("./timeline.js"),
  topic: () => import("./topic.js"),
};

/** How a link begins that hands the progress of one device to another. */
const HANDED = "#progress=";

/** Shows what such a link brings, and takes it out of the address: reload and bookmarks are of the page alone. */
async function receive() {
  if (!location.hash.startsWith(HANDED)) return;
  const text = location.hash.slice(HANDED.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  (await import("./progress.js")).receive(text);
}

/** Tells what could not be kept; who keeps nothing need not know that nothing could be kept. */
function warn() {
  if (store.problem && (store.problem !== "blocked" || !store.isEmpty())) import("./trouble.js");
}

/** Keys are loaded with the first that is pressed, and none is lost. */
let keys;
document.addEventListener("keydown", async (event) => {
  keys ??= import("./keys.js");
  (await keys).press(event);
});

const button = document.querySelector("button.mine");
if (button) {
  button.addEventListener("click", async () => (await import("./progress.js")).open());
  button.hidden = false;
}
window.addEventListener("hashchange", receive);
receive();
store.addEventListener("change", warn);
warn();
import("./marks.js");
PAGES[kind]?.();
