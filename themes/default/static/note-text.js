// A note as a page shows it: paragraphs, lists, quotes, code, emphasis and links of Markdown, as nodes and never as
// markup. Whatever else is written stands as text. The time is linear in the length, whatever is written.

/** Code, a link in words, an address, strong, emphasis with stars, emphasis with strokes. No part spans lines. */
const INLINE = new RegExp(
  [
    /`([^`\n]+)`/,
    /\[([^[\]\n]{1,500})\]\((https?:\/\/[^\s()<>]{1,2000})\)/,
    /(https?:\/\/[^\s<>"'()]+)/,
    /\*\*([^*\n]+)\*\*/,
    /\*([^*\s][^*\n]*)\*/,
    /(?<![\p{L}\p{N}_])_([^_\s][^_\n]*)_(?![\p{L}\p{N}_])/,
  ].map(({ source }) => source).join("|"),
  "gu",
);
const BULLET = /^\s{0,8}[-*+]\s+(.*)$/;
const NUMBERED = /^\s{0,8}(\d{1,9})[.)]\s+(.*)$/;
const FENCE = "```";

function node(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** A link to the web; where the address is none, its words. */
function link(address, words) {
  if (!URL.canParse(address)) return words;
  const made = node("a", words);
  made.href = address;
  made.rel = "noopener nofollow";
  return made;
}

/** An address without the stops of the sentence that it ends. */
function withoutStops(address) {
  let end = address.length;
  while (".,;:!?*_".includes(address[end - 1])) end -= 1;
  return address.slice(0, end);
}

/** The nodes of a line. */
function inline(text) {
  const made = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, words, target, address, strong, stars, strokes] = found;
    if (found.index > end) made.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (code !== undefined) made.push(node("code", code));
    else if (words !== undefined) made.push(link(target, words));
    else if (strong !== undefined) made.push(node("strong", ...inline(strong)));
    else if (address === undefined) made.push(node("em", ...inline(stars ?? strokes)));
    else {
      const own = withoutStops(address);
      made.push(link(own, own), address.slice(own.length));
    }
  }
  return [...made, text.slice(end)].filter((part) => part !== "");
}

/** Lines with line breaks between them. */
const lines = (texts) => texts.flatMap((text, at) => (at > 0 ? [node("br"), ...inline(text)] : inline(text)));

function kindOf(line) {
  if (line.trim() === "") return "blank";
  if (/^-{3,}\s*$/.test(line)) return "rule";
  if (BULLET.test(line)) return "bullets";
  if (NUMBERED.test(line)) return "numbers";
  return line.startsWith("> ") ? "quote" : "paragraph";
}

/** By kind of lines: what becomes of several of it. */
const MAKERS = {
  blank: () => [],
  rule: () => [node("hr")],
  paragraph: (texts) => [node("p", ...lines(texts))],
  quote: (texts) => [node("blockquote", node("p", ...lines(texts.map((text) => text.slice(2)))))],
  bullets: (texts) => [node("ul", ...texts.map((text) => node("li", ...inline(BULLET.exec(text)[1]))))],
  numbers(texts) {
    const entries = texts.map((text) => NUMBERED.exec(text));
    const list = node("ol", ...entries.map(([, , text]) => node("li", ...inline(text))));
    list.start = Number(entries[0][1]);
    return [list];
  },
  code: (texts) => [node("pre", node("code", texts.join("\n")))],
};

/** A text as nodes. */
export function nodes(text) {
  const made = document.createDocumentFragment();
  let [kind, block] = ["blank", []];
  const turn = (next) => {
    made.append(...MAKERS[kind](block));
    [kind, block] = [next, []];
  };
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.startsWith(FENCE)) {
      turn(kind === "code" ? "blank" : "code");
      continue;
    }
    if (kind !== "code" && kindOf(line) !== kind) turn(kindOf(line));
    block.push(line);
  }
  turn("blank");
  return made;
}
