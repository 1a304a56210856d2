//! A sign of life on a terminal, for work that takes long.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::report::Terminal;

/// Work that is done before this needs none.
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(200);

/// Says on standard error what is being done and for how long, from one second on and on a terminal alone. The line
/// is gone when this is dropped.
pub struct Progress {
    /// Dropped first, which ends the thread.
    end: Option<Sender<()>>,
    writer: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait. `doing` is what is done, such as `building`.
    pub fn begin(terminal: &Terminal, doing: &'static str) -> Progress {
        let shows = !terminal.is_quiet() && std::io::stderr().is_terminal();
        Progress::on(shows.then(std::io::stderr), doing, PATIENCE)
    }

    fn on(out: Option<impl Write + Send + 'static>, doing: &'static str, patience: Duration) -> Progress {
        let Some(out) = out else { return Progress { end: None, writer: None } };
        let (end, ended) = channel();
        let writer = std::thread::Builder::new().spawn(move || show(out, doing, &ended, patience)).ok();
        Progress { end: Some(end), writer }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end = None;
        if let Some(writer) = self.writer.take() {
            // Its line must be gone before anybody else writes.
            let _ = writer.join();
        }
    }
}

fn show(mut out: impl Write, doing: &str, ended: &Receiver<()>, patience: Duration) {
    let start = Instant::now();
    let mut wait = patience;
    let mut is_shown = false;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let line = format!("\r\x1b[K{doing} … {} s", start.elapsed().as_secs());
        is_shown |= out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_ok();
        wait = PAUSE;
    }
    if is_shown {
        let _ = out.write_all(b"\r\x1b[K").and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Page {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn short_work_is_silent() {
        let page = Page::default();
        drop(Progress::on(Some(page.clone()), "reading", Duration::from_secs(60)));
        assert_eq!(page.text(), "");
    }

    #[test]
    fn long_work_is_shown_and_then_gone() {
        let page = Page::default();
        let progress = Progress::on(Some(page.clone()), "reading", Duration::ZERO);
        let start = Instant::now();
        while !page.text().contains("reading … 0 s") && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        assert!(page.text().contains("reading … "), "{:?}", page.text());
        assert!(page.text().ends_with("\r\x1b[K"), "{:?}", page.text());
    }
}
