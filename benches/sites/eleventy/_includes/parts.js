/** What several pages are made of. All of them are functions, the fastest templates that Eleventy has. */

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

export const link = (page) => `<a href="${page.url}">${escape(page.data.title)}</a>`;

export const item = (page) => `<li>${link(page)} ${page.data.effort ?? ""}</li>`;

export const list = (pages) => pages.map(item).join("");

export const tag = (name) => `<a href="/tags/${name}/">${escape(name)}</a>`;

let sides = new Map();
let sidesOf = null;

/** The stages of a road and the topics of one of them. Made once a stage and build. */
export function side(index, road, stage) {
  if (sidesOf !== index) [sidesOf, sides] = [index, new Map()];
  if (!sides.has(stage)) sides.set(stage, makeSide(index, road, stage));
  return sides.get(stage);
}

function makeSide(index, road, stage) {
  const topics = `<ol>${(index.byStage.get(stage) ?? []).map((page) => `<li>${link(page)}</li>`).join("")}</ol>`;
  const entry = (page) => `<li>${link(page)}${page.url === stage ? topics : ""}</li>`;
  const stages = index.stagesOf.get(road);
  const all = stages ? `<ol>${stages.map(entry).join("")}</ol>` : topics;
  return `<aside><p>${link(index.byUrl.get(road))}</p>${all}</aside>`;
}

export function base({ title, summary, url }, main) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Bench</title>
${summary ? `<meta name="description" content="${escape(summary)}">` : ""}
<link rel="canonical" href="https://example.org${url}">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
</head>
<body>
<header><a href="/">Bench</a> <nav><a href="/topics/">Topics</a> <a href="/tags/">Tags</a></nav></header>
<main>${main}</main>
<footer>Bench</footer>
</body>
</html>
`;
}
