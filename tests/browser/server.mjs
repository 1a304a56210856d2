// The plainest file server: a folder under a path, a policy that forbids all that is not our own, no second guess.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

export const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ics": "text/calendar; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

export const POLICY = "default-src 'self'";

/** Serves `folder` below `path` (with slashes at both ends) on loopback; what lies outside is not found. */
export async function serve(folder, path) {
  const missing = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const head = { "content-security-policy": POLICY, "cache-control": "no-store" };
    try {
      if (!url.pathname.startsWith(path)) throw new Error("outside");
      const name = normalize(decodeURIComponent(url.pathname.slice(path.length)));
      if (name.startsWith("..")) throw new Error("outside");
      let file = join(folder, name);
      if ((await stat(file)).isDirectory()) {
        if (!url.pathname.endsWith("/")) {
          response.writeHead(301, { ...head, location: `${url.pathname}/` }).end();
          return;
        }
        file = join(file, "index.html");
      }
      const body = await readFile(file);
      response.writeHead(200, { ...head, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      missing.push(url.pathname);
      const body = await readFile(join(folder, "404.html")).catch(() => "not found");
      response.writeHead(404, { ...head, "content-type": TYPES[".html"] }).end(body);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, home: origin + path, missing, close: () => server.closeAllConnections?.() ?? server.close() };
}
