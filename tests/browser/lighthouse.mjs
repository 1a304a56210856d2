// Lighthouse over some pages of a built site, served as a static host does: compressed, and with a policy.
//
// node lighthouse.mjs CHROMIUM FOLDER PATH...   prints a line a page and, last, one JSON object.
// Accessibility, best practices and SEO must be 100; performance depends on the machine and is only told.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import lighthouse from "lighthouse";
import { POLICY, TYPES } from "./server.mjs";

const [chromium, folder, ...paths] = process.argv.slice(2);

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const name = normalize(decodeURIComponent(pathname)).replace(/^\/+/, "");
  const file = join(folder, pathname.endsWith("/") ? join(name, "index.html") : name);
  try {
    const body = gzipSync(await readFile(file));
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-encoding": "gzip",
      "cache-control": "max-age=31536000",
      "content-security-policy": POLICY,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const profile = await mkdtemp(join(tmpdir(), "roadbook-lighthouse-"));
const browser = spawn(
  chromium,
  ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
  { stdio: ["ignore", "ignore", "pipe"] },
);
const port = await new Promise((done, fail) => {
  let said = "";
  browser.stderr.on("data", (chunk) => {
    said += chunk;
    const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
    if (found) done(Number(found[1]));
  });
  browser.on("exit", (code) => fail(new Error(`Chromium ended with ${code}: ${said}`)));
});

const pages = [];
try {
  for (const path of paths) {
    const address = `http://127.0.0.1:${server.address().port}/${path}`;
    const { lhr } = await lighthouse(address, { port, logLevel: "error", output: "json" });
    const scores = Object.fromEntries(Object.values(lhr.categories).map((one) => [one.id, Math.round(one.score * 100)]));
    const weak = Object.values(lhr.categories)
      .filter((one) => one.id !== "performance" && one.score < 1)
      .flatMap((one) => one.auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score < 1))
      .map(({ id }) => `${id}: ${lhr.audits[id].title}`);
    console.log(`/${path} ${JSON.stringify(scores)} ${weak.join("; ")}`);
    pages.push({ path, scores, weak });
  }
} finally {
  browser.kill();
  server.close();
  server.closeAllConnections();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
}
console.log(JSON.stringify({ pages }));
