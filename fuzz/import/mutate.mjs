// Texts that look like others, but for a few places. The same seed gives the same texts.

/** Small numbers that look random. */
function dice(seed) {
  let n = seed >>> 0;
  return (sides) => {
    n = (n + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(n ^ (n >>> 15), n | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

/** Words that mean something to one of the readers, or to JavaScript. */
const WORDS = [
  "__proto__", "constructor", "toString", "hasOwnProperty", "null", "true", "[]", "{}", "1e999", "-1", "0.5", "9007199254740993", "\\ud800",
  "\ud800", "\u0000", "\u2028", "é", "🦀", "done", "doing", "skipped", "topics", "notes", "picks", "plans", "format", "value", "at", "2026-02-30",
  "9999-12-31", "0000-01-01", "<script>alert(1)</script>", "javascript:alert(1)", "https://a.b/", "[a](https://b.c)", "**", "*", "_", "`", "```",
  "> ", "- ", "1. ", "---", "plan=1&", "&hours=", "&week=1,1,1,1,1,0,0", "&off=", "..", "&to=", "&known=", "&pick=", ":", ",", "%00", "%ff", "&", "=", "\n",
  " ", '"', "\\", "{", "}", "[", "]",
];

/** Values that no state should have. */
const VALUES = [null, true, 0, -1, 1.5, 1e308, 2 ** 53, "", "done", "x".repeat(30_000), [], {}, [[]], ["http", "http", 7], { value: "done", at: 1 }, { at: "now" }];

/** A value of JSON with another one somewhere in it. */
function altered(value, roll) {
  if (typeof value !== "object" || value === null || roll(6) === 0) return VALUES[roll(VALUES.length)];
  const keys = Object.keys(value);
  if (keys.length === 0) return VALUES[roll(VALUES.length)];
  const key = keys[roll(keys.length)];
  const copy = Array.isArray(value) ? [...value] : Object.fromEntries(Object.entries(value));
  const kind = roll(8);
  if (kind === 0) delete copy[key];
  else if (kind === 1 && !Array.isArray(copy)) Object.defineProperty(copy, WORDS[roll(WORDS.length)], { value: copy[key], enumerable: true });
  else copy[key] = altered(copy[key], roll);
  return copy;
}

function cut(text, others, roll) {
  const at = roll(text.length + 1);
  const end = Math.min(text.length, at + roll(roll(4) ? 8 : 200));
  const other = others[roll(others.length)];
  const middle = [
    () => "",
    () => text.slice(at, end).repeat(2 + roll(3)),
    () => WORDS[roll(WORDS.length)],
    () => WORDS[roll(WORDS.length)].repeat(1 + roll(2_000)),
    () => other.slice(roll(other.length + 1)).slice(0, 1 + roll(400)),
    () => String.fromCharCode(roll(4) ? roll(128) : roll(65_536)),
  ][roll(6)]();
  return text.slice(0, at) + middle + text.slice(end);
}

/** Endless mutations of some texts. */
export function* mutations(texts, seed) {
  const roll = dice(seed);
  for (;;) {
    let text = texts[roll(texts.length)];
    try {
      if (roll(2)) text = JSON.stringify(altered(JSON.parse(text), roll));
    } catch {
      // Not every text is JSON.
    }
    for (let n = roll(5); n > 0; n -= 1) text = cut(text, texts, roll);
    yield text;
  }
}
