import { base, escape, link } from "../_includes/parts.js";

export const data = { permalink: "/index.html" };

export function render({ collections, page }) {
  const entry = (road) => `<li>${link(road)} ${escape(road.data.summary)}</li>`;
  return base({ title: "Bench", url: page.url }, `<h1>Bench</h1><ul>${collections.roads.map(entry).join("")}</ul>`);
}
