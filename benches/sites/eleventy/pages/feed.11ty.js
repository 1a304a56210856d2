import { escape } from "../_includes/parts.js";

export const data = { permalink: "/atom.xml", eleventyExcludeFromCollections: true };

export function render({ collections }) {
  const entry = ({ url, date, data }) => `<entry><title>${escape(data.title)}</title><id>https://example.org${url}</id>
<link href="https://example.org${url}"/><updated>${date.toISOString()}</updated>
<summary>${escape(data.summary)}</summary></entry>
`;
  const newest = collections.newest;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Bench</title><id>https://example.org/</id>
<updated>${newest[0].date.toISOString()}</updated>
${newest.map(entry).join("")}</feed>
`;
}
