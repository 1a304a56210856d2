import { base, escape, link, side } from "./parts.js";

export function render({ collections, page, title, summary, road }) {
  const topics = collections.index.byStage.get(page.url) ?? [];
  const entry = (topic) => `<li>${link(topic)} ${topic.data.effort}<p>${escape(topic.data.summary)}</p></li>`;
  return base({ title, summary, url: page.url }, `
<h1>${escape(title)}</h1>
<p>${escape(summary)}</p>
<ol>${topics.map(entry).join("")}</ol>
${side(collections.index, road, page.url)}`);
}
