// Which pages of a built site stand for all: every kind, and of stages, topics and tags those with the most on them.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Every file of a built site, by its path with forward slashes. */
export function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const list = entries.filter((entry) => entry.isFile());
  return list.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/")).sort();
}

/** What a topic page can hold; the largest page with each is tried. */
const FEATURES = {
  code: /<pre\b/,
  table: /<main[^]*<table\b[^]*<\/main>/,
  alert: /class="[^"]*\balert\b/,
  math: /<math\b/,
  picture: /<img\b/,
  footnote: /footnote/,
  checkbox: /type="checkbox"/,
  drawing: /<main[^]*<svg\b[^]*<\/main>/,
};

/** Where there are several pages of a kind: how many are tried, by size. */
const LIMITS = { roadmap: 3, timeline: 2, page: 2, tag: 1, redirect: 3, stage: 3, topic: 2 };

/** Reads the pages of a built site: `{file, url, kind, html}`; `url` is relative to the site's home. */
export function read(folder) {
  return files(folder).filter((file) => file.endsWith(".html")).map((file) => {
    const html = readFileSync(join(folder, file), "utf8");
    const redirect = /http-equiv="refresh"/i.test(html);
    const kind = redirect ? "redirect" : (/<body[^>]*\bpage-([a-z0-9-]+)/.exec(html)?.[1] ?? "unknown");
    return { file, url: file.replace(/(^|\/)index\.html$/, "$1"), kind, html };
  });
}

/**
 * The pages to open: all kinds, and the smallest, the largest and the richest where there are many of one; or, `once`, the
 * largest of each kind.
 */
export function choose(pages, once) {
  const chosen = new Map();
  const take = (page, why) => page && (chosen.get(page) ?? chosen.set(page, []).get(page)).push(why);
  for (const kind of new Set(pages.map((page) => page.kind))) {
    const all = pages.filter((page) => page.kind === kind).sort((a, b) => b.html.length - a.html.length);
    all.slice(0, once ? 1 : (LIMITS[kind] ?? 1)).forEach((page) => take(page, kind));
    if (once) continue;
    if (kind === "stage" || kind === "topic") take(all.at(-1), `smallest ${kind}`);
    if (kind !== "topic") continue;
    for (const [feature, pattern] of Object.entries(FEATURES)) {
      take(all.find((page) => pattern.test(page.html)), feature);
    }
  }
  return [...chosen.keys()].sort((a, b) => (a.url < b.url ? -1 : 1));
}
