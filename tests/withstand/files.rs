//! What a folder may hold beside files: links, pipes, sockets, devices, and names of every kind.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use crate::site::{STAGE, Site, finish, topic};

fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).unwrap();
}

#[test]
fn links_are_not_followed_out_of_the_site() {
    for (link, to) in [
        ("content/road/01-stage/case.md", "/etc/passwd"),
        ("content/road/01-stage/picture.png", "/etc/passwd"),
        ("content/road/01-stage/folder", "/etc"),
        ("content/road/01-stage/circle", "."),
        ("content/road/01-stage/nowhere.md", "nothing"),
        ("static", "/etc"),
        ("static/passwd", "/etc/passwd"),
        ("templates", "/etc"),
        ("templates/topic.html", "/etc/passwd"),
        ("themes", "/etc"),
        ("static", "static"),
    ] {
        let site = Site::new();
        fs::create_dir_all(site.path(link).parent().unwrap()).unwrap();
        symlink(to, site.path(link)).unwrap();
        site.refuse_to_build("outside-site", &format!("{link}:1:1"), "is a link of the file system");
    }
    for link in ["content", "site.toml"] {
        let site = Site::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "root: secret").unwrap();
        let file = if link == "content" { outside.path().to_owned() } else { outside.path().join("secret.md") };
        fs::rename(site.path(link), site.path("kept")).unwrap();
        symlink(file, site.path(link)).unwrap();
        site.refuse_to_build("outside-site", &format!("{link}:1:1"), "is a link of the file system");
        let (_, said, errors) = finish(&mut site.command("check"));
        assert!(!said.contains("secret") && !errors.contains("secret"), "{errors}");
    }
}

#[test]
fn pipes_sockets_and_devices_are_not_read() {
    for name in [
        "content/road/01-stage/case.md",
        "content/road/01-stage/case.png",
        "static/case",
        "templates/topic.html",
        "static",
    ] {
        let site = Site::new();
        pipe(&site.path(name));
        site.refuse_to_build("outside-site", &format!("{name}:1:1"), "not a plain file");
    }
    let site = Site::new();
    let _socket = UnixListener::bind(site.path("content/road/01-stage/case.md")).unwrap();
    site.refuse_to_build("outside-site", &format!("{STAGE}/case.md:1:1"), "not a plain file");
    let site = Site::new();
    let device = site.path("content/road/01-stage/case.md");
    let made = std::process::Command::new("mknod").arg(&device).args(["c", "1", "5"]).output();
    match made.is_ok_and(|made| made.status.success()) {
        true => site.refuse_to_build("outside-site", &format!("{STAGE}/case.md:1:1"), "not a plain file"),
        false => println!("skipped: no device, as this user may not make one"),
    }
}

#[test]
fn a_file_in_the_place_of_a_folder_is_told() {
    for name in ["content", "static", "templates", "themes"] {
        let site = Site::new();
        let _ = fs::rename(site.path(name), site.path("kept"));
        site.write(name, "text");
        site.refuse_to_build("outside-site", &format!("{name}:1:1"), "not a folder");
    }
}

#[test]
fn a_folder_that_is_called_like_a_text_is_a_folder() {
    let site = Site::new();
    site.write(&format!("{STAGE}/x.md/picture.txt"), "x");
    site.write(&format!("{STAGE}/x.md/inside.md"), topic("Inside", ""));
    site.succeed();
    assert!(site.page("topics/inside/index.html").contains("Inside"));
}

#[test]
fn names_that_no_url_can_have_are_told() {
    let name = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    for (folder, bytes) in [
        (STAGE, &b"case-\xff.md"[..]),
        (STAGE, b"folder-\xff"),
        ("static", b"case-\xff.txt"),
        ("static", b"a\nb.txt"),
        ("static", b"a\x1b[31mb.txt"),
        ("static", b"a\\b.txt"),
        ("templates", b"\xff.html"),
    ] {
        let site = Site::new();
        let folder = site.path(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name(bytes)), topic("Case", "")).unwrap();
        let problems = site.build();
        let [problem] = problems.as_slice() else { panic!("{bytes:?}: {problems:#?}") };
        assert_eq!(problem.code, "bad-id");
        assert!(problem.message.contains("name"), "{}", problem.message);
    }
}

/// Folders so deep that the system itself cannot name what is in them.
#[test]
fn paths_without_end_are_told() {
    for (name, depth) in [("d".repeat(200), 25), ("d".to_owned(), 2500)] {
        let site = Site::new();
        let mut at = rustix::fs::open(site.root(), rustix::fs::OFlags::DIRECTORY, rustix::fs::Mode::empty()).unwrap();
        for part in std::iter::once("static").chain(std::iter::repeat_n(name.as_str(), depth)) {
            rustix::fs::mkdirat(&at, part, rustix::fs::Mode::RWXU).unwrap();
            at = rustix::fs::openat(&at, part, rustix::fs::OFlags::DIRECTORY, rustix::fs::Mode::empty()).unwrap();
        }
        let problems = site.build();
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!(problem.code, "bad-id");
        assert!(problem.message.contains("longer than"), "{}", problem.message);
    }
    let site = Site::new();
    site.write(&format!("static/{}", "b".repeat(255)), "x");
    site.succeed();
}

#[test]
fn a_hundred_thousand_files_are_published() {
    let site = Site::new();
    for n in 0..100_000 {
        site.write(&format!("static/{}/{n}.txt", n % 100), "x");
    }
    assert!(site.build().is_empty());
    assert_eq!(site.page("99/99999.txt"), "x");
}
