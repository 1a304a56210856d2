//! `roadbook check`: every problem, with its place.

use clap::ValueEnum;

use super::report::{Terminal, plural};
use super::{Common, Failure, print_out, site};
use crate::build::{self, Options, has_errors};
use crate::diagnostic::{Diagnostics, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to print the report; json goes to standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    let compiled = site::compile(&root, &Options { highlight: false, ..Options::default() }, terminal)?;
    // Templates of the program are known to work; those of the site may fail on one page and not on another.
    let pages = if compiled.site.theme.is_own() { build::check_pages(&compiled.site) } else { Diagnostics::default() };
    let report = compiled.report(pages);
    match arguments.format {
        Format::Json => print_out(json::print(&report, &compiled.site.sources).as_bytes())?,
        Format::Human => {
            terminal.report(&report, &compiled.site.sources);
            if report.is_empty() {
                let topics = plural(compiled.site.roadmaps.topics.len(), "topic");
                terminal.say(&format!("no problems in {topics}"));
            }
        }
    }
    if has_errors(&report) {
        return Err(Failure::Content);
    }
    if arguments.deny_warnings && !report.is_empty() {
        terminal.say("warnings are denied");
        return Err(Failure::Content);
    }
    Ok(())
}
