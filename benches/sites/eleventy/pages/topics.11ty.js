import { base, list } from "../_includes/parts.js";

export const data = { permalink: "/topics/index.html" };

export function render({ collections, page }) {
  const topics = [...collections.topics].sort((a, b) => (a.data.title < b.data.title ? -1 : 1));
  return base({ title: "Topics", url: page.url }, `<h1>Topics</h1><ul>${list(topics)}</ul>`);
}
