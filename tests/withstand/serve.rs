//! `serve` gives nothing to another site and falls over nothing that is sent to it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::http::{Events, PATIENCE, get};
use crate::program::{write, write_small_site};
use crate::server::{Server, until};

const SECRET: &str = "not-for-readers";

struct Scene {
    _folder: tempfile::TempDir,
    server: Server,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        write_small_site(&site);
        for place in ["secret.txt", "site/secret.txt", "site/content/secret.txt", "site/.secret.txt"] {
            write(&folder.path().join(place), SECRET);
        }
        let server = Server::start(&site);
        Scene { _folder: folder, server }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What comes back for these bytes, up to the end or a pause.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.take(1 << 20).read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of a request with more headers.
    fn status(&self, path: &str, host: &str, headers: &str) -> u16 {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        let answer = self.send(request.as_bytes());
        let head = answer.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
        assert!(!head.contains("access-control"), "{answer}");
        answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
    }

    fn expect_alive(&mut self) {
        assert!(self.server.runs());
        assert_eq!(get(self.server.address(), "/").status, 200);
    }
}

#[test]
fn names_that_are_made_to_lead_here_get_nothing() {
    let mut scene = Scene::new();
    let port = scene.server.address().rsplit(':').next().unwrap().to_owned();
    for path in ["/", "/__roadbook/events", "/__roadbook/live.js", "/tea/roadmap.json", "/nowhere"] {
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "localhost.",
            "0.0.0.0",
            "10.0.0.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "[::ffff:10.0.0.1]",
            "user@localhost",
            "localhost@evil.example",
            "localhost#evil.example",
            "localhost/evil.example",
            "",
        ] {
            let host = if host.is_empty() { String::new() } else { format!("{host}:{port}") };
            let status = scene.status(path, &host, "");
            assert!(matches!(status, 400 | 421), "{path} for {host:?}: {status}");
        }
        for origin in
            ["http://evil.example", "null", "https://localhost", "file://", "http://localhost:1", "http://127.0.0.1"]
        {
            let host = format!("localhost:{port}");
            assert_eq!(scene.status(path, &host, &format!("Origin: {origin}\r\n")), 403, "{path} for {origin}");
        }
        let embedded = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n";
        assert_eq!(scene.status(path, &format!("localhost:{port}"), embedded), 403, "{path}");
    }
    scene.expect_alive();
}

#[test]
fn no_encoding_of_a_path_leads_out_of_the_site() {
    let mut scene = Scene::new();
    let host = scene.server.address().to_owned();
    for up in [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "..%00",
        "..;",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%uff0e%uff0e",
        "..%2f..",
        "..%5c..",
        "..\\..",
        "....",
        ".",
        "%2e",
    ] {
        for slash in ["/", "%2f", "%5c", "\\", "//", "%c0%af", "/./"] {
            for name in ["secret.txt", "site.toml", ".secret.txt", "content/secret.txt", "etc/passwd"] {
                let path = format!("/{up}{slash}{name}");
                let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
                let answer = scene.send(request.as_bytes());
                let status = answer.split(' ').nth(1).unwrap_or("");
                assert!(matches!(status, "400" | "404"), "{path}: {answer}");
                assert!(!answer.contains(SECRET) && !answer.contains("root:"), "{path}: {answer}");
            }
        }
    }
    for path in ["file:///etc/passwd", "http://evil.example/", "*", "//secret.txt", "/%", "/%f", "/a%0d%0aSet-Cookie:x"]
    {
        let answer = scene.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
        let head = answer.split("\r\n\r\n").next().unwrap();
        assert!(!head.contains(" 200 ") && !head.contains("Set-Cookie"), "{path}: {answer}");
    }
    scene.expect_alive();
}

#[test]
fn malformed_requests_are_answered_or_dropped() {
    let mut scene = Scene::new();
    let long = "a".repeat(1 << 20);
    let host = scene.server.address().to_owned();
    let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for bytes in [
        &b""[..],
        b"\r\n",
        b"\0\0\0\0",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 18446744073709551616\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"\x80\x81 / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello",
        &noise,
        format!("GET /{long} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n").as_bytes(),
        format!("{long} / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
        format!("GET /?{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", "%".repeat(4000)).as_bytes(),
    ] {
        scene.send(bytes);
    }
    scene.expect_alive();
}

#[test]
fn slow_and_many_clients_hold_up_nobody() {
    let mut scene = Scene::new();
    // Those who never finish their request.
    let slow: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = scene.connect();
            stream.write_all(&b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "[..n % 40]).unwrap();
            stream
        })
        .collect();
    scene.expect_alive();
    // Those who want more than they read.
    let greedy: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = scene.connect();
            let _ = stream.write_all("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200).as_bytes());
            stream
        })
        .collect();
    scene.expect_alive();
    drop((slow, greedy));
    // More than there are seats for, all at once.
    let many: Vec<TcpStream> = (0..500)
        .map(|_| {
            let mut stream = scene.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
            stream
        })
        .collect();
    for mut stream in many {
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
    }
    scene.expect_alive();
    // Listeners that leave without a word.
    for _ in 0..100 {
        let mut stream = scene.connect();
        stream.write_all(b"GET /__roadbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    }
    until("the server answers", || (get(scene.server.address(), "/").status == 200).then_some(()));
    scene.expect_alive();
}

/// More than there are seats for, who keep them as long as they may: they say nothing, too little, nothing more, or listen.
#[test]
fn seats_go_to_those_who_want_something() {
    let mut scene = Scene::new();
    let sitting: Vec<TcpStream> = [
        &b""[..],
        b"GET / HTTP/1.1\r\nHost: loc",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /__roadbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ]
    .iter()
    .cycle()
    .take(300)
    .map(|bytes| {
        let mut stream = scene.connect();
        stream.write_all(bytes).unwrap();
        stream
    })
    .collect();
    scene.expect_alive();
    let mut events = Events::listen(scene.server.address());
    events.expect("good", "");
    scene.expect_alive();
    drop(sitting);
}
