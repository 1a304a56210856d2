//! A server of our own on loopback gives every kind of answer; the network is not touched.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;

/// What was asked, in its order: method and path, and when.
type Asked = Arc<Mutex<Vec<(String, Instant)>>>;

struct Host {
    address: String,
    asked: Asked,
}

impl Host {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Asked::default();
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || answer(stream.unwrap(), &log));
            }
        });
        Host { address, asked }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn asked(&self, path: &str) -> Vec<String> {
        let ends = format!(" {path}");
        self.asked.lock().unwrap().iter().map(|(line, _)| line.clone()).filter(|line| line.ends_with(&ends)).collect()
    }
}

/// Reads the head of a request: `HEAD /path`.
fn request(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    first.rsplit_once(' ').map(|(line, _)| line.to_owned())
}

fn answer(mut stream: TcpStream, log: &Asked) {
    let Some(line) = request(&stream) else { return };
    let earlier =
        log.lock().unwrap().iter().filter(|(other, _)| other.split(' ').nth(1) == line.split(' ').nth(1)).count();
    log.lock().unwrap().push((line.clone(), Instant::now()));
    let (method, path) = line.split_once(' ').unwrap();
    let (status, more) = match (path, method) {
        ("/moved", _) => ("301 Moved Permanently", "Location: /good\r\n"),
        ("/moved-to-nothing", _) => ("301 Moved Permanently", "Location: /missing\r\n"),
        ("/loop", _) => ("302 Found", "Location: /pool\r\n"),
        ("/pool", _) => ("302 Found", "Location: /loop\r\n"),
        ("/missing", _) => ("404 Not Found", ""),
        ("/gone", _) => ("410 Gone", ""),
        ("/no-head", "HEAD") => ("405 Method Not Allowed", ""),
        ("/bad-head", "HEAD") => ("404 Not Found", ""),
        ("/busy", _) if earlier == 0 => ("429 Too Many Requests", "Retry-After: 1\r\n"),
        ("/too-busy", _) => ("429 Too Many Requests", "Retry-After: 3600\r\n"),
        ("/broken", _) => ("500 Internal Server Error", ""),
        ("/shaky", _) if earlier < 2 => ("500 Internal Server Error", ""),
        ("/private", _) => ("403 Forbidden", ""),
        ("/hangs-up" | "/hangs-up/too", _) => return,
        ("/silent", _) => return std::thread::sleep(Duration::from_secs(20)),
        _ => ("200 OK", ""),
    };
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

fn manners() -> Manners {
    Manners {
        hosts_at_once: 4,
        pause: Duration::from_millis(1),
        timeout: Duration::from_millis(1500),
        retries: 2,
        patience: Duration::from_millis(5),
        most_patience: Duration::from_secs(2),
    }
}

fn ask(host: &Host, path: &str) -> Answer {
    ask_all(&[&host.at(path)], manners()).remove(0)
}

fn dead(reason: &str) -> Answer {
    Answer::Dead(reason.into())
}

#[test]
fn each_answer_comes_to_what_it_means() {
    let host = Host::new();
    assert_eq!(ask(&host, "/good"), Answer::Alive);
    assert_eq!(host.asked("/good"), ["HEAD /good"]);
    assert_eq!(ask(&host, "/moved"), Answer::Alive);
    assert_eq!(ask(&host, "/moved-to-nothing"), dead("it answers 404: there is no such page"));
    assert_eq!(ask(&host, "/missing"), dead("it answers 404: there is no such page"));
    assert_eq!(ask(&host, "/gone"), dead("it answers 410: the page is gone for good"));
    assert_eq!(ask(&host, "/loop"), dead("it redirects in a circle"));
    assert_eq!(ask(&host, "/private"), Answer::Alive);
}

#[test]
fn what_fails_with_head_is_asked_with_get() {
    let host = Host::new();
    for path in ["/no-head", "/bad-head"] {
        assert_eq!(ask(&host, path), Answer::Alive);
        assert_eq!(host.asked(path), [format!("HEAD {path}"), format!("GET {path}")]);
    }
}

#[test]
fn what_may_pass_is_tried_again() {
    let host = Host::new();
    assert_eq!(ask(&host, "/shaky"), Answer::Alive);
    assert_eq!(ask(&host, "/broken"), dead("it answers 500"));
    assert_eq!(host.asked("/broken").len(), 4, "HEAD, GET and two retries");
    assert_eq!(ask(&host, "/hangs-up"), dead("it ends the connection without an answer"));
}

#[test]
fn a_host_that_is_down_is_not_tried_again_for_each_address() {
    let host = Host::new();
    let addresses = [host.at("/hangs-up"), host.at("/hangs-up/too")];
    let answers = ask_all(&addresses.each_ref().map(String::as_str), manners());
    assert!(answers.iter().all(|answer| *answer != Answer::Alive));
    let counts = ["/hangs-up", "/hangs-up/too"].map(|path| host.asked(path).len());
    assert!(counts[0] > counts[1], "{counts:?}");
}

#[test]
fn a_host_gets_the_patience_it_asks_for() {
    let host = Host::new();
    let start = Instant::now();
    assert_eq!(ask(&host, "/busy"), Answer::Alive);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(ask(&host, "/too-busy"), Answer::Alive, "it is there");
    assert_eq!(host.asked("/too-busy").len(), 1, "and is let be");
}

#[test]
fn no_answer_is_told_from_no_host() {
    let host = Host::new();
    let few = Manners { retries: 0, timeout: Duration::from_millis(500), ..manners() };
    assert_eq!(ask_all(&[&host.at("/silent")], few), [dead("it does not answer within 0.5 seconds")]);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(ask_all(&[&format!("http://{free}/")], few), [dead("the connection is refused")]);
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause() {
    let host = Host::new();
    let addresses: Vec<String> = (0..4).map(|n| host.at(&format!("/{n}"))).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let pause = Duration::from_millis(40);
    assert_eq!(ask_all(&addresses, Manners { pause, ..manners() }), vec![Answer::Alive; 4]);
    let asked = host.asked.lock().unwrap();
    assert_eq!(asked.len(), 4);
    assert!(asked.windows(2).all(|pair| pair[1].1 - pair[0].1 >= pause));
}

#[test]
fn answers_stand_in_the_order_of_the_addresses() {
    let (one, two) = (Host::new(), Host::new());
    let addresses = [one.at("/missing"), two.at("/good"), one.at("/good"), two.at("/gone")];
    let answers = ask_all(&addresses.each_ref().map(String::as_str), manners());
    let alive: Vec<bool> = answers.iter().map(|answer| *answer == Answer::Alive).collect();
    assert_eq!(alive, [false, true, true, false]);
    let by_host: BTreeMap<&str, usize> = addresses.iter().map(|address| (host(address), 2)).collect();
    assert_eq!(by_host.len(), 2);
}
