//! How much of anything is taken: sizes beyond which input is refused, each with a diagnostic of its own, so that no
//! input makes the program hang or exhausts the machine. All are far beyond what people write, and none depends on the
//! machine or its clock. `docs/content-guide.md` tells them to authors.

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

/// Bytes of a path below the site's folder: publishing adds to it, and systems end at 1024 or 4096.
pub const PATH_BYTES: usize = 900;

/// Characters of an id: with its ending it is a name on any disk.
pub const ID_LENGTH: usize = 100;

/// Problems that are reported of one file; errors come first. Who mends so many finds the others in the next run.
pub const PROBLEMS: usize = 500;

/// Topics that the message about a circle names; the places of all the others are in the report.
pub const CIRCLE_NAMES: usize = 12;

/// Steps that the templates of a site may take for one page: turns of loops, includes, blocks and calls of components.
pub const TEMPLATE_STEPS: u32 = 1_000_000;

/// Bytes of one page.
pub const PAGE_BYTES: usize = 128 << 20;
