// A dialog with a heading and a way out; it lies over the page until it is closed.

import { say } from "./say.js";
import { element } from "./site.js";

let made = 0;

/**
 * @param {string} title its heading
 * @returns {{open: () => void, dialog: HTMLDialogElement, body: HTMLElement, status: HTMLElement}} `status` is read out
 *   by screen readers when its text changes
 */
export function panel(title) {
  const id = `rb-panel-${(made += 1)}`;
  const heading = element("h2", { id, tabindex: "-1" }, title);
  const close = element("button", { type: "button", class: "close", "aria-label": say("my_close"), click: () => dialog.close() }, "×");
  const status = element("p", { class: "status", role: "status" });
  const body = element("div", { class: "inside" });
  const whole = element("div", {}, element("header", {}, heading, close), status, body);
  // A click beside it closes it, but not the end of a selection: the dialog itself is the edge around `whole`.
  let isBeside = false;
  const pointerdown = ({ target }) => (isBeside = target === dialog);
  const click = ({ target }) => isBeside && target === dialog && dialog.close();
  const dialog = element("dialog", { class: "panel", "aria-labelledby": id, pointerdown, click }, whole);
  document.body.append(dialog);
  const open = () => {
    if (!dialog.open) dialog.showModal();
    // Not on a button: a key that is still held must not press it.
    heading.focus();
  };
  return { open, dialog, heading, body, status };
}

/** A button with a text. */
export const button = (text, click, attributes = {}) => element("button", { type: "button", class: "button", click, ...attributes }, text);
