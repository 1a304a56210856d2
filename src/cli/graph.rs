//! `roadbook graph`: the drawing of a roadmap, for people or programs.

use clap::ValueEnum;

use super::report::Terminal;
use super::{Common, Failure, print_out, site};
use crate::build::{self, Content, Options, has_errors};
use crate::diagnostic::Diagnostics;
use crate::export::{graph_dot, graph_json, graph_mermaid, graph_text};
use crate::site::Site;
use crate::site::pages::Page;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The id of the roadmap [default: the only one]
    roadmap: Option<String>,
    /// What to draw it as: the picture that is published beside the roadmap's page; the same as numbers; the
    /// graph alone, for Graphviz or Mermaid; or text, for a terminal
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Svg,
    Dot,
    Mermaid,
    Json,
    Text,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    let compiled = site::compile(&root, &Options { highlight: false, ..Options::default() }, terminal)?;
    let refuse = |found: Diagnostics| {
        let report = compiled.report(found);
        has_errors(&report).then(|| {
            terminal.report(&report, &compiled.site.sources);
            Failure::Content
        })
    };
    if let Some(failure) = refuse(Diagnostics::default()) {
        return Err(failure);
    }
    let at = site::roadmap(&compiled.site, arguments.roadmap.as_deref())?;
    let text = match arguments.format {
        Format::Svg => match poster(&compiled.site, at) {
            Ok(bytes) => bytes,
            Err(found) => return Err(refuse(found).unwrap_or(Failure::Content)),
        },
        Format::Dot => graph_dot::render(&compiled.site, at).into_bytes(),
        Format::Mermaid => graph_mermaid::render(&compiled.site, at).into_bytes(),
        Format::Json => graph_json::render(&compiled.site, at).into_bytes(),
        Format::Text => graph_text::render(&compiled.site, at).into_bytes(),
    };
    print_out(&text)
}

/// The bytes that a build publishes.
fn poster(site: &Site, at: usize) -> Result<Vec<u8>, Diagnostics> {
    let output = site.outputs.iter().find(|output| output.page == Page::Poster(at));
    match output.map(|output| build::render(site, output)) {
        Some(Ok(Content::Bytes(bytes))) => Ok(bytes),
        Some(Err(problem)) => Err(problem.into_iter().collect()),
        _ => Ok(Vec::new()),
    }
}
