// A line at the foot of the page that tells what could not be kept, and what to do about it.

import { button } from "./panel.js";
import { save, saveState } from "./progress-file.js";
import { oneOf, say } from "./say.js";
import { element, store } from "./site.js";

const text = element("p", { role: "status" });
const ways = element("div", { class: "buttons" });
const close = button("×", () => (line.hidden = true), { class: "close", "aria-label": say("my_close") });
const line = element("section", { class: "trouble", "aria-label": say("my_progress"), "data-problem": "" }, text, ways, close);
document.body.append(line);

/** What the reader can do about each problem. */
const WAYS = {
  blocked: () => [button(say("my_save"), () => saveState(store.state))],
  full: () => (store.broken() ? WAYS.broken() : WAYS.blocked()),
  newer: () => [button(say("my_reload"), () => location.reload())],
  broken: () => [
    button(say("my_broken_save"), () => save(store.broken(), "roadbook-progress-broken.txt", "text/plain")),
    button(say("my_broken_drop"), () => store.discard()),
  ],
};

function show() {
  const { problem } = store;
  if (line.dataset.problem === problem) return;
  line.dataset.problem = problem;
  line.hidden = !problem;
  text.textContent = problem && oneOf("my_problem", problem);
  ways.replaceChildren(...(problem ? WAYS[problem]() : []));
}

store.addEventListener("change", show);
// Screen readers tell what changes in a line that they know already.
setTimeout(show);
