import { base, tag } from "../_includes/parts.js";

export const data = { permalink: "/tags/index.html" };

export function render({ collections, page }) {
  const tags = [...collections.index.byTag].sort();
  const entry = ([name, pages]) => `<li>${tag(name)} ${pages.length}</li>`;
  return base({ title: "Tags", url: page.url }, `<h1>Tags</h1><ul>${tags.map(entry).join("")}</ul>`);
}
