// The panel of `roadbook serve`, never on a published site: where a page comes from, what is wrong with it, what its
// topic requires, and what requires it. A button opens it; Esc closes it. It stands in a shadow tree, so that neither the
// theme's style reaches it nor its own the theme.

import { desk, opener } from "./places.js";

/** What is remembered from page to page: whether the panel is open. */
const OPEN = "roadbook-panel";

/**
 * A topic or a choice; a choice has no page.
 * @typedef {{id: string, title: string, url: string | null}} Named
 */

/**
 * What the server says of a page.
 * @typedef {object} About
 * @property {import("./places.js").Place | null} source the page's own file; none where no file is its source
 * @property {({code: string, severity: string, message: string, help: string | null} & import("./places.js").Place)[]} diagnostics
 * @property {number} problems how many diagnostics the whole site has
 * @property {{of: Named[], because: string | null}[]} requires each entry is one topic, or several of which one is enough
 * @property {Named[]} required_by
 */

/**
 * Puts the panel on the page, if the server has something to say of it.
 * @param {URL} folder where the server's own files are
 */
export async function start(folder) {
  const base = new URL("..", folder).pathname;
  if (!location.pathname.startsWith(base)) return;
  const path = location.pathname.slice(base.length);
  const [answer, place] = await Promise.all([fetch(new URL("about/" + path, folder)), desk(folder)]);
  if (!answer.ok) return;
  const host = document.createElement("div");
  host.id = "roadbook-panel";
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", { rel: "stylesheet", href: new URL("panel.css", folder).href });
  const { button, panel } = build(await answer.json(), place);
  // Unstyled, it would be at the end of the page for a moment.
  host.hidden = true;
  style.addEventListener("load", () => (host.hidden = false));
  root.append(style, panel, button);
  document.body.append(host);
  toggle(button, panel);
}

/**
 * The panel and its button.
 * @param {About} about
 * @param {import("./places.js").Desk} place
 */
function build(about, place) {
  const count = about.diagnostics.length;
  const button = make("button", { type: "button", id: "button" }, "Page source");
  if (count > 0) button.append(" ", make("span", { className: "count" }, String(count)), make("span", { className: "aside" }, count === 1 ? " problem" : " problems"));
  button.setAttribute("aria-controls", "panel");
  const panel = make("section", { id: "panel" });
  panel.setAttribute("aria-label", "For the author of this page");
  const source = about.source ? opener(about.source, place, about.source.file) : "No file is this page’s own.";
  panel.append(make("h2", {}, "Source"), make("p", {}, source));
  panel.append(make("h2", {}, "Problems"));
  if (count > 0) panel.append(make("ul", {}, ...about.diagnostics.map((found) => problem(found, place))));
  else panel.append(make("p", {}, about.problems === 0 ? "None, here and in the whole site." : `None here; the site has ${about.problems}.`));
  if (about.requires.length > 0) panel.append(make("h2", {}, "Requires"), make("ul", {}, ...about.requires.map(needed)));
  if (about.required_by.length > 0) {
    panel.append(make("h2", {}, "Required by"), make("ul", {}, ...about.required_by.map((one) => make("li", {}, named(one)))));
  }
  return { button, panel };
}

/**
 * @param {About["diagnostics"][number]} found
 * @param {import("./places.js").Desk} place
 */
function problem(found, place) {
  const item = make("li", {}, make("strong", {}, `${found.severity}[${found.code}]`), `: ${found.message} `);
  item.append(opener(found, place));
  if (found.help) item.append(make("p", {}, `help: ${found.help}`));
  return item;
}

/** @param {About["requires"][number]} requirement */
function needed(requirement) {
  const item = make("li", {});
  requirement.of.forEach((one, at) => item.append(...(at > 0 ? [" or "] : []), named(one)));
  if (requirement.because) item.append(`: ${requirement.because}`);
  return item;
}

/** @param {Named} one */
function named(one) {
  return one.url ? make("a", { href: one.url }, one.title) : `${one.title} (choice)`;
}

/**
 * Opens and closes.
 * @param {HTMLElement} button
 * @param {HTMLElement} panel
 */
function toggle(button, panel) {
  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    try {
      sessionStorage.setItem(OPEN, String(open));
    } catch {
      // Then it is closed on the next page.
    }
  };
  let wasOpen = false;
  try {
    wasOpen = sessionStorage.getItem(OPEN) === "true";
  } catch {
    // As above.
  }
  show(wasOpen);
  button.addEventListener("click", () => show(panel.hidden));
  button.getRootNode().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
}

/**
 * An element with properties and children; texts are always texts.
 * @param {string} name
 * @param {object} properties
 * @param {...(Node | string)} children
 */
function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
