//! `roadbook stats`: the figures of the roadmaps.

use clap::ValueEnum;

use super::report::Terminal;
use super::{Common, Failure, print_out, site};
use crate::build::{Options, has_errors};
use crate::diagnostic::Diagnostics;
use crate::export::stats::{Sheet, json, table};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The id of the roadmap [default: all]
    roadmap: Option<String>,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    let compiled = site::compile(&root, &Options::default(), terminal)?;
    let report = compiled.report(Diagnostics::default());
    if has_errors(&report) {
        terminal.report(&report, &compiled.site.sources);
        return Err(Failure::Content);
    }
    let site = &compiled.site;
    let roadmaps = match &arguments.roadmap {
        Some(id) => vec![site::roadmap(site, Some(id))?],
        None => (0..site.roadmaps.roadmaps.len()).collect(),
    };
    let sheets: Vec<Sheet> = roadmaps.into_iter().map(|roadmap| Sheet::new(site, roadmap)).collect();
    let text = match arguments.format {
        Format::Table => table::render(&sheets),
        Format::Json => json::render(&sheets),
    };
    print_out(text.as_bytes())
}
