//! Ids and names of files that no disk or URL can have, and those that fold into another.

use crate::site::{STAGE, Site, topic};

#[test]
fn ids_that_are_no_folder_on_some_disk_are_refused() {
    for id in [
        "../x",
        "..",
        ".",
        "/etc/passwd",
        "a/b",
        "a\\\\b",
        "C:",
        "C:\\\\x",
        "a.",
        "a b",
        "a?b",
        "a#b",
        "%2e%2e",
        "-a",
        "--",
        "A",
        "é",
        "e\u{301}",
        "а",
        "ａ",
        "ß",
        "ſ",
        "K",
        "x.html",
        "a:b",
        "*",
        "conin$",
        "con.txt",
        "a\\u200bb",
    ] {
        let site = Site::of_topic(topic("Case", &format!("id: \"{id}\"\n")));
        site.refuse("bad-id", &format!("{STAGE}/case.md:3:5"), "cannot be an id");
    }
    for id in ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"] {
        let site = Site::of_topic(topic("Case", &format!("id: {id}\n")));
        site.refuse("bad-id", &format!("{STAGE}/case.md:3:5"), "Windows");
        let site = Site::new();
        site.topic(id, topic("Case", ""));
        site.refuse("bad-id", &format!("{STAGE}/{id}.md:1:1"), "Windows");
    }
    let long = "a".repeat(300);
    let site = Site::of_topic(topic("Case", &format!("id: {long}\n")));
    site.refuse("bad-id", &format!("{STAGE}/case.md:3:5"), "longer than 100");
    for id in ["con-man", "com10", "com", "null", "console", &"a".repeat(100)] {
        Site::of_topic(topic("Case", &format!("id: {id}\n"))).succeed();
    }
}

#[test]
fn ids_of_our_own_pages_are_refused() {
    for id in ["topics", "tags", "compare", "search", "static", "assets"] {
        let site = Site::new();
        site.write("content/other/_index.md", format!("---\ntitle: Other\nid: {id}\n---\n"));
        site.refuse("reserved-id", "content/other/_index.md:3:5", "the site has a page there");
    }
    for id in ["timeline", "plan", "print"] {
        let site = Site::new();
        site.write("content/road/02-other/_index.md", format!("---\ntitle: Other\nid: {id}\n---\n"));
        site.refuse("reserved-id", "content/road/02-other/_index.md:3:5", "the site has a page there");
    }
}

#[test]
fn names_that_fold_into_one_are_a_conflict() {
    let site = Site::new();
    site.topic("Case", topic("Case", ""));
    site.topic("case", topic("Case", ""));
    site.refuse("bad-id", &format!("{STAGE}/Case.md:1:1"), "cannot be an id");
    // Files beside pages: one disk in two takes these for the same.
    for (one, other) in
        [("static/readme.txt", "static/README.txt"), ("static/r\u{e9}sum\u{e9}.txt", "static/re\u{301}sume\u{301}.txt")]
    {
        let site = Site::new();
        site.write(one, "one");
        site.write(other, "other");
        let problems = site.build();
        let [problem] = problems.as_slice() else { panic!("{one}: {problems:#?}") };
        assert_eq!(problem.code, "url-conflict");
        assert!(problem.message.contains("on disks that"), "{}", problem.message);
    }
    let site = Site::new();
    site.write("static/Road/index.html", "other");
    site.refuse("url-conflict", "static/Road/index.html:1:1", "on disks that");
}

#[test]
fn files_that_want_our_places_are_a_conflict() {
    for name in [
        "index.html",
        "404.html",
        "road/index.html",
        "topics/index.html",
        "sitemap.xml",
        "robots.txt",
        "roadmaps.json",
        "road",
    ] {
        let site = Site::new();
        site.write(&format!("static/{name}"), "other");
        site.refuse_to_build("url-conflict", &format!("static/{name}:1:1"), "which is taken");
    }
    let site = Site::new();
    site.write("static/robots.txt/x", "other");
    site.refuse_to_build("url-conflict", "static/robots.txt/x:1:1", "which is taken");
    let site = Site::new();
    site.write("static/.roadbook-manifest", "roadbook-manifest 1\n../../x\n");
    site.refuse_to_build("url-conflict", "static/.roadbook-manifest:1:1", "which is taken");
}

#[test]
fn addresses_that_no_disk_can_have_are_told() {
    let (long, longest) = ("a".repeat(256), "a".repeat(255));
    for (keys, words) in [
        (format!("tags: [{long}]\n"), "longer than 255 bytes"),
        (format!("tags: [{}]\n", "\u{6c34}".repeat(86)), "longer than 255 bytes"),
        (format!("aliases: [/old/{long}/]\n"), "255 between two"),
        (format!("aliases: [/{}]\n", "a/".repeat(3000)), "at most 900 bytes"),
    ] {
        let site = Site::of_topic(topic("Case", &keys));
        let column = keys.find('[').unwrap() + 2;
        site.refuse_to_build("wrong-type", &format!("{STAGE}/case.md:3:{column}"), words);
    }
    let keys = format!("tags: [{longest}]\naliases: [/{longest}/{longest}/{longest}/]\n");
    Site::of_topic(topic("Case", &keys)).succeed();
}
