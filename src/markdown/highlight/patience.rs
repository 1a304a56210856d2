//! Patience: work that may never end, waited for as long as it moves.
//!
//! * In: a piece of code, and what is to be made of it, which says so at every line.
//! * Out: the result, or none where a line took longer than any sound one does.
//! * Refuses to: wait twice for the same code.
//!
//! Some syntaxes send the parser round in a circle (a context that sets another, which sets the first,
//! without a character read; trishume/syntect#706). It cannot be interrupted, so it runs on a thread that
//! is left behind then. The limit is far above what the slowest line takes on a busy machine, and so it
//! decides nothing about code that comes to an end.

use std::collections::BTreeSet;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a line may take.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// Code that was given up, with its language: a server that renders a page again must not leave a thread
/// behind each time.
static GIVEN_UP: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

/// Sent while work goes on: `None` for a line, at the end the result.
pub(super) type Progress = Sender<Option<String>>;

/// Runs `work` on the code and waits for its result while it sends progress within each `limit`.
pub(super) fn wait_for(
    code: &str,
    language: &str,
    limit: Duration,
    work: impl FnOnce(&str, &Progress) -> String + Send + 'static,
) -> Option<String> {
    let key = (language.to_owned(), code.to_owned());
    if given_up().contains(&key) {
        return None;
    }
    let (progress, reports) = mpsc::channel();
    let own = code.to_owned();
    thread::Builder::new()
        .name("highlight".to_owned())
        .spawn(move || {
            let result = work(&own, &progress);
            // Nobody may be waiting any more.
            let _ = progress.send(Some(result));
        })
        .ok()?;
    loop {
        match reports.recv_timeout(limit) {
            Ok(None) => {}
            Ok(result) => return result,
            Err(_) => {
                given_up().insert(key);
                return None;
            }
        }
    }
}

fn given_up() -> std::sync::MutexGuard<'static, BTreeSet<(String, String)>> {
    GIVEN_UP.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(200);

    #[test]
    fn work_that_moves_is_waited_for() {
        let result = wait_for("moves", "", SHORT, |code, progress| {
            for _ in 0..10 {
                thread::sleep(SHORT / 10);
                let _ = progress.send(None);
            }
            code.to_uppercase()
        });
        assert_eq!(result.as_deref(), Some("MOVES"));
    }

    #[test]
    fn work_that_stands_still_is_given_up_for_good() {
        let stuck = |_: &str, _: &Progress| {
            thread::sleep(SHORT * 10);
            String::new()
        };
        assert_eq!(wait_for("stuck", "", SHORT, stuck), None);
        assert_eq!(wait_for("stuck", "", SHORT, |_, _| String::new()), None);
        assert!(wait_for("other", "", SHORT, |_, _| String::new()).is_some());
    }
}
