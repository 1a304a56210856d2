//! The least of an HTTP client: one request a connection, and the stream of events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long anything may take on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A response: its status, its head and its body.
pub struct Response {
    /// The status.
    pub status: u16,
    head: String,
    /// The body.
    pub body: String,
}

impl Response {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Asks for a path, as a browser on this machine would.
pub fn get(address: &str, path: &str) -> Response {
    request(address, "GET", path, address)
}

/// Sends one request and reads to the end.
pub fn request(address: &str, method: &str, path: &str, host: &str) -> Response {
    let mut stream = connect(address);
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("a response");
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
    Response { status, head: head.to_owned(), body: body.to_owned() }
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// One event: its name, the version of the site, and the report if there is one.
#[derive(Debug)]
pub struct Event {
    /// `good` or `failed`.
    pub name: String,
    /// The site's version.
    pub version: String,
    /// The lines of the report.
    pub report: String,
}

/// The stream of events, as an open page hears it.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// Begins to listen.
    pub fn listen(address: &str) -> Events {
        let mut stream = connect(address);
        write!(stream, "GET /__roadbook/events HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        Events(BufReader::new(stream))
    }

    /// Waits for an event of this name whose report holds a text; others are passed over.
    pub fn expect(&mut self, name: &str, text: &str) -> Event {
        let end = Instant::now() + PATIENCE;
        loop {
            let event = self.next(end).unwrap_or_else(|| panic!("no event `{name}` with `{text}`"));
            if event.name == name && event.report.contains(text) {
                return event;
            }
        }
    }

    /// Waits for an event. The sizes of chunks stand between its lines; they have no colon and say nothing.
    fn next(&mut self, end: Instant) -> Option<Event> {
        let (mut name, mut data) = (String::new(), Vec::new());
        while Instant::now() < end {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream has ended");
            match line.trim_end().split_once(": ") {
                Some(("event", text)) => text.clone_into(&mut name),
                Some(("data", text)) => data.push(text.to_owned()),
                _ if line == "\n" && !name.is_empty() => return Some(event(name, data)),
                _ => {}
            }
        }
        None
    }
}

fn event(name: String, data: Vec<String>) -> Event {
    let mut data = data.into_iter();
    let version = data.next().expect("a version");
    Event { name, version, report: data.collect::<Vec<_>>().join("\n") }
}
