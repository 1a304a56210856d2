export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export function render({ collections }) {
  const entries = collections.all.map(({ url, date }) =>
    `<url><loc>https://example.org${url}</loc><lastmod>${date.toISOString().slice(0, 10)}</lastmod></url>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("")}</urlset>
`;
}
