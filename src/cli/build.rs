//! `roadbook build`: the static site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::report::{Terminal, plural};
use super::timings::{self, Timings};
use super::{Common, Failure, site};
use crate::build::{self, Compiled, Content, Keys, Options, has_errors};
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, Diagnostics};
use crate::host::cache::{self, Cache, Key};
use crate::host::output::{self, OutputError, OutputFile, Publisher, Stamp, Written, refuse_output};
use crate::site::Site;
use crate::site::pages::{Output, Page};
use crate::site::view::template;
use crate::source::Folder;
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
        highlight: true,
    };
    let read = site::read(&root)?;
    timings.end("folder", plural(read.value.sources.iter().count(), "text"));
    let whole = whole(&read, &root, &options);
    let output = folder(arguments, &config(&read.value), &root);
    let cache = Cache::open(&output);
    if let Some(written) = unchanged(&cache, &output, whole) {
        timings.end("last site", "");
        summary(None, &written, &output, start, terminal);
        if arguments.timings {
            terminal.say(timings.text(&[]).trim_end());
        }
        return Ok(());
    }
    let compiled = build::compile_watched(read, &options, &mut |stage| timings.end(stage, ""));
    let early = compiled.report(Diagnostics::default());
    if has_errors(&early) {
        terminal.report(&early, &compiled.site.sources);
        return refused(&output, terminal);
    }
    if let Some(reason) = refuse_output(&root, &output) {
        return Err(Failure::Usage(reason, Some("choose another folder with `--output`".into())));
    }
    // What there is and what there should be are looked at together: the one waits for the disk.
    let look = || Publisher::begin(&output, arguments.force).map_err(failure);
    let (publisher, files) = rayon::join(look, || files(&compiled, &root, &options));
    let publisher = publisher?;
    let work = Work { compiled: &compiled, root: &root, cache, files };
    timings.end("last site", "");
    if work.is_done(&publisher) {
        terminal.report(&early, &compiled.site.sources);
        work.cache.write(whole.filter(|_| early.is_empty()), &work.kept());
        summary(Some(&compiled.site), &publisher.leave(), &output, start, terminal);
        if arguments.timings {
            terminal.say(timings.text(&[]).trim_end());
        }
        return Ok(());
    }
    let (made, found, times) = work.write(&publisher)?;
    timings.end("files", plural(work.files.len(), "file"));
    let report = compiled.report(found);
    terminal.report(&report, &compiled.site.sources);
    if has_errors(&report) {
        // Dropping the publisher leaves the last site as it was.
        return refused(&output, terminal);
    }
    let written = publisher.finish().map_err(failure)?;
    work.cache.write(whole.filter(|_| report.is_empty()), &made);
    timings.end("publishing", "");
    summary(Some(&compiled.site), &written, &output, start, terminal);
    if arguments.timings {
        terminal.say(timings.text(&times).trim_end());
    }
    Ok(())
}

fn refused(output: &Path, terminal: &Terminal) -> Result<(), Failure> {
    terminal.say(match output.exists() {
        true => "nothing was published; the last site stays as it was",
        false => "nothing was published",
    });
    Err(Failure::Content)
}

/// The settings alone; what is wrong with them is told when the site is compiled.
fn config(folder: &Folder) -> Config {
    config::read(folder.config, folder.sources.get(folder.config), &mut Diagnostics::default())
}

/// The key of everything that the site is made from; `None` where that cannot be told, or where something was wrong.
fn whole(read: &Checked<Folder>, root: &Path, options: &Options) -> Option<Key> {
    let folder = &read.value;
    if read.diagnostics.iter().next().is_some() {
        return None;
    }
    let mut key = blake3::Hasher::new();
    key.update(&build::whole(folder, options, &cache::program()?));
    let assets = folder.assets.iter().map(|path| format!("content/{path}"));
    let statics = folder.statics.iter().map(|path| format!("static/{path}"));
    for path in assets.chain(statics).chain(folder.theme_files.iter().cloned()) {
        key.update(&cache::of_copy(&root.join(path))?);
    }
    Some(*key.finalize().as_bytes())
}

/// The last site, where it was made from this input and still is as it was written.
fn unchanged(cache: &Cache, output: &Path, whole: Option<Key>) -> Option<Written> {
    let files: BTreeMap<String, Stamp> = cache.all(whole)?.map(|(path, stamp)| (path.clone(), stamp)).collect();
    let publisher = Publisher::begin(output, false).ok()?;
    let is_kept = publisher.has_only(&files.keys().cloned().collect())
        && files.iter().all(|(path, stamp)| publisher.has(path, *stamp));
    is_kept.then(|| publisher.leave())
}

fn folder(arguments: &Arguments, config: &Config, root: &Path) -> PathBuf {
    match (&arguments.output, &config.build.output) {
        (Some(output), _) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
        (None, Some(output)) => root.join(output),
        (None, None) => root.join("public"),
    }
}

/// A file of the site, and what it depends on; `None` where that cannot be told.
struct File<'a> {
    output: &'a Output,
    path: String,
    key: Option<Key>,
}

/// The files, in the order in which they are made.
fn files<'a>(compiled: &'a Compiled, root: &Path, options: &Options) -> Vec<File<'a>> {
    let program = cache::program();
    let keys = program.map(|program| Keys::new(&compiled.site, options, &program));
    let key = |output: &'a Output| {
        keys.as_ref()?.of(output).or_else(|| match build::render(&compiled.site, output) {
            Ok(Content::CopyOf(path)) => cache::of_copy(&root.join(path)),
            _ => None,
        })
    };
    let all = by_roadmap(&compiled.site).into_par_iter();
    all.map(|output| File { output, path: file(&output.path), key: key(output) }).collect()
}

/// What there is to do.
struct Work<'a> {
    compiled: &'a Compiled,
    root: &'a Path,
    cache: Cache,
    files: Vec<File<'a>>,
}

/// The files that were made or kept, as the next build wants to know them.
type Made = Vec<(String, Key, Stamp)>;

impl Work<'_> {
    /// The stamp of the file that the last build made of the same input.
    fn stamp(&self, file: &File) -> Option<Stamp> {
        self.cache.stamp(&file.path, &file.key?)
    }

    /// All files as the last build listed them.
    fn kept(&self) -> Made {
        let known = |file: &File| Some((file.path.clone(), file.key?, self.stamp(file)?));
        self.files.iter().filter_map(known).collect()
    }

    /// Whether the last site has this file.
    fn is_kept(&self, file: &File, publisher: &Publisher) -> bool {
        self.stamp(file).is_some_and(|stamp| publisher.has(&file.path, stamp))
    }

    /// Whether the last site is this one.
    fn is_done(&self, publisher: &Publisher) -> bool {
        self.files.par_iter().all(|file| self.is_kept(file, publisher))
            && publisher.has_only(&self.files.iter().map(|file| file.path.clone()).collect())
    }

    /// Renders and writes every file that is not there yet; what templates do wrong comes back, a refusal of the machine
    /// ends it.
    fn write(&self, publisher: &Publisher) -> Result<(Made, Diagnostics, Vec<timings::Made<'_>>), Failure> {
        let make = |file: &File| {
            let start = Instant::now();
            self.make(file, publisher).map(|made| (made, start.elapsed()))
        };
        let is_search = |file: &&File| file.output.page.is_search();
        let (search, pages): (Vec<&File>, Vec<&File>) = self.files.iter().partition(is_search);
        let all = |files: &[&File]| files.par_iter().map(|file| make(file)).collect::<Result<Vec<_>, Failure>>();
        // The index is made by one thread, and whoever wants a file of it waits: so it is made beside the pages.
        let is_kept = |file: &&File| self.is_kept(file, publisher);
        let index = || (!search.iter().all(is_kept)).then(|| self.compiled.site.search());
        let (_, made) = rayon::join(index, || all(&pages));
        let (made, times): (Vec<_>, Vec<_>) = made?.into_iter().chain(all(&search)?).unzip();
        let files: Vec<&File> = pages.into_iter().chain(search).collect();
        let (mut kept, mut problems) = (Vec::new(), Vec::new());
        for (file, made) in files.iter().zip(made) {
            match made {
                Ok(stamp) => kept.extend(file.key.map(|key| (file.path.clone(), key, stamp))),
                Err(problem) => problems.extend(problem),
            }
        }
        let times = files.iter().zip(times).map(|(file, time)| self.time(file, time)).collect();
        Ok((kept, problems.into_iter().collect(), times))
    }

    fn time<'a>(&'a self, file: &'a File, time: Duration) -> timings::Made<'a> {
        let kind = template(&self.compiled.site, &file.output.page).unwrap_or("data and copies");
        timings::Made { kind, path: &file.path, time }
    }

    #[allow(clippy::type_complexity, reason = "the mistake of a template is no failure")]
    fn make(&self, file: &File, publisher: &Publisher) -> Result<Result<Stamp, Option<Box<Diagnostic>>>, Failure> {
        if let Some(stamp) = self.stamp(file)
            && publisher.keep(&file.path, stamp).map_err(failure)?
        {
            return Ok(Ok(stamp));
        }
        let content = match build::render(&self.compiled.site, file.output) {
            Ok(Content::Bytes(bytes)) => output::Content::Bytes(bytes),
            Ok(Content::CopyOf(path)) => output::Content::CopyOf(self.root.join(path)),
            Err(problem) => return Ok(Err(problem)),
        };
        publisher.add(OutputFile { path: file.path.clone(), content }).map(Ok).map_err(failure)
    }
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
