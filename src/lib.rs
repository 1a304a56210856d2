//! roadbook: from Markdown topic files to a published, dependency-ordered roadmap.
//!
//! This page is the architecture. The modules stand in the order in which the data passes through them, and
//! a module imports only from those above it (`tests/architecture.rs` checks that).
//!
//! ```text
//! folder ─host─▶ Folder ─document─▶ Documents ─roadmap─▶ Roadmaps ─plan─▶ Plans ─site─▶ Site ─render─▶ pages ─host─▶ folder
//!                texts,   one file    ids become  order,     which files   a view and    written at
//!                names    each        indices     efforts    there are     the theme     once, or served
//! ```
//!
//! | module | in → out | refuses to |
//! | --- | --- | --- |
//! | [`limits`] | how much of anything is taken | know what it is for |
//! | [`stack`] | work that lies deep → a thread with room for it | know what work |
//! | [`source`] | texts of files, places in them | touch the disk |
//! | [`diagnostic`] | what went wrong and how to mend it; what each code means; the printers | decide before the end what is shown |
//! | [`tree`] | YAML and TOML → values that know their place | know which keys there are |
//! | [`markdown`] | Markdown → an outline, and HTML | know where links lead |
//! | [`document`] | one content file → typed front matter and outline | know other files |
//! | [`config`] | `site.toml` → settings | hold run-time state |
//! | [`schema`] | the keys that [`document`] and [`config`] know → JSON Schema, for editors | check anything |
//! | [`graph`] | components, orders, circles | know what its nodes mean |
//! | [`roadmap`] | all documents → ids resolved, topics placed, choices bound | keep strings as links |
//! | [`plan`] | order, derived stages, efforts, timeline, critical path, figures, a reader's own plan | know Markdown or HTML |
//! | [`drawing`] | a graph, or a roadmap of many → geometry | read anything else |
//! | [`theme`] | templates → something that renders views | let a template fetch anything |
//! | [`urls`] | paths of pages, links from one to another | know which pages exist |
//! | [`links`] | where each link of a text leads | guess |
//! | [`search`] | all that can be found → the index that browsers read | look at HTML |
//! | [`site`] | which files exist, and the view of each page | render |
//! | [`scaffold`] | the site and an id → a new file with its front matter | write it |
//! | [`export`] | data files, one a format | |
//! | [`render`] | a view and the theme → bytes | look outside its input |
//! | [`build`] | calls the stages in order; remembers what it learnt for the next time; a key for each file | do I/O |
//! | [`host`] | folders, output, what the last build made, watching, serving, asking the web | know the pipeline |
//! | [`guard`] | work with templates of a site → the same, or a report of one that takes too much | end the program itself |
//! | [`publish`] | a folder as it was read → the output folder, of which only what is not there yet is made | know how a page is made |
//! | [`cli`] | arguments → options → [`build`], [`host`], [`publish`] | hold logic |
//!
//! Three rules carry the rest:
//!
//! - **Mistakes of authors are values.** A stage reports into [`diagnostic::Diagnostics`] and leaves a hole
//!   where the input was bad; no later stage reports the same mistake again. `Result` is for the machine.
//! - **A page is a function of its view.** [`site::view`] gathers all that a page depends on into one typed
//!   value, which the template sees and nothing else. So pages render in parallel, on request, or not at all
//!   when their view has not changed.
//! - **The same input gives the same bytes.** Maps are ordered wherever their order can reach the output, the
//!   clock is asked for the day that calendars begin on, and by `check` for the day that dates are judged on, and for
//!   nothing else, and the number of threads does not matter.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod build;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod drawing;
pub mod export;
pub mod graph;
pub mod guard;
pub mod host;
pub mod limits;
pub mod links;
pub mod markdown;
pub mod plan;
pub mod publish;
pub mod render;
pub mod roadmap;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod site;
pub mod source;
pub mod stack;
pub mod theme;
pub mod tree;
pub mod urls;
