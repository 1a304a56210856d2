// The browser of the tests.

import { createRequire } from "node:module";

const { chromium } = createRequire(import.meta.url)("playwright-core");

/** Opens this Chromium, without what no test needs. */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
  });
}
