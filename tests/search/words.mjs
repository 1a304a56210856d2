// The word splitting in JavaScript against the shared cases: `node words.mjs modules words.json`.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, cases] = process.argv.slice(2);
const { compounds, terms } = await import(pathToFileURL(resolve(modules, "search-words.js")).href);

let wrong = 0;
for (const { text, words } of JSON.parse(readFileSync(cases, "utf8"))) {
  const found = terms(text);
  // What is marked in a page is cut out of the text by these offsets.
  const runs = compounds(text).flatMap(({ runs }) => runs);
  const ordered = runs.every(({ start, end }, at) => start < end && start >= (runs[at - 1]?.end ?? 0) && end <= text.length);
  if (ordered && JSON.stringify(found) === JSON.stringify(words)) continue;
  wrong += 1;
  console.log(`“${text}”: ${JSON.stringify(found)}, not ${JSON.stringify(words)}`);
}
process.exit(wrong ? 1 : 0);
