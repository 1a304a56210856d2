//! Tells when files change.
//!
//! In: folders and files, which need not exist yet. Out: calls with the paths that changed, some fifteen
//! milliseconds after they did, many changes in one call. Where the system has no more watches to give,
//! the files are looked at once a second instead, and [`Watcher::note`] says so.
//!
//! What is watched is each folder with all that is in it, and the nearest existing folder above each
//! path without what is in its other folders: editors save by renaming, Git replaces whole folders, and
//! a watch on a file or folder ends with it. Links are not followed. Reading a file is no change.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt};

/// How long a file must be at rest before its change is told.
const REST: Duration = Duration::from_millis(8);

/// How long nothing else must change before changes are told, and how long that may be waited for.
const QUIET: Duration = Duration::from_millis(4);
const LONGEST: Duration = Duration::from_millis(500);

/// How often files are looked at where they can't be watched.
const LOOK: Duration = Duration::from_secs(1);

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system tells; falls back to [`Method::Polling`] if it can't.
    Native,
    /// All files are looked at again and again. Works on network drives and in containers.
    Polling,
}

/// Watches until it is dropped. A call that has begun is not waited for.
pub struct Watcher {
    note: Note,
    stop: Sender<Message>,
}

type Note = Arc<Mutex<Option<String>>>;

impl Watcher {
    /// What the author should know about how files are watched. May change while watching goes on.
    pub fn note(&self) -> Option<String> {
        self.note.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.stop.send(Message::Stop);
    }
}

enum Message {
    Changes(DebounceEventResult),
    Stop,
}

/// Watches files and folders and calls `on_change` with the paths that changed, sorted, without those
/// that `ignore` names. A folder that appears or disappears is told as one path. Calls come from one
/// thread, one after the other.
pub fn watch(
    paths: &[PathBuf],
    ignore: impl Fn(&Path) -> bool + Send + 'static,
    on_change: impl FnMut(Vec<PathBuf>) + Send + 'static,
) -> io::Result<Watcher> {
    watch_with(Method::Native, paths, ignore, on_change)
}

/// [`watch`] with a method of the caller's choice.
pub fn watch_with(
    method: Method,
    paths: &[PathBuf],
    ignore: impl Fn(&Path) -> bool + Send + 'static,
    mut on_change: impl FnMut(Vec<PathBuf>) + Send + 'static,
) -> io::Result<Watcher> {
    let (sender, receiver) = mpsc::channel();
    let paths = paths.iter().map(std::path::absolute).collect::<io::Result<Vec<_>>>()?;
    let note = Note::default();
    let mut watches = Watches::start(method, paths, sender.clone(), Arc::clone(&note))?;
    thread::Builder::new().name("roadbook watch".into()).spawn(move || {
        while let Some(changed) = next_changes(&receiver, &mut watches) {
            let changed: Vec<_> = changed.into_iter().filter(|path| !ignore(path)).collect();
            if !changed.is_empty() {
                on_change(changed);
            }
        }
    })?;
    Ok(Watcher { note, stop: sender })
}

/// The next paths of interest; `None` when it is over. Replacing a folder takes a while, as does the
/// caller; all that has happened until now is told at once.
fn next_changes(receiver: &Receiver<Message>, watches: &mut Watches) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::new();
    let mut message = receiver.recv().ok()?;
    let end = Instant::now() + LONGEST;
    loop {
        match message {
            Message::Stop => return None,
            Message::Changes(events) => changed.extend(watches.take(events)),
        }
        // What is in the channel already is taken even when the time is over.
        let wait = QUIET.min(end.saturating_duration_since(Instant::now()));
        message = match receiver.recv_timeout(wait) {
            Ok(message) => message,
            Err(_) => return Some(changed),
        };
    }
}

enum Notifier {
    Native(Debouncer<RecommendedWatcher, NoCache>),
    Polling(Debouncer<PollWatcher, NoCache>),
}

impl Notifier {
    fn new(method: Method, sender: Sender<Message>) -> notify::Result<Notifier> {
        // Polling compares whole seconds of time, so that it must compare content, too.
        let config = Config::default().with_follow_symlinks(false).with_poll_interval(LOOK).with_compare_contents(true);
        // Whoever hears nothing any more has gone away.
        let tell = move |events| drop(sender.send(Message::Changes(events)));
        match method {
            Method::Native => new_debouncer_opt(REST, None, tell, NoCache, config).map(Notifier::Native),
            Method::Polling => new_debouncer_opt(REST, None, tell, NoCache, config).map(Notifier::Polling),
        }
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self {
            Notifier::Native(debouncer) => debouncer.watch(path, mode),
            Notifier::Polling(debouncer) => debouncer.watch(path, mode),
        }
    }

    fn unwatch(&mut self, path: &Path) {
        // A folder that is gone has taken its watch along.
        let _ = match self {
            Notifier::Native(debouncer) => debouncer.unwatch(path),
            Notifier::Polling(debouncer) => debouncer.unwatch(path),
        };
    }
}

/// The system's watches for a set of paths.
struct Watches {
    paths: Vec<PathBuf>,
    notifier: Notifier,
    held: BTreeSet<PathBuf>,
    sender: Sender<Message>,
    note: Note,
}

impl Watches {
    fn start(method: Method, paths: Vec<PathBuf>, sender: Sender<Message>, note: Note) -> io::Result<Watches> {
        let native = Notifier::new(method, sender.clone());
        let is_full = native.as_ref().is_err_and(is_limit);
        let notifier = if is_full { Notifier::new(Method::Polling, sender.clone()) } else { native };
        let mut watches = Watches { paths, notifier: notifier.map_err(to_io)?, held: BTreeSet::new(), sender, note };
        if is_full {
            watches.tell_of_polling();
        }
        watches.renew();
        Ok(watches)
    }

    /// Sets all watches anew, by looking at the files if the system has no more.
    fn renew(&mut self) {
        if self.place().is_err() {
            self.poll();
        }
    }

    /// Sets a watch on everything that is there now. The only error is that there are no more watches.
    fn place(&mut self) -> notify::Result<()> {
        for path in std::mem::take(&mut self.held) {
            self.notifier.unwatch(&path);
        }
        let folders: BTreeSet<&Path> = self.paths.iter().map(PathBuf::as_path).filter(|path| is_folder(path)).collect();
        let above = self.paths.iter().filter_map(|path| path.ancestors().skip(1).find(|folder| folder.is_dir()));
        // A folder inside a watched one needs no watch of its own, and a second one would end the first.
        let outermost = |path: &Path| !path.ancestors().skip(1).any(|above| folders.contains(above));
        let above: BTreeSet<&Path> = above.filter(|path| !folders.contains(path) && outermost(path)).collect();
        let all = above.iter().map(|path| (*path, RecursiveMode::NonRecursive));
        let inside = folders.iter().filter(|path| outermost(path)).map(|path| (*path, RecursiveMode::Recursive));
        for (path, mode) in all.chain(inside) {
            match self.notifier.watch(path, mode) {
                Ok(()) => {
                    self.held.insert(path.to_path_buf());
                }
                Err(error) if is_limit(&error) => return Err(error),
                // What vanishes while we look is told by the folder above it.
                Err(error) if !path.exists() => drop(error),
                // The rest is watched all the same.
                Err(error) => self.tell(format!("`{}` can't be watched: {}", path.display(), to_io(error))),
            }
        }
        Ok(())
    }

    /// Looks at the files from now on, as the system does not tell.
    fn poll(&mut self) {
        if matches!(self.notifier, Notifier::Polling(_)) {
            return;
        }
        if let Ok(notifier) = Notifier::new(Method::Polling, self.sender.clone()) {
            self.notifier = notifier;
            self.held.clear();
            self.tell_of_polling();
            let _ = self.place();
        }
    }

    fn tell_of_polling(&self) {
        self.tell("the system's limit of watched files is reached; files are looked at once a second instead".into());
    }

    fn tell(&self, note: String) {
        *self.note.lock().unwrap_or_else(PoisonError::into_inner) = Some(note);
    }

    /// The paths of interest among what the system tells.
    fn take(&mut self, told: DebounceEventResult) -> BTreeSet<PathBuf> {
        let errors = match told {
            Ok(events) => return self.changes(&events),
            Err(errors) => errors,
        };
        if errors.iter().any(is_limit) {
            self.poll();
        }
        // Something may have been missed, so that everything may have changed.
        self.paths.iter().cloned().collect()
    }

    /// The paths of interest among events. Watches are set anew first if a watched folder came or went,
    /// so that nothing that happens in it after the call goes unseen.
    fn changes(&mut self, events: &[DebouncedEvent]) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        let mut is_stale = false;
        for event in events.iter().filter(|event| !is_harmless(&event.kind)) {
            if event.need_rescan() {
                changed.extend(self.paths.iter().cloned());
                is_stale = true;
            }
            for path in &event.paths {
                let inside = self.paths.iter().any(|watched| path.starts_with(watched));
                let at_or_above = self.paths.iter().any(|watched| watched.starts_with(path));
                let moves = !matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
                is_stale |= at_or_above && moves && !path.is_file();
                if inside || (at_or_above && moves) {
                    changed.insert(path.clone());
                }
            }
        }
        if is_stale {
            self.renew();
        }
        changed
    }
}

/// Whether an event leaves files as they were.
fn is_harmless(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)))
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

/// Whether the system has no more watches to give.
fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // No watch is left; or no watcher, for this process (24) or for all of them (23).
        ErrorKind::Io(error) => {
            error.kind() == io::ErrorKind::StorageFull || (cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)))
        }
        _ => false,
    }
}

fn to_io(error: notify::Error) -> io::Error {
    match error.kind {
        ErrorKind::Io(error) => error,
        other => io::Error::other(notify::Error { kind: other, paths: error.paths }.to_string()),
    }
}

#[cfg(test)]
mod tests;
