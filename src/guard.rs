//! Looks after pages that templates of a site make, from a thread beside them.
//!
//! In: work in which such pages are made. Out: what the work gives; or, once a page takes more of the machine than it
//! may, a report with its place. [`crate::theme`] counts what templates do, and stops them at the same place on every
//! machine; here is what no count sees, such as one expression that multiplies texts. It cannot be interrupted, so the
//! one who is told ends the program.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::{Code, Diagnostic};
use crate::host::memory;
use crate::limits::{TEMPLATE_MEMORY, TEMPLATE_SECONDS};
use crate::source::Span;
use crate::theme::Theme;

/// How often the pages are looked at: memory grows by some ten megabytes in that time.
const PAUSE: Duration = Duration::from_millis(10);

/// Does work in which pages of this theme are made. `stop` is told of one that takes too much, and does not return.
pub fn during<T>(theme: &Theme, stop: impl FnOnce(Diagnostic) + Send, work: impl FnOnce() -> T) -> T {
    match theme.is_own() {
        true => Guard { pages: &|| theme.in_hand(), held: &memory::held, most: MOST }.during(stop, work),
        false => work(),
    }
}

/// What one page may take.
#[derive(Clone, Copy)]
struct Most {
    /// Bytes by which the program grows.
    memory: usize,
    /// From its beginning.
    time: Duration,
}

const MOST: Most = Most { memory: TEMPLATE_MEMORY, time: Duration::from_secs(TEMPLATE_SECONDS) };

struct Guard<'a> {
    /// The pages in hand: their numbers, and where they have got to.
    pages: &'a (dyn Fn() -> Vec<(u64, Span)> + Sync),
    /// The bytes that the program holds.
    held: &'a (dyn Fn() -> Option<usize> + Sync),
    most: Most,
}

/// A page when it was seen first.
struct Seen {
    at: Instant,
    held: usize,
}

impl Guard<'_> {
    fn during<T>(&self, stop: impl FnOnce(Diagnostic) + Send, work: impl FnOnce() -> T) -> T {
        thread::scope(|scope| {
            // Dropped after the work, or with it where it fails.
            let (end, ended) = channel();
            scope.spawn(move || self.look(&ended, stop));
            let outcome = work();
            drop(end);
            outcome
        })
    }

    fn look(&self, ended: &Receiver<()>, stop: impl FnOnce(Diagnostic)) {
        let mut seen: BTreeMap<u64, Seen> = BTreeMap::new();
        while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
            let pages = (self.pages)();
            let held = (self.held)().unwrap_or(0);
            seen.retain(|number, _| pages.iter().any(|page| page.0 == *number));
            for (number, _) in &pages {
                seen.entry(*number).or_insert_with(|| Seen { at: Instant::now(), held });
            }
            if let Some(problem) = self.problem(&pages, &seen, held) {
                return stop(problem);
            }
        }
    }

    /// What is wrong, if anything is. Where several pages are in hand while the program grows, it is the last that was
    /// begun before it grew so much.
    fn problem(&self, pages: &[(u64, Span)], seen: &BTreeMap<u64, Seen>, held: usize) -> Option<Diagnostic> {
        let Most { memory, time } = self.most;
        let large = pages.iter().rev().find(|page| held.saturating_sub(seen[&page.0].held) > memory);
        let long = || pages.iter().find(|page| seen[&page.0].at.elapsed() > time);
        let report = |at, message: String, help: &str| {
            Diagnostic::new(Code::Template, at, message).label("it has got to here").help(help)
        };
        match large {
            Some((_, at)) => {
                let message = format!("the templates take more than {} GB of memory for this page", memory >> 30);
                Some(report(*at, message, "make smaller texts and lists: what follows here multiplies them"))
            }
            None => long().map(|(_, at)| {
                let message = format!("the templates take more than {} seconds for this page", time.as_secs());
                report(*at, message, "do less for one page: loops and lists inside each other multiply")
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::source::Sources;

    /// What is told of a page that begins with the program at one GB, while its memory is as given; the work waits for that.
    fn told(held: usize, time: Duration) -> Option<String> {
        let place = Span::start_of(Sources::default().add("templates/a.html", ""));
        let looks = AtomicUsize::new(0);
        let pages = || match looks.fetch_add(1, Ordering::Relaxed) {
            0 => vec![(3, place)],
            _ => vec![(3, place), (4, place)],
        };
        let held = || Some(if looks.load(Ordering::Relaxed) < 3 { 1 << 30 } else { held });
        let told = Mutex::new(None);
        let most = Most { memory: TEMPLATE_MEMORY, time };
        let guard = Guard { pages: &pages, held: &held, most };
        let stop = |problem: Diagnostic| *told.lock().unwrap() = Some(problem.message);
        let work = || {
            while looks.load(Ordering::Relaxed) < 20 && told.lock().unwrap().is_none() {
                thread::sleep(Duration::from_millis(1));
            }
            7
        };
        assert_eq!(guard.during(stop, work), 7);
        told.into_inner().unwrap()
    }

    #[test]
    fn pages_that_take_too_much_are_told() {
        let ever = Duration::from_secs(3600);
        assert_eq!(told(2 << 30, ever), None);
        let large = "the templates take more than 1 GB of memory for this page";
        assert_eq!(told((2 << 30) + 1, ever).as_deref(), Some(large));
        let long = "the templates take more than 0 seconds for this page";
        assert_eq!(told(0, Duration::from_millis(30)).as_deref(), Some(long));
    }

    #[test]
    fn work_that_fails_ends_the_guard() {
        let guard = Guard { pages: &Vec::new, held: &|| None, most: MOST };
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            guard.during(|_| (), || panic!("not this time"));
        }));
        assert!(failed.is_err());
    }
}
