//! How much of anything is taken: sizes beyond which input is refused, each with a diagnostic of its own, so that no
//! input makes the program hang or exhausts the machine. All are far beyond what people write, and all but two are counts,
//! the same on every machine. `docs/content-guide.md` tells them to authors.

/// Bytes of a text file: an article, `site.toml`, a template.
pub const TEXT_BYTES: u64 = 16 << 20;

/// Bytes of a front matter.
pub const FRONT_MATTER_BYTES: usize = 1 << 20;

/// Values in a front matter: keys, texts, numbers, lists and maps, those that aliases repeat too.
pub const FRONT_MATTER_VALUES: usize = 20_000;

/// Lists and maps inside each other in a front matter.
pub const FRONT_MATTER_DEPTH: usize = 32;

/// Anchors, and aliases of them, in a front matter.
pub const FRONT_MATTER_ALIASES: usize = 100;

/// Quotes, lists and emphasis inside each other in Markdown; what lies deeper is shown as text.
pub const MARKDOWN_DEPTH: usize = 100;

/// Files and folders below each of `content/`, `static/`, `templates/` and `themes/`.
pub const FILES: usize = 1_000_000;

/// Markdown files in `content/`: topics, stages, roadmaps, pages.
pub const ARTICLES: usize = 200_000;

/// Bytes of all texts of a site together.
pub const ALL_TEXT_BYTES: u64 = 1 << 30;

/// Bytes of a path below the site's folder: publishing adds to it, and systems end at 1024 or 4096.
pub const PATH_BYTES: usize = 900;

/// Characters of an id: with its ending it is a name on any disk.
pub const ID_LENGTH: usize = 100;

/// Problems that are reported of one file; errors come first. Who mends so many finds the others in the next run.
pub const PROBLEMS: usize = 500;

/// Topics that the message about a circle names; the places of all the others are in the report.
pub const CIRCLE_NAMES: usize = 12;

/// Templates of a site's own, tables of words among them.
pub const TEMPLATES: usize = 1_000;

/// Branches that the `if`s of one template have beyond their first: `elif`s.
pub const TEMPLATE_BRANCHES: usize = 1_000;

/// Steps that the templates of a site may take for one page: turns of loops, includes, blocks and calls of components.
pub const TEMPLATE_STEPS: u32 = 1_000_000;

/// Includes, blocks and components of a site inside each other.
pub const TEMPLATE_DEPTH: u32 = 64;

/// What the templates of a site may keep under one name: bytes of texts and entries of lists and maps, each counted as
/// often as it would be written.
pub const TEMPLATE_VALUE: usize = 16 << 20;

/// Lists and maps inside each other that templates may keep under a name.
pub const VALUE_DEPTH: u32 = 64;

/// Bytes by which the program may grow while the templates of a site make one page. This and the next depend on the
/// machine: they end what one expression does that is seen by no count.
pub const TEMPLATE_MEMORY: usize = 1 << 30;

/// Seconds that the templates of a site may take for one page.
pub const TEMPLATE_SECONDS: u64 = 20;

/// Bytes of one page.
pub const PAGE_BYTES: usize = 128 << 20;
