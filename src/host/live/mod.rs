//! What the server shows at this moment, and how open pages hear that it has changed.
//!
//! In: sites that were built and reports of builds that failed. Out: for each request, the last good
//! site and its version in one consistent [`State`]; for each open page, a stream of the states to come.
//!
//! The stream says what is, not what happened: every event holds the version of the site and the report
//! of the last failure, if the last build failed. A page carries the version it was made from, reloads
//! when it hears of another, and shows or hides the report. So nothing is missed by a page that loads
//! while a build ends, that was asleep, or whose server was started again.

mod page;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

pub use page::{asset, inject, report_page, unbuilt};
pub use stream::Events;

/// Something that answers requests for pages.
pub trait Site: Send + Sync + 'static {
    /// The answer for a path below the base path, decoded and normalised, such as `/topics/http/`;
    /// `None` if there is no such page. Called from many threads, and may take its time.
    fn get(&self, path: &str) -> Option<Answer>;

    /// The answer where [`Site::get`] has none.
    fn not_found(&self) -> Answer;

    /// What an author wants to know of a page beside what is on it, as JSON; `None` if there is no such page.
    fn about(&self, _path: &str) -> Option<String> {
        None
    }

    /// The path of the site's address, such as `/` or `/roadmaps/`. It may be another one after each build.
    fn base_path(&self) -> &str;
}

/// What the server sends for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type, with its character set where it is text.
    pub content_type: &'static str,
    /// The body.
    pub bytes: Vec<u8>,
}

/// What is shown at one moment.
#[derive(Clone)]
pub struct State {
    /// The last good site; `None` before the first.
    pub site: Option<Arc<dyn Site>>,
    /// Names the site: another site, or another run of the server, has another version, and the
    /// later one is greater by the alphabet.
    pub version: Arc<str>,
    /// The report of the last build, if it failed.
    pub failure: Option<Arc<str>>,
}

impl State {
    /// The path below which the site lies: with `/` at both ends, and `/` before the first good site.
    pub fn base_path(&self) -> String {
        let inside = self.site.as_ref().map_or("", |site| site.base_path()).trim_matches('/');
        if inside.is_empty() { "/".into() } else { format!("/{inside}/") }
    }
}

/// How an author gets from a place in a report to the file. Only told to this machine's own browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Desk {
    /// The site's folder, whole, with `/` between folders and at the end.
    pub root: Option<String>,
    /// An address that opens a file in the author's editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: Option<String>,
}

/// The state of a server, which builds change and requests read.
pub struct Live {
    desk: Desk,
    state: watch::Sender<State>,
    start: u128,
    count: AtomicU64,
}

impl Live {
    /// A server that has nothing to show yet.
    pub fn new() -> Live {
        Live::at(Desk::default())
    }

    /// The same, for an author whose files can be opened.
    pub fn at(desk: Desk) -> Live {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let state = State { site: None, version: version(start, 0), failure: None };
        Live { desk, state: watch::Sender::new(state), start, count: AtomicU64::new(0) }
    }

    /// Shows a new site. Pages of the last one reload, and the report of a failure disappears.
    pub fn publish(&self, site: Arc<dyn Site>) {
        self.state.send_modify(|state| {
            let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
            *state = State { site: Some(site), version: version(self.start, count), failure: None };
        });
    }

    /// Keeps the last good site and shows a report over its pages. The report is plain text, without
    /// the control codes of a terminal.
    pub fn fail(&self, report: String) {
        self.state.send_if_modified(|state| {
            let news = state.failure.as_deref() != Some(report.as_str());
            state.failure = Some(report.into());
            news
        });
    }

    /// Takes back the report of a failure without a new site, as when a mistake was undone and what is
    /// shown is right again.
    pub fn recover(&self) {
        self.state.send_if_modified(|state| state.failure.take().is_some());
    }

    /// How the author gets to files.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What is shown now. Cheap; the state does not change under the caller.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// The states from now on, as server-sent events, the present one first.
    pub fn events(&self) -> Events {
        Events::new(self.state.subscribe())
    }
}

impl Default for Live {
    fn default() -> Self {
        Live::new()
    }
}

fn version(start: u128, count: u64) -> Arc<str> {
    format!("{start:016x}-{count:08}").into()
}
