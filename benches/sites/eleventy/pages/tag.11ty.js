import { base, link } from "../_includes/parts.js";

export const data = {
  pagination: { data: "collections", size: 1, alias: "name", filter: ["all", "roads", "topics", "newest", "index"] },
  permalink: ({ name }) => `/tags/${name}/index.html`,
};

export function render({ collections, page, name }) {
  const { byUrl, byTag } = collections.index;
  const road = (topic) => byUrl.get(`/${topic.data.stage.split("/")[1]}/`).data.title;
  const entry = (topic) => `<li>${link(topic)} <small>${road(topic)}</small> ${topic.data.effort}</li>`;
  const topics = [...byTag.get(name)].sort((a, b) => (a.data.title < b.data.title ? -1 : 1));
  return base({ title: name, url: page.url }, `<h1>${name}</h1><ul>${topics.map(entry).join("")}</ul>`);
}
