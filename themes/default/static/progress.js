// The dialog of what the reader keeps: how much it is, where it lies, how it is taken away, brought back and deleted.

import "./words-keep.js";
import { button, panel } from "./panel.js";
import { replaced } from "./progress-changes.js";
import { saveState, textOf } from "./progress-file.js";
import { isAble, pack, unpack } from "./progress-link.js";
import { preview } from "./progress-preview.js";
import { count, number, oneOf, say } from "./say.js";
import { base, element, store } from "./site.js";
import { empty, merge, read, write } from "./store.js";

const LINK_LIMIT = 6_000; // characters that a link with notes may have
const LINK_LONGEST = 30_000; // characters that programs pass on

const shown = panel(say("my_progress"));
const { dialog, body, status } = shown;
dialog.classList.add("mine-panel");
/** Shows some parts in the place of others, and says something; the focus stays in the dialog. */
function put(said, ...parts) {
  const held = body.contains(document.activeElement);
  body.replaceChildren(...parts.filter(Boolean));
  status.textContent = said;
  if (held) shown.heading.focus();
}

function figures() {
  const topics = store.all("topics");
  const of = (state) => topics.filter(([, one]) => one === state).length;
  const all = ["done", "doing", "skipped"].map((state) => [oneOf("my_states", state), of(state)]);
  all.push([say("my_keep_notes"), store.all("notes").length]);
  return element("dl", { class: "facts" }, all.map(([name, n]) => element("div", {}, element("dt", {}, name), element("dd", {}, number(n)))));
}

/** The whole dialog as it opens; after something was done, what it was and a button to take it back. */
function overview(said = "", undo) {
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: true, change: () => file.files[0] && bring(textOf(file.files[0])) });
  const nothing = store.isEmpty();
  put(said,
    undo && element("div", { class: "buttons" }, undo),
    figures(),
    element("p", {}, say("my_keep_kept")),
    store.problem && element("p", { class: "caveat" }, oneOf("my_problem", store.problem)),
    element("div", { class: "buttons" },
      button(say("my_save"), () => saveState(store.state), { disabled: nothing }),
      button(say("my_keep_open_file"), () => file.click()),
      isAble && button(say("my_keep_link"), link, { disabled: nothing }),
      file,
    ),
    element("p", { class: "hint drop" }, say("my_keep_drop")),
    element("div", { class: "buttons" },
      button(say("my_keys"), async () => (dialog.close(), (await import("./keys-help.js")).open())),
      button(say("my_keep_delete"), askDelete, { disabled: nothing && !store.broken(), class: "button danger" }),
    ),
  );
}

/** Shows what would change; what cannot be read is told, and changes nothing. */
async function bring(text) {
  const found = read(await text, Date.now());
  if (found.problem) return overview(oneOf("my_keep_import_problem", found.problem));
  put("", preview(found, (made) => (made ? overview(count("my_keep_applied", made.length), button(say("my_keep_undo"), () => takeBack(made))) : overview())));
}

/** Takes changes back, and only these. */
function takeBack(made) {
  const target = merge(store.state, empty());
  for (const { section, id, from } of made) target[section].set(id, { value: from, at: 0 });
  store.take(replaced(store.state, target, Date.now()));
  overview(say("my_keep_undone"));
}

/** A link that hands this progress on; without notes where they would make it too long. */
async function link() {
  const address = async (state) => `${base.href}#progress=${await pack(write(state))}`;
  let made = await address(store.state);
  const isLong = made.length > LINK_LIMIT && store.state.notes.size > 0;
  if (isLong) made = await address({ ...store.state, notes: empty().notes });
  if (made.length > LINK_LONGEST) return overview(say("my_keep_link_long"));
  const field = element("input", { type: "text", readonly: true, value: made, dir: "ltr", "aria-label": say("my_keep_link"), focus: () => field.select() });
  put("",
    element("h3", {}, say("my_keep_link")),
    element("p", {}, say("my_keep_link_how")),
    isLong && element("p", { class: "caveat" }, say("my_keep_link_notes")),
    element("div", { class: "buttons" }, field, button(say("my_keep_copy"), () => copy(field), { class: "button strong" })),
    element("div", { class: "buttons" }, button(say("my_keep_back"), () => overview())),
  );
}

/** Into the clipboard; where that is not allowed, the reader copies what is selected. */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = say("my_keep_copied");
  } catch {
    field.focus();
    field.select();
    status.textContent = say("my_keep_copy_self");
  }
}

function askDelete() {
  put("",
    element("h3", {}, say("my_keep_delete")),
    element("p", {}, say("my_keep_delete_sure")),
    element("div", { class: "buttons" },
      button(say("my_keep_delete_yes"), () => (store.clear(), overview(say("my_keep_deleted"))), { class: "button danger" }),
      button(say("my_keep_cancel"), () => overview()),
    ),
  );
}

/** What another tab changes is seen here too, but nothing that the reader is at goes away. */
store.addEventListener("change", () => body.querySelector(":scope > .facts")?.replaceWith(figures()));

dialog.addEventListener("close", () => {
  body.replaceChildren();
  status.textContent = "";
});
dialog.addEventListener("dragover", (event) => event.preventDefault());
dialog.addEventListener("drop", (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) bring(textOf(file));
});

export function open() {
  overview();
  shown.open();
}

/** What a link hands over. */
export async function receive(packed) {
  open();
  await bring(unpack(packed));
}
