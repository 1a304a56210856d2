// How a script of cases runs, and what it need not mind.

/**
 * Runs cases one after the other and prints what each took and what failed; ends the process with that.
 * @param {Record<string, () => Promise<void>>} cases
 * @param {string[]} failures where a case tells what it found
 * @param {{after?: () => Promise<void>, end: () => Promise<void>, only?: string}} how `after` each case, at the `end`, and
 *   which cases only, by a part of their names
 */
export async function run(cases, failures, { after, end, only = "" }) {
  for (const [name, work] of Object.entries(cases)) {
    if (!name.includes(only)) continue;
    const before = failures.length;
    const start = performance.now();
    await work().catch((error) => failures.push(String(error.stack).slice(0, 900)));
    await after?.();
    failures.splice(before, failures.length, ...failures.slice(before).map((one) => `${name}: ${one}`));
    console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  await end();
  for (const one of failures) console.log(`failed: ${one}`);
  process.exit(failures.length ? 1 : 0);
}

/** Whether and when Chromium asks for an icon is its own matter, and what it then says of it. */
export const isOfIcon = (message) =>
  /\/(favicon\.ico|icon\.svg)$/.test(message.location().url) || /icon\.svg' from origin/.test(message.text());
