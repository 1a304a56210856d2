//! Where new files go, and what is refused.

use super::*;
use crate::build::{Compiled, Options, compile, has_errors};
use crate::diagnostic::{Checked, Diagnostics};
use crate::source::Folder;

/// A site of Markdown files: paths below `content/`, and front matter or whole texts.
fn built(files: &[(&str, &str)]) -> Compiled {
    let whole = |text: &str| if text.starts_with("---") { text.into() } else { format!("---\n{text}\n---\n") };
    let content = files.iter().map(|(path, text)| (format!("content/{path}"), whole(text))).collect();
    let folder = Folder::of_texts("title = \"Site\"\n", content);
    let read = Checked { value: folder, diagnostics: Diagnostics::default() };
    compile(read, &Options { drafts: true, ..Options::default() })
}

fn wanted(id: &str) -> Wanted<'_> {
    Wanted { id, title: None }
}

const TWO: &[(&str, &str)] = &[
    ("web/_index.md", "title: Web"),
    ("web/01-basics/_index.md", "title: Basics"),
    ("web/01-basics/http.md", "title: HTTP"),
    ("web/02-more/_index.md", "title: More\nchoices: [{id: language, of: [go, python]}]"),
    ("topics/go.md", "title: Go\naliases: [/topics/golang/]"),
    ("topics/python.md", "title: Python"),
];

/// The path of the file, which the site with it builds without an error, or why there is none.
fn outcome(
    files: &[(&str, &str)],
    make: impl Fn(&crate::site::Site) -> Result<NewFile, Refusal>,
) -> Result<String, String> {
    let file = make(&built(files).site).map_err(|refusal| refusal.message)?;
    let own = file.path.strip_prefix("content/").expect("below content/");
    let with: Vec<(&str, &str)> = files.iter().copied().chain([(own, file.text.as_str())]).collect();
    let compiled = built(&with);
    let report = compiled.report(Diagnostics::default());
    assert!(!has_errors(&report), "{}: {report:?}", file.path);
    Ok(file.path)
}

fn topic_in(files: &[(&str, &str)], id: &str, roadmap: Option<usize>, stage: Option<&str>) -> Result<String, String> {
    outcome(files, |site| topic(site, &wanted(id), roadmap, stage))
}

#[test]
fn a_topic_goes_where_it_is_wanted() {
    assert_eq!(topic_in(TWO, "dns", None, None).unwrap(), "content/topics/dns.md");
    assert_eq!(topic_in(TWO, "dns", None, Some("more")).unwrap(), "content/web/02-more/dns.md");
    assert_eq!(topic_in(TWO, "dns", Some(0), Some("basics")).unwrap(), "content/web/01-basics/dns.md");
    assert_eq!(topic_in(TWO, "index", None, Some("more")).unwrap(), "content/web/02-more/index/index.md");
    assert_eq!(topic_in(&TWO[..3], "dns", None, None).unwrap(), "content/web/01-basics/dns.md");
    assert_eq!(topic_in(&TWO[..1], "dns", None, None).unwrap(), "content/web/dns.md");
    assert_eq!(topic_in(&[], "dns", None, None).unwrap(), "content/topics/dns.md");
}

#[test]
fn a_topic_is_placed_in_its_stage() {
    let file = topic(&built(TWO).site, &wanted("dns"), None, Some("more")).unwrap();
    let with: Vec<_> = TWO.iter().copied().chain([("web/02-more/dns.md", file.text.as_str())]).collect();
    let site = built(&with).site;
    let (road, dns) = (&site.roadmaps.roadmaps[0], site.roadmaps.find("dns").unwrap());
    assert_eq!(road.placement(road.placed[&dns]).stage, 1);
    assert_eq!(site.topic_title(dns), "Dns");
}

#[test]
fn what_is_in_the_way_is_named() {
    let refused = |id, roadmap, stage| topic_in(TWO, id, roadmap, stage).unwrap_err();
    assert_eq!(refused("http", None, None), "there is a topic `http` already: `content/web/01-basics/http.md`");
    assert_eq!(refused("language", None, None), "`language` is the id of a choice of the roadmap `web`");
    assert_eq!(refused("golang", None, None), "the site has something at `/topics/golang/` already");
    assert_eq!(refused("Data Base", None, None), "`Data Base` cannot be an id: use lower-case letters, digits and `-`");
    assert_eq!(refused("../x", None, None), "`../x` cannot be an id: use lower-case letters, digits and `-`");
    assert_eq!(refused("dns", Some(0), None), "the roadmap `web` has 2 stages");
    assert_eq!(refused("dns", None, Some("mor")), "the roadmap `web` has no stage `mor`");
    let two_roads: Vec<_> =
        TWO.iter().copied().chain([("app/_index.md", "title: App"), ("app/more/_index.md", "title: More")]).collect();
    assert_eq!(topic_in(&two_roads, "dns", None, Some("more")).unwrap_err(), "2 roadmaps have a stage `more`");
    assert_eq!(topic_in(&two_roads, "dns", Some(0), None).unwrap(), "content/app/more/dns.md");
    let bundle = [("topics/index.md", "title: All")];
    assert!(topic_in(&bundle, "dns", None, None).unwrap_err().contains("an `index.md` owns its folder"));
}

#[test]
fn a_stage_takes_the_next_number() {
    let stage_in = |files, id: &str| outcome(files, |site| stage(site, &wanted(id), 0));
    assert_eq!(stage_in(TWO, "last").unwrap(), "content/web/03-last/_index.md");
    assert_eq!(stage_in(TWO, "2-web").unwrap(), "content/web/03-2-web/_index.md");
    assert_eq!(stage_in(&TWO[..1], "first").unwrap(), "content/web/01-first/_index.md");
    let files = [("web/_index.md", "title: Web"), ("web/a/_index.md", "title: A")];
    assert_eq!(stage_in(&files, "b").unwrap(), "content/web/b/_index.md");
    assert_eq!(stage_in(&files, "2-b").unwrap(), "content/web/2-b/_index.md");
    let files = [("web/_index.md", "title: Web"), ("web/099-a/_index.md", "title: A")];
    assert_eq!(stage_in(&files, "b").unwrap(), "content/web/100-b/_index.md");
    let files = [("web/_index.md", "title: Web"), ("web/05-b/http.md", "title: HTTP")];
    assert_eq!(stage_in(&files, "b").unwrap(), "content/web/05-b/_index.md");
    assert!(stage_in(TWO, "basics").unwrap_err().contains("already"));
    assert!(stage_in(TWO, "plan").unwrap_err().contains("has a page there"));
}

#[test]
fn a_roadmap_gets_a_folder_of_its_own() {
    let roadmap_in = |id: &str| outcome(TWO, |site| roadmap(site, &wanted(id)));
    assert_eq!(roadmap_in("app").unwrap(), "content/app/_index.md");
    assert_eq!(roadmap_in("3d-art").unwrap(), "content/3d-art/_index.md");
    assert_eq!(roadmap_in("3-d").unwrap(), "content/3-d/_index.md");
    assert!(roadmap_in("web").unwrap_err().contains("already"));
    assert!(roadmap_in("topics").unwrap_err().contains("has a page there"));
    let file = roadmap(&built(TWO).site, &wanted("3-d")).unwrap();
    assert!(file.text.contains("\nid: 3-d\n"), "{}", file.text);
}
