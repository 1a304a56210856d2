import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

const kind = (name) => (api) =>
  api.getAll().filter((page) => page.data.kind === name).sort((a, b) => a.data.order - b.data.order);

/** Values by key, each key's in the order of the pages. */
function grouped(pages, keys) {
  const groups = new Map();
  for (const page of pages) {
    for (const key of keys(page)) groups.has(key) ? groups.get(key).push(page) : groups.set(key, [page]);
  }
  return groups;
}

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.addPassthroughCopy("style.css");
  config.addCollection("roads", kind("road"));
  config.addCollection("topics", kind("topic"));
  config.addCollection("newest", (api) => kind("topic")(api).sort((a, b) => b.date - a.date).slice(0, 20));
  // What single pages look up, made once.
  config.addCollection("index", (api) => {
    const topics = kind("topic")(api);
    const byStage = grouped(topics, (page) => [page.data.stage]);
    const places = [...byStage.values()].flatMap((stage) => stage.map((page, at) => [page.data.id, { stage, at }]));
    return {
      byId: new Map(topics.map((page) => [page.data.id, page])),
      requiredBy: grouped(topics, (page) => page.data.requires),
      byTag: grouped(topics, (page) => page.data.tags),
      byUrl: new Map(api.getAll().map((page) => [page.url, page])),
      stagesOf: grouped(kind("stage")(api), (page) => [page.data.road]),
      byStage,
      places: new Map(places),
    };
  });
  return { dir: { input: ".", output: "_site" }, markdownTemplateEngine: false };
}
