//! `roadbook build`: the static site.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::progress::Progress;
use super::report::{Terminal, plural};
use super::timings::Timings;
use super::{Common, Failure, site};
use crate::build::{Compiled, Options};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::host::output::Written;
use crate::publish::{Refusal, Request, publish};
use crate::site::Site;
use crate::source::Folder;

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
    /// Say where the time went
    #[arg(long)]
    timings: bool,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let start = Instant::now();
    let mut timings = Timings::new();
    let root = site::root(common)?;
    let options = Options {
        drafts: arguments.drafts,
        base_url: site::base_url(arguments.base_url.as_ref())?,
        offline: arguments.offline,
        today: Some(site::today()?),
        judged_on: None,
        highlight: true,
    };
    let progress = Mutex::new(Some(Progress::begin(terminal, "building")));
    let end_progress = || drop(progress.lock().unwrap_or_else(PoisonError::into_inner).take());
    let read = site::read(&root)?;
    timings.end("folder", &plural(read.value.sources.iter().count(), "text"));
    let output = folder(arguments, &config(&read.value), &root);
    let stop = |compiled: &Compiled, problem: Diagnostic| {
        end_progress();
        terminal.report(&compiled.report(Diagnostics::of(problem)), &compiled.site.sources);
        terminal.say(unpublished(&output));
        std::process::exit(1);
    };
    let request = Request { root: &root, output: output.clone(), options, force: arguments.force, stop: &stop };
    let outcome = publish(read, &request, &mut |stage, count| timings.end(stage, count)).map_err(failure)?;
    end_progress();
    if let Some(compiled) = &outcome.compiled {
        terminal.report(&outcome.report, &compiled.site.sources);
    }
    let Some(written) = &outcome.written else { return refused(&request.output, terminal) };
    summary(outcome.compiled.as_ref().map(|compiled| &compiled.site), written, &request.output, start, terminal);
    if arguments.timings {
        terminal.say(timings.text(&outcome.made).trim_end());
    }
    // The process ends here, and the system takes its memory back faster than a large site is dropped.
    std::mem::forget(outcome);
    Ok(())
}

fn refused(output: &Path, terminal: &Terminal) -> Result<(), Failure> {
    terminal.say(unpublished(output));
    Err(Failure::Content)
}

fn unpublished(output: &Path) -> &'static str {
    match output.exists() {
        true => "nothing was published; the last site stays as it was",
        false => "nothing was published",
    }
}

/// The settings alone; what is wrong with them is told when the site is compiled.
fn config(folder: &Folder) -> Config {
    config::read(folder.config, folder.sources.get(folder.config), &mut Diagnostics::default())
}

fn folder(arguments: &Arguments, config: &Config, root: &Path) -> PathBuf {
    match (&arguments.output, &config.build.output) {
        (Some(output), _) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
        (None, Some(output)) => root.join(output),
        (None, None) => root.join("public"),
    }
}

fn failure(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Place(reason) => Failure::Usage(reason, Some("choose another folder with `--output`".into())),
        Refusal::Output(error) if error.is_usage() => {
            Failure::Usage(error.to_string(), error.help().map(str::to_owned))
        }
        Refusal::Output(error) => Failure::Machine(error.to_string()),
    }
}

fn summary(site: Option<&Site>, written: &Written, output: &Path, start: Instant, terminal: &Terminal) {
    let time = start.elapsed().as_secs_f64();
    terminal.say(&format!(
        "built {} files into {} in {time:.2} s ({} changed, {} removed)",
        written.files,
        output.display(),
        written.written,
        written.removed
    ));
    if let Some(site) = site {
        let roadmaps = plural(site.roadmaps.roadmaps.len(), "roadmap");
        terminal.detail(&format!("{roadmaps}, {}", plural(site.roadmaps.topics.len(), "topic")));
    }
    if let Some(left) = &written.left_behind {
        terminal.say(&format!("note: the folder of the last site could not be removed: {}", left.display()));
    }
}
