// A reader's note on a topic: shown as text, edited in a box, kept as it is typed.

import { nodes } from "./note-text.js";
import { number, say } from "./say.js";
import { element, store } from "./site.js";
import { NOTE_LIMIT } from "./store.js";

const PATIENCE = 400; // ms without typing after which a note is kept

const made = new WeakMap(); // by section

/** Shows the note in its section. */
export const show = (section, id) => note(section, id).render();

/** Opens the note for editing. */
export const edit = (section, id) => note(section, id).edit();

function note(section, id) {
  if (!made.has(section)) made.set(section, new Note(section, id));
  return made.get(section);
}

class Note {
  constructor(section, id) {
    Object.assign(this, { id, editing: false, timer: 0 });
    /** What is kept, as last seen; and the text of the box when it was last kept or taken from there. */
    this.seen = this.saved = this.kept();
    this.view = element("div", { class: "prose" });
    this.status = element("p", { role: "status", class: "none" });
    this.hint = element("p", { class: "none", id: "rb-note-hint" }, say("my_note_hint"));
    this.button = element("button", { type: "button", class: "button", click: () => (this.editing ? this.close() : this.edit()) });
    this.box = element("textarea", {
      rows: 5,
      maxlength: NOTE_LIMIT,
      "aria-labelledby": "rb-notes",
      "aria-describedby": "rb-note-hint",
      input: () => this.typed(),
      blur: () => this.keep(),
    });
    this.box.value = this.saved;
    // Beside the button, where it moves nothing: it comes and goes while the button is being pressed.
    const foot = element("div", { class: "buttons" }, this.button, this.status);
    section.replaceChildren(section.firstElementChild, this.view, this.box, this.hint, foot);
    store.addEventListener("change", () => this.changed());
    window.addEventListener("pagehide", () => this.keep());
  }

  kept() {
    return store.get("notes", this.id) ?? "";
  }

  render() {
    const { view, box, hint, button, editing, seen } = this;
    view.hidden = editing || !seen;
    box.hidden = hint.hidden = !editing;
    if (!editing) view.replaceChildren(nodes(seen));
    button.textContent = say(editing ? "my_close" : seen ? "my_note_edit" : "my_note_write");
  }

  edit() {
    this.editing = true;
    this.render();
    this.box.focus();
  }

  close() {
    this.keep();
    this.editing = false;
    this.status.replaceChildren();
    this.render();
    this.button.focus();
  }

  typed() {
    this.status.replaceChildren();
    this.isJoined = false;
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PATIENCE);
  }

  /** Keeps the text of the box, after a look at what others have kept: a tab that slept has not been told. */
  keep() {
    clearTimeout(this.timer);
    if (this.box.value === this.saved) return;
    store.refresh();
    const { value } = this.box;
    const isEmpty = value.trim() === "";
    this.saved = value;
    this.seen = isEmpty ? "" : value.slice(0, NOTE_LIMIT);
    store.set("notes", this.id, isEmpty ? null : value);
    if (value.length > NOTE_LIMIT) this.say("my_note_long", { n: number(NOTE_LIMIT) });
    else if (!this.isJoined) this.say("my_note_kept");
  }

  say(key, values) {
    this.status.replaceChildren(say(key, values));
  }

  /** What is kept has changed elsewhere: it is shown, and what is being typed here is not lost for it. */
  changed() {
    const kept = this.kept();
    if (kept === this.seen) return;
    const { value, selectionStart, selectionEnd } = this.box;
    const isTyped = value !== this.saved && value.trim() !== "";
    this.seen = kept;
    this.saved = kept;
    if (!isTyped || kept.includes(value)) this.box.value = kept;
    else if (!value.includes(kept)) this.join(value, kept);
    if (this.box.value !== kept) this.wait();
    this.box.setSelectionRange(selectionStart, selectionEnd);
    if (!this.editing) this.render();
  }

  join(mine, theirs) {
    this.box.value = `${mine}\n\n---\n\n${theirs}`;
    this.isJoined = true;
    this.say("my_note_both");
  }
}
