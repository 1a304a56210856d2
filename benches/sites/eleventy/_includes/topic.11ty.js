import { base, escape, link, list, side, tag } from "./parts.js";

const box = (title, pages) => (pages?.length ? `<section><h2>${title}</h2><ul>${list(pages)}</ul></section>` : "");

export function render({ collections, content, page, id, title, summary, effort, tags, requires, stage }) {
  const { index } = collections;
  const place = index.places.get(id);
  const [previous, next] = [place.stage[place.at - 1], place.stage[place.at + 1]];
  const road = `/${stage.split("/")[1]}/`;
  return base({ title, summary, url: page.url }, `
<article>
<p>${link(index.byUrl.get(road))} › ${link(index.byUrl.get(stage))}</p>
<h1>${escape(title)}</h1>
<p>${escape(summary)}</p>
<p>${effort} ${tags.map(tag).join(" ")}</p>
${box("Before", requires.map((before) => index.byId.get(before)))}
${content}
${box("Opens", index.requiredBy.get(id))}
<nav>${previous ? link(previous) : ""} ${next ? link(next) : ""}</nav>
</article>
${side(index, road, stage)}`);
}
