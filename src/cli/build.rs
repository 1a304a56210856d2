//! `roadbook build`: the static site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::report::{Terminal, plural};
use super::{Common, Failure, site};
use crate::build::{self, Compiled, Content, Options, has_errors};
use crate::diagnostic::Diagnostics;
use crate::host::output::{self, OutputError, OutputFile, Publisher, Written, refuse_output};
use crate::site::Site;
use crate::site::pages::{Output, Page};
use crate::urls::path::file;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to build into [default: public]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address of the site, instead of the one in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    /// Relative links that work from file://
    #[arg(long)]
    offline: bool,
    /// Build into a folder with files that no build wrote; they are kept
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let start = Instant::now();
    let root = site::root(common)?;
    let options = Options {
        drafts: arguments.drafts,
        base_url: site::base_url(arguments.base_url.as_ref())?,
        offline: arguments.offline,
        today: Some(site::today()?),
        highlight: true,
    };
    let compiled = site::compile(&root, &options)?;
    let output = folder(arguments, &compiled, &root);
    let early = compiled.report(Diagnostics::default());
    if has_errors(&early) {
        terminal.report(&early, &compiled.site.sources);
        return refused(&output, terminal);
    }
    if let Some(reason) = refuse_output(&root, &output) {
        return Err(Failure::Usage(reason, Some("choose another folder with `--output`".into())));
    }
    let publisher = Publisher::begin(&output, arguments.force).map_err(failure)?;
    let found = write(&compiled, &root, &publisher)?;
    let report = compiled.report(found);
    terminal.report(&report, &compiled.site.sources);
    if has_errors(&report) {
        // Dropping the publisher leaves the last site as it was.
        return refused(&output, terminal);
    }
    let written = publisher.finish().map_err(failure)?;
    summary(&compiled, &written, &output, start, terminal);
    Ok(())
}

fn refused(output: &Path, terminal: &Terminal) -> Result<(), Failure> {
    terminal.say(match output.exists() {
        true => "nothing was published; the last site stays as it was",
        false => "nothing was published",
    });
    Err(Failure::Content)
}

fn folder(arguments: &Arguments, compiled: &Compiled, root: &Path) -> PathBuf {
    match (&arguments.output, &compiled.site.config.build.output) {
        (Some(output), _) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
        (None, Some(output)) => root.join(output),
        (None, None) => root.join("public"),
    }
}

/// Renders and writes every file; what templates do wrong comes back, a refusal of the machine ends it.
fn write(compiled: &Compiled, root: &Path, publisher: &Publisher) -> Result<Diagnostics, Failure> {
    let problems: Vec<_> = by_roadmap(&compiled.site)
        .into_par_iter()
        .map(|entry| match build::render(&compiled.site, entry) {
            Ok(content) => {
                let content = match content {
                    Content::Bytes(bytes) => output::Content::Bytes(bytes),
                    Content::CopyOf(path) => output::Content::CopyOf(root.join(path)),
                };
                publisher.add(OutputFile { path: file(&entry.path), content }).map_err(failure)?;
                Ok(None)
            }
            Err(problem) => Ok(problem),
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(problems.into_iter().flatten().collect())
}

/// The files, those that hold the same texts one after the other: coloured code is remembered for a while.
fn by_roadmap(site: &Site) -> Vec<&Output> {
    let mut files: Vec<&Output> = site.outputs.iter().collect();
    files.sort_by_key(|file| match file.page {
        Page::Topic(topic) => (site.index.places[topic.0].first().map_or(usize::MAX, |(roadmap, _)| *roadmap), 0),
        Page::Print(roadmap) => (roadmap, 1),
        _ => (usize::MAX, 2),
    });
    files
}

fn failure(error: OutputError) -> Failure {
    match error.is_usage() {
        true => Failure::Usage(error.to_string(), error.help().map(str::to_owned)),
        false => Failure::Machine(error.to_string()),
    }
}

fn summary(compiled: &Compiled, written: &Written, output: &Path, start: Instant, terminal: &Terminal) {
    let site = &compiled.site;
    let time = start.elapsed().as_secs_f64();
    terminal.say(&format!(
        "built {} files into {} in {time:.2} s ({} changed, {} removed)",
        written.files,
        output.display(),
        written.written,
        written.removed
    ));
    let roadmaps = plural(site.roadmaps.roadmaps.len(), "roadmap");
    terminal.detail(&format!("{roadmaps}, {}", plural(site.roadmaps.topics.len(), "topic")));
    if let Some(left) = &written.left_behind {
        terminal.say(&format!("note: the folder of the last site could not be removed: {}", left.display()));
    }
}
