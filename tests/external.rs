//! `check --external` from end to end, against a server of our own on loopback: what it asks, what it remembers, and that no
//! other command asks anything. Each kind of answer is tested beside the code (`src/host/web/tests.rs`).

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// A server that has `/good` and nothing else: its address, and what it was asked.
fn host() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let Some(first) = lines.next() else { continue };
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let status = if first.contains(" /good ") { "200 OK" } else { "404 Not Found" };
            log.lock().unwrap().push(first.trim_end_matches(" HTTP/1.1").to_owned());
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (address, asked)
}

fn roadbook(site: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    program.args(arguments).args(["--color", "never", "--root"]).arg(site);
    program.env("XDG_CACHE_HOME", site.join("cache")).env("HOME", site.join("home")).env_remove("http_proxy");
    program.output().unwrap()
}

fn write(site: &Path, path: &str, text: &str) {
    let path = site.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn links_are_asked_once_and_good_answers_are_remembered() {
    let (address, asked) = host();
    let site = tempfile::tempdir().unwrap();
    let site = site.path();
    write(site, "site.toml", "title = \"T\"\n");
    write(
        site,
        "content/web/_index.md",
        "---\ntitle: Web\nfaq:\n  - {question: Why?, answer: \"[So](ADDRESS/faq)\"}\n---\n"
            .replace("ADDRESS", &address)
            .as_str(),
    );
    write(site, "content/web/01-basics/_index.md", "---\ntitle: Basics\n---\n");
    let text = "---\ntitle: HTTP\nresources:\n  - {title: A, url: \"ADDRESS/good\"}\n---\n\n[a](ADDRESS/good#part) <ADDRESS/missing>\n";
    write(site, "content/web/01-basics/http.md", &text.replace("ADDRESS", &address));

    for command in [&["check"][..], &["build"], &["plan"], &["graph"]] {
        assert!(roadbook(site, command).status.success());
    }
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new(), "nothing else asks");

    let check = roadbook(site, &["check", "--external", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    let found: Vec<(&str, u64)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["file"].as_str().unwrap(), one["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(found, [("content/web/01-basics/http.md", 7), ("content/web/_index.md", 4)]);
    assert_eq!(
        std::mem::take(&mut *asked.lock().unwrap()),
        ["HEAD /faq", "GET /faq", "HEAD /good", "HEAD /missing", "GET /missing"]
    );

    let again = roadbook(site, &["check", "--external", "--verbose"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("asking 2 of 3 web links"), "{again:?}");
    assert!(!asked.lock().unwrap().iter().any(|line| line.contains("/good")), "it was there a moment ago");
}
