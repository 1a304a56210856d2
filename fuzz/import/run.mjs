// Fuzzes what readers bring: files and links of progress, links to plans, notes. `node run.mjs MODULES [SECONDS] [SEED]`
// holds the kept inputs (`fuzz/corpus/import`, `fuzz/regressions/import`) and mutations of them against `properties.mjs`:
// some thousands, or as many as the seconds allow. MODULES is a folder with the theme's `static/*.js` and a
// `package.json` that says `{"type": "module"}`. An input that does not hold is printed with its seed, and the status is 1.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { mutations } from "./mutate.mjs";
import { properties } from "./properties.mjs";

const [, , modules, seconds = "0", seed = "1"] = process.argv;
const ROUNDS = 1_000; // when no time is given
const SLOW = 2_000; // ms of this process that no input may take, whatever others do
const FUZZ = new URL("..", import.meta.url).pathname;

const files = (folder) => (existsSync(folder) ? readdirSync(folder).sort().map((name) => join(folder, name)) : []);
const kept = [...files(join(FUZZ, "corpus/import")), ...files(join(FUZZ, "regressions/import"))];
const corpus = kept.map((name) => ({ name, text: readFileSync(name, "utf8") }));
const check = await properties(modules, join(FUZZ, "import/road.json"));

/** Holds one input against every property; whether it did. */
async function hold(name, text) {
  const start = process.cpuUsage();
  try {
    await check(text);
    const { user, system } = process.cpuUsage(start);
    const taken = (user + system) / 1000;
    if (taken < SLOW) return true;
    throw new Error(`it takes ${Math.round(taken)} ms`);
  } catch (error) {
    console.log(`${name} does not hold: ${error.stack}\n${JSON.stringify(text)}`);
    return false;
  }
}

let held = corpus.length > 0;
for (const { name, text } of corpus) held = (await hold(name, text)) && held;
const end = performance.now() + 1000 * Number(seconds);
let count = 0;
for (const text of mutations(corpus.map(({ text }) => text), Number(seed))) {
  if (!held || (Number(seconds) > 0 ? performance.now() > end : count >= ROUNDS)) break;
  count += 1;
  held = await hold(`input ${count} of seed ${seed}`, text);
}
console.log(`${corpus.length} kept inputs and ${count} mutations`);
process.exit(held ? 0 : 1);
