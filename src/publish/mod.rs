//! Puts a site into its output folder, and makes of it only what is not there yet.
//!
//! In: a folder as it was read, and where to publish it. Out: a report, and a new site in the place of the last one, or
//! the last one as it was.

mod files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::build::{self, Compiled, Learnt, Options, Session, has_errors};
use crate::diagnostic::{Checked, Diagnostic, Diagnostics};
use crate::guard;
use crate::host::cache::{self, Cache};
use crate::host::output::{OutputError, Publisher, Stamp, Strategy, Written, look, refuse_output};
use crate::source::{Folder, Key};
use files::Files;

pub use files::Made;

/// What is to be published, and where.
pub struct Request<'a> {
    /// The root of the site.
    pub root: &'a Path,
    /// The folder to publish into.
    pub output: PathBuf,
    /// How the site is made.
    pub options: Options,
    /// Publish beside files that no build wrote, too.
    pub force: bool,
    /// Is told of a page that takes too much of the machine, and ends the program: the last site stays as it was.
    pub stop: &'a (dyn Fn(&Compiled, Diagnostic) + Sync),
}

/// What has become of it.
pub struct Outcome {
    /// The site; `None` where nothing had changed since the last one, which had no problem.
    pub compiled: Option<Compiled>,
    /// The problems.
    pub report: Vec<Diagnostic>,
    /// What was published: nothing, if there are errors.
    pub written: Option<Written>,
    /// What each file took that was made.
    pub made: Vec<Made>,
}

/// Why nothing could be published.
pub enum Refusal {
    /// The output folder would take something else's place.
    Place(String),
    /// The machine refused, or the folder is somebody else's.
    Output(OutputError),
}

impl From<OutputError> for Refusal {
    fn from(error: OutputError) -> Self {
        Refusal::Output(error)
    }
}

/// Is told the name of each stage that has ended, and how much there was of it.
pub type Watch<'a> = &'a mut (dyn FnMut(&'static str, &str) + Send);

/// Publishes a site.
pub fn publish(read: Checked<Folder>, request: &Request, ended: Watch<'_>) -> Result<Outcome, Refusal> {
    let Request { root, output, options, .. } = request;
    let program = cache::program();
    let program = program.as_deref();
    let remember = || {
        let cache = Cache::open(output);
        let learnt = program.and_then(|program| Learnt::read(&cache.learnt(program)?));
        (cache, learnt.unwrap_or_default())
    };
    let ((cache, learnt), whole) = rayon::join(remember, || whole(&read, request, program));
    ended("cache", "");
    if let Some(written) = unchanged(&cache, output, whole) {
        ended("last site", "");
        return Ok(Outcome { compiled: None, report: Vec::new(), written: Some(written), made: Vec::new() });
    }
    // What there is is looked at while what there should be is compiled: the one waits for the disk.
    let place = refuse_output(root, output);
    let compile =
        || Session::with(options.clone(), learnt.clone()).compile_watched(read, &mut |stage| ended(stage, ""));
    let look = || place.is_none().then(|| look(output));
    let (compiled, last) = rayon::join(compile, look);
    let early = compiled.report(Diagnostics::default());
    if has_errors(&early) {
        return Ok(Outcome { compiled: Some(compiled), report: early, written: None, made: Vec::new() });
    }
    let last = match (place, last) {
        (Some(reason), _) => return Err(Refusal::Place(reason)),
        (None, last) => last.unwrap_or_default(),
    };
    let files = Files::of(&compiled, request, (program, &cache));
    let publisher = Publisher::begin_after(last, output, (request.force, Strategy::Exchange))?;
    ended("keys", "");
    let stop = |problem| (request.stop)(&compiled, problem);
    let done = guard::during(&compiled.site.theme, stop, || files.publish(publisher, ended))?;
    let report = compiled.report(done.problems);
    if let (Some(written), false) = (&done.written, has_errors(&report)) {
        cache.write(whole.filter(|_| report.is_empty()), &done.kept);
        if let Some(program) = program.filter(|_| written.written > 0 && learnt.is_stale(&compiled)) {
            cache.write_learnt(program, |out| Learnt::write(&compiled, out));
        }
    }
    let made = done.made;
    ended("publishing", "");
    Ok(Outcome { written: done.written, compiled: Some(compiled), report, made })
}

/// The key of everything that the site is made from; `None` where that cannot be told, or where something was wrong.
fn whole(read: &Checked<Folder>, request: &Request, program: Option<&str>) -> Option<Key> {
    let folder = &read.value;
    if read.diagnostics.iter().next().is_some() {
        return None;
    }
    let mut key = blake3::Hasher::new();
    key.update(&build::whole(folder, &request.options, program?));
    let assets = folder.assets.iter().map(|path| format!("content/{path}"));
    let statics = folder.statics.iter().map(|path| format!("static/{path}"));
    for path in assets.chain(statics).chain(folder.theme_files.iter().cloned()) {
        key.update(&cache::of_copy(&request.root.join(path))?);
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
