//! Requests of `serve`: only the author's own browser gets pages, and only those of the site.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use roadbook::host::live::{Answer, Live, Site};
use roadbook::host::server;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::Runtime;

/// What only pages of the site hold.
const SECRET: &str = "what is in the site";
/// The path of the site on its host.
const BASE: &str = "/maps/";

/// A site that has nearly every path, and notes what it was asked for.
#[derive(Default)]
struct Pages {
    asked: Mutex<Vec<String>>,
}

impl Site for Pages {
    fn get(&self, path: &str) -> Option<Answer> {
        self.asked.lock().expect("nobody panics").push(path.to_owned());
        let bytes = format!("<body>{SECRET}</body>").into_bytes();
        let is_page = path.ends_with('/') || path.contains('.');
        is_page.then_some(Answer { status: 200, content_type: server::content_type("a.html"), bytes })
    }

    fn not_found(&self) -> Answer {
        Answer { status: 404, content_type: server::content_type("a.html"), bytes: b"<body>nothing</body>".into() }
    }

    fn base_path(&self) -> &str {
        BASE
    }
}

thread_local! {
    /// Its clock goes on at once where everybody waits.
    static RUNTIME: RefCell<Runtime> = RefCell::new(
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime"),
    );
}

/// A connection that is there already.
struct Connection(Option<DuplexStream>);

impl axum::serve::Listener for Connection {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (DuplexStream, ()) {
        match self.0.take() {
            Some(stream) => (stream, ()),
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends the input up to its first empty line, and looks at the answer.
pub fn check(input: &[u8]) {
    let request = head(input);
    let pages = Arc::new(Pages::default());
    let live = Arc::new(Live::new());
    live.publish(Arc::<Pages>::clone(&pages));
    let answer = RUNTIME.with(|runtime| runtime.borrow().block_on(ask(&request, live)));
    for path in pages.asked.lock().expect("nobody panics").iter() {
        let plain = path.starts_with('/')
            && !path.contains("//")
            && !path.chars().any(|c| c.is_control() || c == '\\')
            && path.split('/').all(|part| !matches!(part, "." | ".."));
        assert!(plain, "the site is asked for {path:?} by {request:?}");
    }
    let answer = String::from_utf8_lossy(&answer);
    if !answer.is_empty() {
        check_answer(&String::from_utf8_lossy(&request), &answer);
    }
}

/// A request with line ends as they should be, which closes its connection.
fn head(input: &[u8]) -> Vec<u8> {
    let mut request = Vec::new();
    let lines = input.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    for (at, line) in lines.take_while(|line| !line.is_empty()).enumerate() {
        request.extend([line, b"\r\n"].concat());
        if at == 0 {
            request.extend(b"Connection: close\r\n");
        }
    }
    request.extend(b"\r\n");
    request
}

async fn ask(request: &[u8], live: Arc<Live>) -> Vec<u8> {
    let (mut near, far) = tokio::io::duplex(1 << 20);
    let router = server::router(Ipv4Addr::LOCALHOST.into(), live);
    let server = tokio::spawn(async { axum::serve(Connection(Some(far)), router).await });
    near.write_all(request).await.expect("a connection");
    let mut answer = Vec::new();
    // Streams of events have no end.
    let _ = tokio::time::timeout(Duration::from_secs(2), near.read_to_end(&mut answer)).await;
    server.abort();
    answer
}

fn check_answer(request: &str, answer: &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?} to {request:?}"));
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse::<u16>().ok());
    let status = status.unwrap_or_else(|| panic!("{answer:?} to {request:?}"));
    assert!(matches!(status, 200 | 301 | 307 | 400..=431), "{status} to {request:?}");
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        assert!(!name.eq_ignore_ascii_case("access-control-allow-origin"), "{answer:?} to {request:?}");
        if name.eq_ignore_ascii_case("location") {
            let (path, _query) = value.split_once('?').unwrap_or((value, ""));
            let stays = path == BASE || (path.starts_with("./") && !path[2..].starts_with('/'));
            assert!(stays && !path.contains('\\'), "{request:?} is sent to {value:?}");
        }
    }
    let method = request.split(' ').next().unwrap_or("");
    assert!(method == "GET" || method == "HEAD" || !(200..400).contains(&status), "{status} to {request:?}");
    assert!(method != "HEAD" || body.is_empty(), "a body to {request:?}");
    if body.contains(SECRET) || head.contains("text/event-stream") {
        assert!(is_own(request), "{request:?} gets {answer:?}");
    }
}

/// Whether a request is addressed to this machine and comes from no other site's page.
fn is_own(request: &str) -> bool {
    let values = |name: &'static str| {
        let headers = request.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
        headers.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let hosts: Vec<String> = values("host").map(str::to_lowercase).collect();
    let [host] = hosts.as_slice() else { return false };
    let name = host.rsplit_once(':').filter(|_| !host.ends_with(']')).map_or(host.as_str(), |(name, _)| name);
    let inside = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let address = inside.map_or_else(
        || name.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
        |name| name.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
    );
    let is_here = name == "localhost" || address.is_some_and(|address| address.is_loopback());
    // Browsers write these words so and in no other way.
    let embedded = values("sec-fetch-site").any(|site| site == "cross-site" || site == "same-site")
        && !values("sec-fetch-mode").any(|mode| mode == "navigate");
    is_here && values("origin").all(|origin| origin.to_lowercase() == format!("http://{host}")) && !embedded
}
