// Places in the author's files, for `roadbook serve`: what opens one in the editor, or copies it.

/**
 * How the author gets to files; `null` is unknown.
 * @typedef {{root: string | null, editor: string | null}} Desk
 */

/**
 * A place: a path below the site's root, a line and a column, both counted from 1.
 * @typedef {{file: string, line: number, column: number}} Place
 */

/** @type {Promise<Desk> | null} */
let known = null;

/**
 * How the author gets to files; asked for once.
 * @param {URL} folder where the server's own files are
 * @returns {Promise<Desk>}
 */
export function desk(folder) {
  known ??= fetch(new URL("desk.json", folder)).then((answer) => answer.json());
  return known;
}

/**
 * The address that opens a place in the editor.
 * @param {Place} place
 * @param {Desk} desk
 * @returns {string | null} none where no editor is set
 */
function address(place, desk) {
  if (!desk.editor || !desk.root) return null;
  const path = (desk.root + place.file).split("/").map(encodeURIComponent).join("/").replaceAll("%3A", ":");
  // Editors put their own slash before the path, and one is enough.
  const joined = desk.editor.replace("/{path}", path.startsWith("/") ? "{path}" : "/{path}");
  return joined.replaceAll("{path}", path).replaceAll("{line}", place.line).replaceAll("{column}", place.column);
}

/**
 * A link that opens a place, or a button that copies it where no editor is set. Its text is the place as reports
 * write it.
 * @param {Place} place
 * @param {Desk} desk
 * @param {string} [text] other words for it
 * @returns {HTMLElement}
 */
export function opener(place, desk, text) {
  const words = `${place.file}:${place.line}:${place.column}`;
  const url = address(place, desk);
  const element = document.createElement(url ? "a" : "button");
  element.textContent = text ?? words;
  element.className = "roadbook-place";
  if (element instanceof HTMLAnchorElement) {
    element.href = url;
    element.title = "Open in the editor";
  } else {
    const whole = (desk.root ?? "") + words;
    element.type = "button";
    element.title = "Copy " + whole;
    element.addEventListener("click", () => copy(element, whole));
  }
  return element;
}

/**
 * Copies a text, and says so for a moment.
 * @param {HTMLElement} element where to say it
 * @param {string} text
 */
async function copy(element, text) {
  try {
    await navigator.clipboard.writeText(text);
    element.dataset.copied = "";
    setTimeout(() => delete element.dataset.copied, 1500);
  } catch {
    // Then the place can still be selected.
    getSelection().selectAllChildren(element);
  }
}

/**
 * Turns the places in a report (`--> content/a.md:3:1`) into what opens them. The text stays the same.
 * @param {HTMLElement} element what holds the report, as text alone
 * @param {Desk} desk
 */
export function link(element, desk) {
  const report = element.textContent;
  const nodes = [];
  let end = 0;
  for (const found of report.matchAll(/^( *(?:-->|:::) )(.+):(\d+):(\d+)$/gm)) {
    const [all, arrow, file, line, column] = found;
    nodes.push(report.slice(end, found.index) + arrow, opener({ file, line: Number(line), column: Number(column) }, desk));
    end = found.index + all.length;
  }
  element.replaceChildren(...nodes, report.slice(end));
}
