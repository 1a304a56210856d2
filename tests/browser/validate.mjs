// Checks of the files as they are: the Nu HTML checker, the links, and the XML.

import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { files, read } from "./pages.mjs";

const run = promisify(execFile);
const big = { maxBuffer: 1 << 28 };

/**
 * Nu on every page, style sheet and drawing of all sites, in one Java.
 *
 * Nothing is filtered: an error of any kind is a finding. Warnings are printed, and are none.
 */
export async function nu(java, jar, sites, report, remark) {
  const roots = sites.map((site) => [pathToFileURL(site.folder).href, site]);
  const names = sites.flatMap((site) => {
    return files(site.folder).filter((file) => /\.(html|css|svg)$/.test(file)).map((file) => join(site.folder, file));
  });
  const options = ["-Xss2m", "-XX:+UseSerialGC", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"];
  const args = [...options, "--also-check-css", "--also-check-svg", ...names];
  const { stdout } = await run(java, args, big);
  const warnings = new Map();
  for (const message of JSON.parse(stdout).messages) {
    const url = message.url?.replace(/^file:\/*/, "file:///") ?? "";
    const [root, site] = roots.find(([root]) => url.startsWith(`${root}/`)) ?? ["", { name: "?" }];
    const file = url.slice(root.length + 1);
    const place = message.lastLine ? `${file}:${message.lastLine}` : file;
    if (message.type === "info") {
      warnings.set(message.message, [...(warnings.get(message.message) ?? []), `${site.name} ${place}`]);
    } else {
      report({ site: site.name, page: place, rule: "nu", text: `${message.message} ${message.extract?.trim() ?? ""}` });
    }
  }
  for (const [text, places] of warnings) remark(`nu warns on ${places.length} pages: ${text} (${places[0]})`);
  return names.length;
}

const text = (value) => value.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/").replaceAll("&#39;", "'").replaceAll("&quot;", '"');

/** Every link, script, style and picture of every page leads to a file of the site, and every anchor to an id. */
export function links(site, report) {
  const pages = read(site.folder);
  const ids = new Map(pages.map((page) => [page.file, new Set([...page.html.matchAll(/\sid="([^"]*)"/g)].map((m) => text(m[1])))]));
  const base = site.offline ? `${pathToFileURL(site.folder).href}/` : `http://site.test${site.path}`;
  let count = 0;
  for (const page of pages) {
    const here = new URL(site.offline ? page.file : page.url, base);
    // Inside tags only: a text may speak of attributes.
    const tags = page.html.match(/<[a-zA-Z](?:"[^"]*"|[^">])*>/g).join("\n");
    for (const [, name, value] of tags.matchAll(/\s(href|src|poster|xlink:href)="([^"]*)"/g)) {
      const url = new URL(text(value), here);
      const bad = (why) => report({ site: site.name, page: page.file, rule: "link", text: `${name}="${value}" ${why}` });
      if (site.offline ? !/^(file|https?|mailto):$/.test(url.protocol) : !/^(https?|mailto):$/.test(url.protocol)) {
        bad("has a strange scheme");
        continue;
      }
      if (url.origin !== here.origin || url.protocol !== here.protocol) continue;
      count += 1;
      const full = url.href.replace(/[?#].*$/, "");
      if (!full.startsWith(base)) {
        bad("leads out of the site's path");
        continue;
      }
      let file = decodeURIComponent(full.slice(base.length));
      if (!site.offline && (file === "" || file.endsWith("/"))) file += "index.html";
      const path = join(site.folder, file);
      if (!existsSync(path) || !statSync(path).isFile()) bad("leads to no file");
      else if (url.hash.length > 1 && ids.has(file) && !ids.get(file).has(decodeURIComponent(url.hash.slice(1)))) {
        bad("leads to no id");
      }
    }
  }
  return count;
}

/** `atom.xml`, `sitemap.xml` and every drawing: well-formed, and with what a reader of such files needs. */
export async function xml(site, page, xmllint, report) {
  const all = files(site.folder);
  const list = all.filter((file) => /\.(xml|svg)$/.test(file));
  for (const must of ["atom.xml", "sitemap.xml"]) {
    if (!list.includes(must)) report({ site: site.name, page: must, rule: "xml", text: "is missing" });
  }
  for (const file of list) {
    const bad = (text) => report({ site: site.name, page: file, rule: "xml", text });
    if (xmllint) {
      await run(xmllint, ["--noout", "--nonet", join(site.folder, file)]).catch((e) => bad(`xmllint: ${e.stderr.split("\n")[0]}`));
    }
    for (const problem of await page.evaluate(inspect, readFileSync(join(site.folder, file), "utf8"))) bad(problem);
  }
}

/** Runs in the browser, whose parser stops at the first thing that is not XML. */
function inspect(source) {
  const tree = new DOMParser().parseFromString(source, "application/xml");
  const error = tree.querySelector("parsererror");
  if (error) return [`not well-formed: ${error.textContent.trim().replace(/\s+/g, " ").slice(0, 200)}`];
  const root = tree.documentElement;
  const out = [];
  const child = (el, name) => [...el.children].find((one) => one.localName === name);
  const absolute = (value, what) => /^https?:\/\/[^/]+\//.test(value ?? "") || out.push(`${what} is no absolute address: ${value}`);
  const date = (el, what) => {
    const value = el?.textContent ?? "";
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) || isNaN(Date.parse(value))) out.push(`${what} is no date: “${value}”`);
  };
  if (root.localName === "feed") {
    if (root.namespaceURI !== "http://www.w3.org/2005/Atom") out.push("the feed has another namespace");
    const ids = [];
    for (const el of [root, ...root.querySelectorAll("entry")]) {
      const what = el === root ? "feed" : `entry “${child(el, "title")?.textContent}”`;
      for (const name of ["id", "title", "updated"]) child(el, name)?.textContent.trim() || out.push(`${what} has no ${name}`);
      date(child(el, "updated"), `${what}: updated`);
      ids.push(child(el, "id")?.textContent);
      if (!child(el, "author") && !child(root, "author")) out.push(`${what} has no author`);
      for (const link of [...el.children].filter((one) => one.localName === "link")) absolute(link.getAttribute("href"), `${what}: link`);
    }
    if (new Set(ids).size !== ids.length) out.push("two entries have one id");
  } else if (root.localName === "urlset") {
    const places = [...root.querySelectorAll("loc")].map((el) => el.textContent);
    if (places.length === 0) out.push("no address in the sitemap");
    for (const place of places) absolute(place, "loc");
    if (new Set(places).size !== places.length) out.push("an address stands twice");
    for (const el of root.querySelectorAll("url")) child(el, "loc") || out.push("a url without loc");
  }
  return out;
}

/** The repository's own path of a module beside this file. */
export const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
