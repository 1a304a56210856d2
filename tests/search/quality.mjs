// The right result for written queries: `node quality.mjs modules site/search queries.json`, as `tests/search.rs` calls
// it. Prints what was not first, and a summary in JSON.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder, queries] = process.argv.slice(2);
const { open, parse } = await import(pathToFileURL(resolve(modules, "search-index.js")).href);

const load = async (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const index = await open(load);
const all = JSON.parse(readFileSync(queries, "utf8"));
let first = 0;
let third = 0;
for (const [query, expected] of all) {
  const asked = parse(query);
  await index.loadText(asked);
  const { results } = index.find(asked);
  const paths = await Promise.all(results.slice(0, 5).map(async (at) => (await index.show(at)).path));
  const at = paths.indexOf(expected);
  first += at === 0;
  third += at >= 0 && at < 3;
  if (at !== 0) console.log(`“${query}”: ${expected} is number ${at + 1 || "-"} of ${paths.join(" ")}`);
}
console.log(JSON.stringify({ queries: all.length, first, third }));
