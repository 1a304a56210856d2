//! The server against well-formed and malformed requests, over real sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use super::*;

/// A site with this home page, below this base path.
struct Pages(&'static str, &'static str);

impl Site for Pages {
    fn get(&self, path: &str) -> Option<Answer> {
        let html = |text: &str| Some(Answer { status: 200, content_type: content_type("x.html"), bytes: text.into() });
        match path {
            "/" => html(self.0),
            "/topics/http/" => html("<body>HTTP</body>"),
            "/a:ü/" => html("odd"),
            "/data.json" => Some(Answer { status: 200, content_type: content_type(path), bytes: b"{}</body>".into() }),
            "/panic" => panic!("a site with a fault"),
            "/slow" => {
                thread::sleep(Duration::from_millis(400));
                html("slow")
            }
            _ => None,
        }
    }

    fn not_found(&self) -> Answer {
        Answer { status: 404, content_type: content_type("x.html"), bytes: b"<body>nothing</body>".into() }
    }

    fn base_path(&self) -> &str {
        self.1
    }
}

/// A server on a port of its own, which lives as long as the test process.
fn start(live: &Arc<Live>) -> SocketAddr {
    let options = Options { host: Ipv4Addr::LOCALHOST.into(), port: 0, port_given: false };
    let (sender, receiver) = mpsc::channel();
    let live = Arc::clone(live);
    thread::spawn(move || serve(options, live, |address| sender.send(address).unwrap()));
    receiver.recv_timeout(Duration::from_secs(10)).unwrap()
}

fn started(base: &'static str) -> (Arc<Live>, SocketAddr) {
    let live = Arc::new(Live::new());
    live.publish(Arc::new(Pages("<body>home</body>", base)));
    let address = start(&live);
    (live, address)
}

/// Sends bytes and reads until the server closes the connection.
fn raw(address: SocketAddr, request: &[u8]) -> String {
    raw_within(Duration::from_secs(10), address, request)
}

/// [`raw`] for requests after which the server may wait for more.
fn raw_within(patience: Duration, address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    stream.write_all(request).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn request(address: SocketAddr, first: &str, headers: &str) -> String {
    raw(
        address,
        format!("{first} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\r\n", address.port())
            .as_bytes(),
    )
}

fn get(address: SocketAddr, path: &str) -> String {
    request(address, &format!("GET {path}"), "")
}

fn status(response: &str) -> u16 {
    response.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

fn body(response: &str) -> &str {
    response.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn header<'a>(response: &'a str, name: &str) -> Option<&'a str> {
    let head = response.split_once("\r\n\r\n")?.0;
    head.lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, v)| v)
}

#[test]
fn pages_come_with_the_script_and_other_files_as_they_are() {
    let (live, address) = started("");
    let home = get(address, "/");
    let version = live.state().version;
    assert_eq!(status(&home), 200);
    let script = format!("<script src=\"/__roadbook/live.js\" data-version=\"{version}\" defer></script>");
    assert_eq!(body(&home), format!("<body>home{script}</body>"));
    assert_eq!(header(&home, "content-length"), Some(body(&home).len().to_string().as_str()));
    assert_eq!(header(&home, "cache-control"), Some("no-store"));
    assert_eq!(header(&home, "x-content-type-options"), Some("nosniff"));
    assert!(header(&home, "access-control-allow-origin").is_none());
    let data = get(address, "/data.json?x=1");
    assert_eq!((body(&data), header(&data, "content-type")), ("{}</body>", Some("application/json; charset=utf-8")));
    let missing = get(address, "/missing");
    assert_eq!(status(&missing), 404);
    assert!(body(&missing).contains("nothing<script"));
    for name in ["live.js", "live.css"] {
        assert_eq!(status(&get(address, &format!("/__roadbook/{name}"))), 200);
    }
    assert_eq!(status(&get(address, "/__roadbook/other")), 404);
}

#[test]
fn head_is_get_without_a_body() {
    let (_, address) = started("/");
    let (head, full) = (request(address, "HEAD /topics/http/", ""), get(address, "/topics/http/"));
    assert_eq!((status(&head), body(&head)), (200, ""));
    assert_eq!(header(&head, "content-length"), header(&full, "content-length"));
    assert_eq!(status(&request(address, "HEAD /__roadbook/events", "")), 200);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let refused = request(address, &format!("{method} /"), "Content-Length: 0\r\n");
        assert_eq!((status(&refused), header(&refused, "allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_forgotten_slash_is_added() {
    let (_, address) = started("/");
    let moved = get(address, "/topics/http?q=1");
    assert_eq!((status(&moved), header(&moved, "location")), (301, Some("./http/?q=1")));
    let moved = get(address, "/a:%C3%BC");
    assert_eq!((status(&moved), header(&moved, "location")), (301, Some("./a%3A%C3%BC/")));
    for path in ["//topics/http", "//evil.example/", "//evil.example", "/topics//http"] {
        let refused = get(address, path);
        assert_eq!((status(&refused), header(&refused, "location")), (404, None), "{path}");
    }
}

#[test]
fn a_base_path_is_kept_to() {
    let (_, address) = started("roads/one");
    assert!(body(&get(address, "/roads/one/")).contains("src=\"/roads/one/__roadbook/live.js\""));
    assert_eq!(status(&get(address, "/roads/one/topics/http/")), 200);
    assert_eq!(status(&get(address, "/roads/one/__roadbook/live.js")), 200);
    for path in ["/", "/roads/one"] {
        let moved = get(address, path);
        assert_eq!((status(&moved), header(&moved, "location")), (307, Some("/roads/one/")), "{path}");
    }
    for path in ["/topics/http/", "/roads/", "/roads/one2/", "/__roadbook/live.js"] {
        assert_eq!(status(&get(address, path)), 404, "{path}");
    }
}

#[test]
fn malformed_requests_get_an_answer_or_none_but_never_hurt() {
    let (_, address) = started("/");
    for path in
        ["/%", "/%zz", "/%00", "/..", "/../etc/passwd", "/%2e%2e/", "/a%2fb", "/a\\b", "/%5c..", "/%ff", "/a/./b"]
    {
        assert_eq!(status(&get(address, path)), 400, "{path}");
    }
    assert_eq!(status(&get(address, &format!("/{}", "a".repeat(20_000)))), 414);
    let many = "X-Header: x\r\n".repeat(500);
    for bytes in [
        &b"\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET  HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\0host\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\nConnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").as_bytes(),
    ] {
        let response = raw_within(Duration::from_millis(200), address, bytes);
        let what = String::from_utf8_lossy(bytes);
        assert!(response.is_empty() || (400..500).contains(&status(&response)), "{what}: {response}");
    }
    assert_eq!(status(&get(address, "/panic")), 500);
    assert_eq!(status(&get(address, "/")), 200);
}

#[test]
fn strangers_are_refused() {
    let (_, address) = started("/");
    let host = |host: &str| {
        status(&raw(address, format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()))
    };
    assert_eq!((host("127.0.0.1"), host("localhost:9"), host("evil.example")), (200, 200, 421));
    let origin = |origin: &str| status(&request(address, "GET /__roadbook/events", &format!("Origin: {origin}\r\n")));
    assert_eq!((origin("http://evil.example"), origin("null")), (403, 403));
    assert_eq!(
        status(&request(address, "GET /data.json", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")),
        403
    );
}

#[test]
fn slow_clients_and_slow_pages_hold_up_nobody() {
    let (_, address) = started("/");
    let idle: Vec<_> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    let slow: Vec<_> = (0..4).map(|_| thread::spawn(move || get(address, "/slow"))).collect();
    let begin = Instant::now();
    assert_eq!(status(&get(address, "/")), 200);
    assert!(begin.elapsed() < Duration::from_millis(300));
    assert!(slow.into_iter().all(|page| status(&page.join().unwrap()) == 200));
    drop(idle);
}

/// A server with so many seats whose connections may be silent for `patience`, and for `haste` while others wait.
fn seated(seats: usize, patience: Duration, haste: Duration) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            let live = Arc::new(Live::new());
            live.publish(Arc::new(Pages("<body>home</body>", "/")));
            let seats = listen::Seats::with(listener, seats, (patience, haste));
            axum::serve(seats, router(Ipv4Addr::LOCALHOST.into(), live)).await
        })
    });
    receiver.recv_timeout(Duration::from_secs(10)).unwrap()
}

#[test]
fn a_silent_connection_ends_and_gives_up_its_seat() {
    let patience = Duration::from_millis(200);
    let address = seated(1, patience, patience);
    let mut trickle = TcpStream::connect(address).unwrap();
    let writer = thread::spawn(move || {
        let started = Instant::now();
        while trickle.write_all(b"G").is_ok() {
            thread::sleep(Duration::from_millis(20));
            assert!(started.elapsed() < Duration::from_secs(5), "trickled bytes keep a seat");
        }
    });
    assert_eq!(status(&get(address, "/")), 200);
    writer.join().unwrap();
}

const LONG: Duration = Duration::from_secs(600);

/// Opens connections that say this and are kept open.
fn squatters(address: SocketAddr, count: usize, bytes: &[u8]) -> Vec<TcpStream> {
    let open = || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    (0..count).map(|_| open()).collect()
}

#[test]
fn who_is_silent_gives_up_the_seat_when_others_want_it() {
    for bytes in [
        &b""[..],
        b"GET / HTTP/1.1\r\nHost: loc",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /__roadbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        // More than is asked for, after which nothing is read.
        b"GET /__roadbook/events HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n",
    ] {
        let address = seated(4, LONG, Duration::from_millis(100));
        let squatters = squatters(address, 30, bytes);
        assert_eq!(status(&get(address, "/")), 200, "{}", String::from_utf8_lossy(bytes));
        drop(squatters);
    }
}

#[test]
fn who_is_silent_keeps_the_seat_while_nobody_wants_it() {
    let address = seated(2, LONG, Duration::from_millis(50));
    let mut squatter = squatters(address, 1, b"").remove(0);
    // A page that takes longer than the haste is answered, too.
    assert_eq!(status(&get(address, "/slow")), 200);
    squatter.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    squatter.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), 200);
}

/// Reads the events of a stream, one at a time.
struct Listener(BufReader<TcpStream>);

impl Listener {
    fn new(address: SocketAddr) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(b"GET /__roadbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Listener(BufReader::new(stream))
    }

    fn next(&mut self) -> (String, Vec<String>) {
        let (mut event, mut data) = (String::new(), Vec::new());
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream has ended");
            let line = line.trim_end_matches(['\r', '\n']);
            if let Some(name) = line.strip_prefix("event: ") {
                event = name.to_owned();
            } else if let Some(text) = line.strip_prefix("data: ") {
                data.push(text.to_owned());
            } else if line.is_empty() && !event.is_empty() {
                return (event, data);
            }
        }
    }
}

#[test]
fn open_pages_hear_what_happens() {
    let live = Arc::new(Live::new());
    let address = start(&live);
    let building = get(address, "/topics/http/");
    assert!(status(&building) == 503 && building.contains("live.js"));
    live.fail("no title\n  at a.md".into());
    let broken = get(address, "/");
    assert!(broken.contains("no title\n  at a.md</pre>") && broken.contains("live.js"));
    let mut events = Listener::new(address);
    let (name, data) = events.next();
    assert_eq!((name.as_str(), &data[1..]), ("failed", &["no title".to_owned(), "  at a.md".to_owned()][..]));
    live.publish(Arc::new(Pages("<body>one</body>", "/")));
    let first = live.state().version.to_string();
    assert_eq!(events.next(), ("good".into(), vec![first.clone()]));
    assert!(get(address, "/").contains(&first));
    live.fail("again".into());
    assert_eq!(events.next(), ("failed".into(), vec![first.clone(), "again".into()]));
    // The last good site stays, and a page that loads now hears of the mistake at once.
    assert!(body(&get(address, "/")).starts_with("<body>one"));
    assert_eq!(Listener::new(address).next(), ("failed".into(), vec![first.clone(), "again".into()]));
    live.recover();
    assert_eq!(events.next(), ("good".into(), vec![first]));
}

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut options = Options { host: Ipv4Addr::LOCALHOST.into(), port, port_given: true };
    assert!(runtime.block_on(listen::bind(&options)).is_err());
    options.port_given = false;
    let listener = runtime.block_on(listen::bind(&options)).unwrap();
    assert!(listener.local_addr().unwrap().port() > port);
}
