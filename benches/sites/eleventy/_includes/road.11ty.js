import { base, escape, link, list } from "./parts.js";

export function render({ collections, page, title, summary }) {
  const { byStage, stagesOf } = collections.index;
  const section = (stage) => `<section><h2>${link(stage)}</h2><ol>${list(byStage.get(stage.url) ?? [])}</ol></section>`;
  const stages = (stagesOf.get(page.url) ?? []).map(section).join("");
  return base({ title, summary, url: page.url }, `
<h1>${escape(title)}</h1>
<p>${escape(summary)}</p>
${stages}<ol>${list(byStage.get(page.url) ?? [])}</ol>`);
}
