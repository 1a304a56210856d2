//! `roadbook serve` from end to end: a server is started, asked as a browser would ask, and its site's files
//! are changed, broken and mended. Nothing is waited for longer than it takes, up to a deadline.

#[path = "cli/http.rs"]
mod http;
#[path = "shared/node.rs"]
#[expect(dead_code, reason = "what serves a site needs no site that is built")]
mod node;
#[path = "cli/program.rs"]
mod program;
#[allow(dead_code, reason = "other tests use more of it")]
#[path = "cli/server.rs"]
mod server;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::{Events, get, request};
use crate::node::{Browser, browser, node};
use crate::program::{roadbook, succeed, write, write_small_site};
use crate::server::{Server, until};

const BOILING: &str = "content/tea/01-water/boiling.md";

/// The small site in a folder that goes away.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        write_small_site(folder.path());
        Site(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        write(&self.path(name), text);
    }

    /// Writes the topic `boiling` with another text.
    fn boil(&self, text: &str) {
        self.write(BOILING, &format!("---\ntitle: Boiling\nsummary: Bubbles.\neffort: 1h\n---\n\n{text}\n"));
    }

    fn serve(&self) -> Server {
        Server::start(self.0.path())
    }
}

/// Waits until a page holds a text.
fn until_page_has(server: &Server, path: &str, text: &str) {
    until(&format!("{path} holds `{text}`"), || get(server.address(), path).body.contains(text).then_some(()));
}

/// The page without what differs from start to start.
fn without_script(page: &str) -> String {
    let at = page.find("<script src=\"/__roadbook/live.js\"").expect("the live script");
    let end = at + page[at..].find("</script>").unwrap() + "</script>".len();
    format!("{}{}", &page[..at], &page[end..])
}

#[test]
fn pages_are_those_of_a_build_and_live() {
    let site = Site::new();
    succeed(roadbook(site.0.path()).args(["build", "-q"]));
    let server = site.serve();
    for path in ["/", "/topics/boiling/", "/tea/", "/tea/timeline/"] {
        let page = get(server.address(), path);
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
        let built = fs::read_to_string(site.path(&format!("public{path}index.html"))).unwrap();
        assert_eq!(without_script(&page.body), built, "{path}");
    }
    let data = get(server.address(), "/tea/roadmap.json");
    assert_eq!(data.body, fs::read_to_string(site.path("public/tea/roadmap.json")).unwrap());
    assert!(get(server.address(), "/__roadbook/live.js").body.contains("EventSource"));
    // Links without their last slash find the way.
    let moved = get(server.address(), "/tea");
    assert_eq!((moved.status, moved.header("location")), (301, Some("./tea/")));
}

#[test]
fn a_missing_page_is_the_site_s_own() {
    let site = Site::new();
    let server = site.serve();
    let page = get(server.address(), "/topics/milk/");
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<!doctype html>") && page.body.contains("live.js"), "{}", page.body);
    // It turns into a page once there is one.
    site.write("content/tea/02-leaves/milk.md", "---\ntitle: Milk\nsummary: A splash.\n---\n\nPour.\n");
    until("the new page", || (get(server.address(), "/topics/milk/").status == 200).then_some(()));
}

#[test]
fn only_the_author_s_own_browser_may_ask() {
    let site = Site::new();
    site.write("secret.txt", "not for readers");
    let server = site.serve();
    let address = server.address();
    let head = request(address, "HEAD", "/", address);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let length = head.header("content-length").and_then(|text| text.parse().ok());
    assert_eq!(length, Some(get(address, "/").body.len()));
    let post = request(address, "POST", "/", address);
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(request(address, "GET", "/", "evil.example").status, 421);
    assert_eq!(request(address, "GET", "/", "localhost").status, 200);
    for path in ["/..%2fsecret.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "/%00"] {
        assert_eq!(get(address, path).status, 400, "{path}");
    }
    for path in ["/secret.txt", "/site.toml", "/content/tea/_index.md", "/__roadbook/nothing"] {
        assert_eq!(get(address, path).status, 404, "{path}");
    }
}

#[test]
fn a_change_is_shown_and_announced() {
    let site = Site::new();
    let mut server = site.serve();
    let mut events = Events::listen(server.address());
    let first = events.expect("good", "");
    site.boil("The kettle sings.");
    let second = events.expect("good", "");
    assert!(second.version > first.version, "{first:?} {second:?}");
    let page = get(server.address(), "/topics/boiling/").body;
    assert!(page.contains("The kettle sings.") && page.contains(&second.version), "{page}");
    server.hear("files ready");
    // The page of another topic knows it, too.
    assert!(get(server.address(), "/topics/steeping/").body.contains(&second.version));
}

#[test]
fn an_error_is_told_while_the_last_good_site_stays() {
    let site = Site::new();
    let mut server = site.serve();
    let mut events = Events::listen(server.address());
    let good = events.expect("good", "");
    site.write(BOILING, "---\ntitel: Boiling\n---\n\nBroken.\n");
    let failed = events.expect("failed", "error[unknown-key]");
    assert_eq!(failed.version, good.version);
    assert!(failed.report.contains(&format!("--> {BOILING}:2:1")), "{}", failed.report);
    assert!(!failed.report.contains('\x1b'), "{}", failed.report);
    server.hear("error[unknown-key]");
    server.hear(&format!("--> {BOILING}:2:1"));
    let page = get(server.address(), "/topics/boiling/");
    assert!(page.status == 200 && page.body.contains("Heat it.") && !page.body.contains("Broken."));
    // A page that is opened now hears of it at once.
    assert_eq!(Events::listen(server.address()).expect("failed", "").report, failed.report);
    site.boil("Mended.");
    let mended = events.expect("good", "");
    assert!(mended.version > good.version);
    assert!(get(server.address(), "/topics/boiling/").body.contains("Mended."));
    server.hear("files ready");
}

#[test]
fn a_template_that_breaks_a_page_is_told_like_any_error() {
    let site = Site::new();
    let mut server = site.serve();
    let mut events = Events::listen(server.address());
    events.expect("good", "");
    site.write("templates/topic.html", "{{ page.tilte }}\n");
    events.expect("failed", "error[template]");
    server.hear("error[template]");
    let page = get(server.address(), "/topics/boiling/");
    assert!(page.status == 200 && page.body.contains("Heat it."), "{} {}", page.status, page.body);
    site.write("templates/topic.html", "My {{ page.title }}\n");
    events.expect("good", "");
    assert!(get(server.address(), "/topics/boiling/").body.starts_with("My Boiling"));
}

#[test]
fn a_site_that_is_broken_from_the_start_recovers() {
    let site = Site::new();
    site.write("site.toml", "title = [\n");
    let mut server = site.serve();
    for path in ["/", "/topics/boiling/"] {
        let page = get(server.address(), path);
        assert!(page.status == 503 && page.body.contains("live.js"), "{path}: {}", page.body);
        assert!(page.body.contains("error[syntax]") && page.body.contains("site.toml:1:"), "{path}: {}", page.body);
    }
    let mut events = Events::listen(server.address());
    events.expect("failed", "error[syntax]");
    site.write("site.toml", "title = \"Mended\"\n");
    events.expect("good", "");
    server.hear("files ready");
    until_page_has(&server, "/", "Mended");
}

#[test]
fn the_path_of_the_address_is_followed() {
    let site = Site::new();
    site.write("site.toml", "title = \"Roads\"\nbase_url = \"https://example.org/roads/\"\n");
    let server = site.serve();
    assert!(server.url.ends_with("/roads/"), "{}", server.url);
    let lost = get(server.address(), "/");
    assert_eq!((lost.status, lost.header("location")), (307, Some("/roads/")));
    check_links_of_home(&server, "/roads/");
}

#[test]
fn the_path_of_the_address_may_change_while_serving() {
    let site = Site::new();
    site.write("site.toml", "title = [\n");
    let server = site.serve();
    let mut events = Events::listen(server.address());
    events.expect("failed", "error[syntax]");
    site.write("site.toml", "title = \"Roads\"\nbase_url = \"https://example.org/roads/\"\n");
    events.expect("good", "");
    let lost = get(server.address(), "/");
    let home = lost.header("location").unwrap_or("/").to_owned();
    check_links_of_home(&server, &home);
}

#[test]
fn a_change_during_the_first_build_is_not_lost() {
    let site = Site::new();
    for n in 0..2000 {
        site.write(&format!("content/topics/many/topic-{n}.md"), &format!("---\ntitle: Topic {n}\n---\n\nText.\n"));
    }
    let start = Instant::now();
    drop(site.serve());
    let half = start.elapsed() / 2;
    let saved = thread::scope(|scope| {
        let saved = scope.spawn(|| {
            thread::sleep(half);
            site.boil("Saved in the meantime.");
        });
        let server = site.serve();
        saved.join().unwrap();
        server
    });
    until_page_has(&saved, "/topics/boiling/", "Saved in the meantime.");
}

/// Checks that the links of the home page lead somewhere on this server.
fn check_links_of_home(server: &Server, home: &str) {
    let page = get(server.address(), home);
    assert_eq!(page.status, 200, "{home}");
    let links: Vec<&str> = page.body.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 3, "{links:?}");
    for link in links {
        let link = link.split('#').next().unwrap();
        assert_eq!(get(server.address(), &format!("/{link}")).status, 200, "/{link}");
    }
}

#[test]
fn folders_and_settings_are_watched() {
    let site = Site::new();
    let server = site.serve();
    site.write("site.toml", "title = \"Renamed\"\n");
    until_page_has(&server, "/", "Renamed");
    site.write("templates/404.html", "Lost.\n");
    until_page_has(&server, "/nowhere/", "Lost.");
    site.write("static/hello.txt", "Hello.\n");
    until_page_has(&server, "/hello.txt", "Hello.");
    site.write("themes/mine/templates/topic.html", "My {{ page.title }}\n");
    site.write("site.toml", "title = \"Renamed\"\ntheme = \"mine\"\n");
    until_page_has(&server, "/topics/boiling/", "My Boiling");
    // Editors save by renaming, Git puts whole folders in place.
    site.write("new.md", "---\ntitle: Simmering\nsummary: Less.\n---\n\nLess.\n");
    fs::rename(site.path("new.md"), site.path(BOILING)).unwrap();
    until_page_has(&server, "/topics/boiling/", "My Simmering");
    fs::rename(site.path("content"), site.path("away")).unwrap();
    until("no topic is left", || (get(server.address(), "/topics/boiling/").status == 404).then_some(()));
    fs::rename(site.path("away"), site.path("content")).unwrap();
    until_page_has(&server, "/topics/boiling/", "My Simmering");
}

#[test]
fn an_author_is_told_what_is_behind_a_page() {
    let site = Site::new();
    site.write("content/topics/milk.md", "---\ntitle: Milk\nsummary: A splash.\n---\n\nPour.\n");
    let server = Server::start_with(site.0.path(), &["--editor", "vscode://file/{path}:{line}"]);
    let about = |path: &str| -> Value {
        let answer = get(server.address(), &format!("/__roadbook/about{path}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
        serde_json::from_str(&answer.body).unwrap()
    };
    let boiling = about("/topics/boiling/");
    assert_eq!(boiling["source"]["file"], BOILING);
    assert_eq!(boiling["diagnostics"], json!([]));
    assert_eq!(boiling["problems"], 1);
    let steeping = json!([{"id": "steeping", "title": "Steeping", "url": "/topics/steeping/"}]);
    assert_eq!(boiling["required_by"], steeping);
    assert_eq!(about("/topics/steeping/")["requires"][0]["of"][0]["url"], "/topics/boiling/");
    let milk = &about("/topics/milk/")["diagnostics"][0];
    assert_eq!((&milk["code"], &milk["file"]), (&json!("unused-topic"), &json!("content/topics/milk.md")));
    assert_eq!(about("/tea/")["source"]["file"], "content/tea/_index.md");
    assert_eq!(about("/topics/")["source"], Value::Null);
    let desk: Value = serde_json::from_str(&get(server.address(), "/__roadbook/desk.json").body).unwrap();
    let root = format!("{}/", site.0.path().canonicalize().unwrap().display());
    assert_eq!(desk, json!({"root": root, "editor": "vscode://file/{path}:{line}"}));
    assert_eq!(get(server.address(), "/__roadbook/about/nowhere/").status, 404);
    for path in ["/__roadbook/desk.json", "/__roadbook/about/topics/boiling/"] {
        assert_eq!(request(server.address(), "GET", path, "evil.example").status, 421, "{path}");
    }
}

#[test]
fn other_machines_are_not_told_where_files_lie() {
    let site = Site::new();
    let server = Server::start_with(site.0.path(), &["--host", "0.0.0.0", "--editor", "vscode://file/{path}"]);
    let address = server.address().replace("0.0.0.0", "127.0.0.1");
    assert_eq!(get(&address, "/topics/boiling/").status, 200);
    assert_eq!(get(&address, "/__roadbook/desk.json").body, r#"{"root":null,"editor":null}"#);
    assert_eq!(get(&address, "/__roadbook/about/topics/boiling/").status, 404);
}

#[test]
fn an_editor_on_another_machine_is_refused() {
    let site = Site::new();
    for editor in ["https://evil.example/{path}", "javascript:alert({path})", "vscode://file/"] {
        let output = roadbook(site.0.path()).args(["serve", "--editor", editor]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("cannot open files"), "{said}");
    }
}

#[test]
fn the_author_s_desk_holds_in_a_browser() {
    let Some(Browser { node: program, chromium }) = browser() else { return };
    let site = Site::new();
    site.write("content/topics/milk.md", "---\ntitle: Milk\nsummary: A splash.\n---\n\nPour.\n");
    let editor = "vscode://file/{path}:{line}:{column}";
    let open = Server::start_with(site.0.path(), &["--editor", editor]);
    let bare = site.serve();
    let unbuilt = Site::new();
    unbuilt.write("site.toml", "title = [\n");
    let broken = unbuilt.serve();
    let addresses = [&open, &bare, &broken].map(|server| Path::new(&server.url));
    let args = [&[chromium.as_path(), site.0.path()], &addresses[..]].concat();
    let (held, said) = node(&program, "browser/panel.mjs", &args, &[]);
    assert!(held, "{said}");
}

#[test]
fn nothing_is_written_while_serving() {
    let site = Site::new();
    let server = site.serve();
    assert_eq!(get(server.address(), "/").status, 200);
    assert!(!site.path("public").exists());
}

#[test]
fn a_port_that_is_taken_and_asked_for_is_the_machine_s_failure() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let site = Site::new();
    let output = roadbook(site.0.path()).args(["serve", "--port", &port]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("error: the site cannot be served"), "{said}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let site = Site::new();
    let mut server = site.serve();
    // Neither an open stream nor a connection that says nothing is waited for.
    let mut events = Events::listen(server.address());
    events.expect("good", "");
    let _idle = std::net::TcpStream::connect(server.address()).unwrap();
    assert_eq!(server.interrupt().code(), Some(0));
}
