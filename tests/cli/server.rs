//! A running `roadbook serve` and what it says.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::http::PATIENCE;
use crate::program::roadbook;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(20);

/// A server that ends with the test.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    said: String,
    /// Where it serves: `http://127.0.0.1:4000/`.
    pub url: String,
}

impl Server {
    /// Starts a server on a free port and waits until it tells its address.
    pub fn start(site: &Path) -> Server {
        Server::start_with(site, &[])
    }

    /// The same with more arguments.
    pub fn start_with(site: &Path, arguments: &[&str]) -> Server {
        let mut command = roadbook(site);
        command
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let mut server = Server { child, lines, said: String::new(), url: String::new() };
        let line = server.hear("serving http://");
        server.url = line.split_whitespace().nth(1).expect("an address").to_owned();
        server
    }

    /// The host and the port.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://").split('/').next().unwrap()
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for a line on the terminal that holds a text.
    pub fn hear(&mut self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("the terminal does not say `{text}` but:\n{}", self.said);
            };
            self.said.push_str(&format!("{line}\n"));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Presses Ctrl-C and waits for the end.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> ExitStatus {
        let kill = format!("kill -INT {}", self.child.id());
        assert!(std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        until("the server ends", || self.child.try_wait().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again until there is something to see.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        thread::sleep(PAUSE);
    }
}
