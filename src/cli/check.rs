//! `roadbook check`: every problem, with its place.

use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;

use super::report::{Terminal, plural};
use super::{Common, Failure, print_out, site};
use crate::build::{self, Compiled, Options, has_errors};
use crate::diagnostic::{Diagnostic, Diagnostics, github, json, sarif};
use crate::guard;
use crate::host::edit;
use crate::host::web::{self, Answer, Known, Manners};
use crate::links::external;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to print the report; all but human go to standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Ask each web link whether it is still there
    #[arg(long)]
    external: bool,
    /// Mend what can be mended for certain, and report the rest
    #[arg(long)]
    fix: bool,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the lines of the files
    Human,
    /// For programs
    Json,
    /// Annotations of a workflow on GitHub
    Github,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    let options = Options { judged_on: Some(site::today()?), ..Options::default() };
    if arguments.fix {
        mend(&root, &options, terminal)?;
    }
    let compiled = site::compile(&root, &options, terminal)?;
    let stop = |problem| {
        let _ = print(&compiled.report(Diagnostics::of(problem)), &compiled, (arguments.format, &root), terminal);
        std::process::exit(1);
    };
    let theme = &compiled.site.theme;
    // Templates of the program are known to work; those of the site may fail on one page and not on another.
    let mut more = match theme.is_own() {
        true => guard::during(theme, stop, || build::check_pages(&compiled.site)),
        false => Diagnostics::default(),
    };
    if arguments.external {
        more.append(external(&compiled, terminal));
    }
    let report = compiled.report(more);
    print(&report, &compiled, (arguments.format, &root), terminal)?;
    if has_errors(&report) {
        return Err(Failure::Content);
    }
    if arguments.deny_warnings && !report.is_empty() {
        terminal.say("warnings are denied");
        return Err(Failure::Content);
    }
    Ok(())
}

fn print(
    report: &[Diagnostic],
    compiled: &Compiled,
    (format, root): (Format, &Path),
    terminal: &Terminal,
) -> Result<(), Failure> {
    let sources = &compiled.site.sources;
    match format {
        Format::Json => print_out(json::print(report, sources).as_bytes())?,
        Format::Github => print_out(github::print(report, sources, &below_here(root)).as_bytes())?,
        Format::Sarif => print_out(sarif::print(report, sources, &below_here(root)).as_bytes())?,
        Format::Human => {
            terminal.report(report, sources);
            if report.is_empty() {
                let topics = plural(compiled.site.roadmaps.topics.len(), "topic");
                terminal.say(&format!("no problems in {topics}"));
            }
        }
    }
    Ok(())
}

/// The path of the site from the folder that the program runs in, with a final `/`: workflows run in that of the
/// repository, and name files from there.
fn below_here(root: &Path) -> String {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let below = root.strip_prefix(&here).ok().filter(|below| !below.as_os_str().is_empty());
    below.map_or_else(String::new, |below| format!("{}/", below.display().to_string().replace('\\', "/")))
}

/// Asks the web links of a site: those that lead nowhere.
fn external(compiled: &Compiled, terminal: &Terminal) -> Diagnostics {
    let site = &compiled.site;
    let settings = &site.config.links;
    let addresses = external::addresses(&site.links(), &site.markdown, &settings.ignore);
    let mut known = Known::open();
    let age = Duration::from_secs(settings.remember * 3600);
    let asked: Vec<&str> =
        addresses.keys().map(String::as_str).filter(|address| !known.is_fresh(address, age)).collect();
    terminal.detail(&format!("asking {} of {}", asked.len(), plural(addresses.len(), "web link")));
    let answers = web::ask_all(&asked, Manners::with_timeout(Duration::from_secs(settings.timeout)));
    let all = || asked.iter().copied().zip(&answers);
    let dead = || {
        all().filter_map(|(address, answer)| match answer {
            Answer::Dead(reason) => Some((address, reason.as_str())),
            Answer::Alive => None,
        })
    };
    let alive = all().filter(|(_, answer)| **answer == Answer::Alive).map(|(address, _)| address);
    known.write(alive, dead().map(|(address, _)| address));
    external::report(dead(), &addresses)
}

/// Mends the files of a site and tells how.
fn mend(root: &Path, options: &Options, terminal: &Terminal) -> Result<(), Failure> {
    let read = site::read(root)?;
    let before = read.value.sources.clone();
    let mended = build::mend(read, options);
    for file in &mended.files {
        let (old, new) = (before.get(*file), mended.folder.value.sources.get(*file));
        edit::replace(&root.join(&*old.path), &old.text, &new.text)
            .map_err(|error| Failure::Machine(format!("`{}` cannot be changed: {error}", old.path)))?;
    }
    for round in &mended.rounds {
        terminal.mended(&round.fixes, &round.sources);
    }
    let problems: usize = mended.rounds.iter().map(|round| round.fixes.len()).sum();
    terminal.say(&match problems {
        0 => "nothing that can be mended for certain".to_owned(),
        _ => format!("mended {} in {}\n", plural(problems, "problem"), plural(mended.files.len(), "file")),
    });
    Ok(())
}
