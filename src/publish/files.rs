//! The files of a site: what each depends on, and whether the last site has it.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::{Refusal, Request, Watch};
use crate::build::{self, Compiled, Content, Keys, has_errors};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::host::cache::{self, Cache};
use crate::host::output::{self, OutputError, OutputFile, Publisher, Stamp, Written};
use crate::roadmap::TopicIx;
use crate::site::Site;
use crate::site::pages::{Output, Page};
use crate::site::view::template;
use crate::source::Key;
use crate::urls::path::file;

/// A file of the site.
struct File<'a> {
    output: &'a Output,
    path: String,
    /// What it depends on; `None` where that cannot be told.
    key: Option<Key>,
    /// The stamp of the file that the last build made of the same input.
    stamp: Option<Stamp>,
}

/// The files of a site, in the order in which they are made.
pub(super) struct Files<'a> {
    compiled: &'a Compiled,
    root: &'a Path,
    all: Vec<File<'a>>,
}

/// What one file took.
pub struct Made {
    /// Its template, or what it is.
    pub kind: String,
    /// Its path.
    pub path: String,
    /// How long a thread worked for it.
    pub time: Duration,
}

/// What was made and kept.
#[derive(Default)]
pub(super) struct Done {
    /// What was published; nothing, where templates have mistakes.
    pub(super) written: Option<Written>,
    /// The files, as the next build wants to know them.
    pub(super) kept: Vec<(String, Key, Stamp)>,
    /// What templates do wrong.
    pub(super) problems: Diagnostics,
    /// What each file took that was made.
    pub(super) made: Vec<Made>,
}

impl<'a> Files<'a> {
    /// The files of a compiled site.
    pub(super) fn of(compiled: &'a Compiled, request: &Request<'a>, (program, cache): (Option<&str>, &Cache)) -> Self {
        let site = &compiled.site;
        let keys = program.map(|program| Keys::new(site, &request.options, program));
        let key = |output: &Output| {
            keys.as_ref()?.of(output).or_else(|| match build::render(site, output) {
                Ok(Content::CopyOf(path)) => cache::of_copy(&request.root.join(path)),
                _ => None,
            })
        };
        let one = |output: &'a Output| {
            let (path, key) = (file(&output.path), key(output));
            let stamp = key.and_then(|key| cache.stamp(&path, &key));
            File { output, path, key, stamp }
        };
        Files { compiled, root: request.root, all: in_turn(site).into_par_iter().map(one).collect() }
    }

    /// Makes what the last site has not, and puts all into its place. `ended` is told when the files are made.
    pub(super) fn publish(&self, publisher: Publisher, ended: Watch<'_>) -> Result<Done, Refusal> {
        if self.is_there(&publisher) {
            let known = |file: &File| Some((file.path.clone(), file.key?, file.stamp?));
            let kept = self.all.iter().filter_map(known).collect();
            return Ok(Done { written: Some(publisher.leave()), kept, ..Done::default() });
        }
        let mut done = self.make(&publisher)?;
        ended("files", &format!("{} files", self.all.len()));
        if !has_errors(&self.compiled.report(done.problems.clone())) {
            // Dropped without this, the publisher leaves the last site as it was.
            done.written = Some(publisher.finish()?);
        }
        Ok(done)
    }

    /// Whether the last site is this one.
    fn is_there(&self, publisher: &Publisher) -> bool {
        self.all.par_iter().all(|file| file.is_in(publisher))
            && publisher.has_only(&self.all.iter().map(|file| file.path.clone()).collect())
    }

    /// Renders and writes every file that is not there yet; what templates do wrong comes back, a refusal of the machine
    /// ends it.
    fn make(&self, publisher: &Publisher) -> Result<Done, OutputError> {
        let is_search = |file: &&File| file.output.page.is_search();
        let (search, pages): (Vec<&File>, Vec<&File>) = self.all.iter().partition(is_search);
        let all = |files: &[&File]| -> Result<Vec<Fate>, OutputError> {
            files.par_iter().map(|file| self.one(file, publisher)).collect()
        };
        // The index is made by one thread, and whoever wants a file of it waits: so it is made beside the pages.
        let index = || (!search.iter().all(|file| file.is_in(publisher))).then(|| self.compiled.site.search());
        let (_, fates) = rayon::join(index, || all(&pages));
        let fates = fates?.into_iter().chain(all(&search)?);
        let mut done = Done::default();
        let mut problems = Vec::new();
        for (file, fate) in pages.iter().chain(&search).zip(fates) {
            let (stamp, time) = match fate {
                Fate::Kept(stamp) => (Some(stamp), None),
                Fate::Made(stamp, time) => (Some(stamp), Some(time)),
                Fate::Wrong(problem, time) => {
                    problems.extend(problem);
                    (None, Some(time))
                }
            };
            done.kept.extend(stamp.zip(file.key).map(|(stamp, key)| (file.path.clone(), key, stamp)));
            let kind = || template(&self.compiled.site, &file.output.page).unwrap_or("data and copies").to_owned();
            done.made.extend(time.map(|time| Made { kind: kind(), path: file.path.clone(), time }));
        }
        done.problems = problems.into_iter().collect();
        Ok(done)
    }

    fn one(&self, file: &File, publisher: &Publisher) -> Result<Fate, OutputError> {
        let start = Instant::now();
        if let Some(stamp) = file.stamp
            && publisher.keep(&file.path, stamp)?
        {
            return Ok(Fate::Kept(stamp));
        }
        let content = match build::render(&self.compiled.site, file.output) {
            Ok(Content::Bytes(bytes)) => output::Content::Bytes(bytes),
            Ok(Content::CopyOf(path)) => output::Content::CopyOf(self.root.join(path)),
            Err(problem) => return Ok(Fate::Wrong(problem, start.elapsed())),
        };
        let stamp = publisher.add(OutputFile { path: file.path.clone(), content })?;
        Ok(Fate::Made(stamp, start.elapsed()))
    }
}

/// What becomes of one file.
enum Fate {
    /// The last site's is taken over.
    Kept(Stamp),
    /// It was made.
    Made(Stamp, Duration),
    /// Its template has a mistake, if it was not reported already.
    Wrong(Option<Box<Diagnostic>>, Duration),
}

impl File<'_> {
    /// Whether the last site has this file.
    fn is_in(&self, publisher: &Publisher) -> bool {
        self.stamp.is_some_and(|stamp| publisher.has(&self.path, stamp))
    }
}

/// The files: first the longest, so that no thread is left alone with one in the end; then those that hold the same texts
/// one after the other, as coloured code is remembered for a while.
fn in_turn(site: &Site) -> Vec<&Output> {
    let mut files: Vec<&Output> = site.outputs.iter().collect();
    let road = |topic: TopicIx| site.index.places[topic.0].first().map_or(usize::MAX, |(roadmap, _)| *roadmap);
    files.sort_by_key(|file| match file.page {
        Page::Topics | Page::Compare | Page::Tag(_) => (0, 0, 0),
        Page::Topic(topic) => (1, road(topic), 0),
        Page::Print(roadmap) => (1, roadmap, 1),
        _ => (2, 0, 0),
    });
    files
}
