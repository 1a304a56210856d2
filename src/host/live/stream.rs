//! The states of a server as server-sent events.
//!
//! In: a channel of states. Out: a body that never ends: `event: good` or `event: failed`, whose first
//! line of data is the version and whose further lines are the report. A line without meaning every few
//! seconds tells both sides that the other one is still there. An unread state is skipped for a newer.

use std::convert::Infallible;
use std::fmt::Write;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::sync::watch::Receiver;

use super::State;

/// How long the stream may be silent. The server closes connections that are silent for longer.
const HEARTBEAT: Duration = Duration::from_secs(10);

type Step = Pin<Box<dyn Future<Output = Option<(String, Receiver<State>)>> + Send>>;

/// A stream of server-sent events.
pub struct Events {
    next: Step,
}

impl Events {
    pub(super) fn new(mut states: Receiver<State>) -> Self {
        states.mark_changed();
        // Browsers wait three seconds and more before they connect again, if they are not told.
        Events { next: Box::pin(async move { Some(("retry: 500\n\n".to_owned(), states)) }) }
    }
}

impl Stream for Events {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Poll::Ready(done) = self.next.as_mut().poll(context) else { return Poll::Pending };
        // A future must not be polled after its end, so the end is followed by another end.
        let (text, next): (_, Step) = match done {
            Some((text, states)) => (Some(Ok(text)), Box::pin(step(states))),
            None => (None, Box::pin(async { None })),
        };
        self.next = next;
        Poll::Ready(text)
    }
}

/// Waits for the next state; ends when the server does.
async fn step(mut states: Receiver<State>) -> Option<(String, Receiver<State>)> {
    let text = match tokio::time::timeout(HEARTBEAT, states.changed()).await {
        Ok(changed) => {
            changed.ok()?;
            event(&states.borrow_and_update())
        }
        Err(_) => ": still here\n\n".to_owned(),
    };
    Some((text, states))
}

/// One state as an event.
pub(super) fn event(state: &State) -> String {
    let name = if state.failure.is_some() { "failed" } else { "good" };
    let mut text = format!("event: {name}\ndata: {}\n", state.version);
    for line in state.failure.iter().flat_map(|report| report.lines()) {
        // A lone carriage return would end the line for the browser and begin a field of its own.
        let _ = writeln!(text, "data: {}", line.replace('\r', " "));
    }
    text.push('\n');
    text
}
