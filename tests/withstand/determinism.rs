//! The same input gives the same bytes: however the files came to be, whatever the machine is set to, and whatever lies
//! in the cache.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::program::{roadbook, succeed, write};
use crate::tree::{self, Tree};

/// A site in which everything has ties to break: topics of one stage, tags, links, files beside topics.
fn texts() -> Vec<(String, String)> {
    let mut texts = vec![
        ("site.toml".to_owned(), "title = \"Roads\"\nbase_url = \"https://example.org/\"\n".to_owned()),
        ("static/robots.css".to_owned(), "a{}".to_owned()),
    ];
    for road in ["one", "two"] {
        texts.push((format!("content/{road}/_index.md"), format!("---\ntitle: {road}\ntags: [b, a]\n---\n")));
        for stage in 0..3 {
            let folder = format!("content/{road}/0{stage}-s{stage}");
            texts.push((format!("{folder}/_index.md"), format!("---\ntitle: Stage {stage}\n---\n")));
            for n in 0..8 {
                let before = if n % 3 == 2 { format!("requires: [{road}-{stage}-{}]\n", n - 1) } else { String::new() };
                let text = format!(
                    "---\ntitle: Same\ntags: [t{n}, a]\neffort: {n}-9h\n{before}---\n\n# Head\n\n[[{road}-0-0]] ![p](p.svg)\n\n\
                     ```rust\nfn f() {{}}\n```\n"
                );
                texts.push((format!("{folder}/{road}-{stage}-{n}.md"), text));
            }
            texts.push((format!("{folder}/p.svg"), format!("<svg>{stage}</svg>")));
        }
    }
    texts
}

struct Scene {
    folder: tempfile::TempDir,
    expected: Tree,
}

impl Scene {
    fn new() -> Self {
        let mut scene = Scene { folder: tempfile::tempdir().unwrap(), expected: Tree::new() };
        let site = scene.site("site", texts());
        scene.expected = scene.built("first", &site, &[]);
        assert!(scene.expected.len() > 80);
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn site(&self, name: &str, texts: Vec<(String, String)>) -> PathBuf {
        let site = self.path(name);
        texts.iter().for_each(|(path, text)| write(&site.join(path), text));
        site
    }

    /// The files of a site that is built into a folder; without other variables, with an empty cache.
    fn built(&self, output: &str, site: &Path, variables: &[(&str, &str)]) -> Tree {
        let output = self.path(output);
        let mut build = roadbook(site);
        build.args(["build", "--quiet", "--output"]).arg(&output);
        build.env("SOURCE_DATE_EPOCH", "1700000000").env("XDG_CACHE_HOME", self.path("cache"));
        succeed(build.envs(variables.iter().copied()));
        tree::read(&output)
    }

    fn expect(&self, built: &Tree, what: &str) {
        assert_eq!(tree::differences(&self.expected, built), "", "{what}");
    }
}

#[test]
fn the_machine_leaves_no_trace() {
    let scene = Scene::new();
    let site = scene.path("site");
    for (at, variables) in [
        &[("RAYON_NUM_THREADS", "1")][..],
        &[("RAYON_NUM_THREADS", "2")],
        &[("RAYON_NUM_THREADS", "7")],
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("TZ", "America/Adak"), ("LANG", "C"), ("LC_ALL", "C"), ("LANGUAGE", "ar")],
        &[("HOME", "/nonexistent"), ("USER", "somebody"), ("HOSTNAME", "elsewhere"), ("TMPDIR", "/nonexistent")],
    ]
    .into_iter()
    .enumerate()
    {
        scene.expect(&scene.built(&format!("machine-{at}"), &site, variables), &format!("{variables:?}"));
    }
}

#[test]
fn folders_leave_no_trace() {
    let scene = Scene::new();
    let backwards = scene.site("elsewhere/ü x/site", texts().into_iter().rev().collect());
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    for (path, _) in texts() {
        fs::File::options().append(true).open(backwards.join(path)).unwrap().set_modified(old).unwrap();
    }
    scene.expect(&scene.built("backwards", &backwards, &[]), "written backwards, long ago");
    symlink(&backwards, scene.path("link")).unwrap();
    scene.expect(&scene.built("linked", &scene.path("link"), &[]), "through a link");
}

/// What is done to a list.
type Damage<'a> = &'a dyn Fn(&Path);

#[test]
fn no_cache_is_trusted() {
    let scene = Scene::new();
    let site = scene.path("site");
    let other =
        scene.site("other", texts().into_iter().map(|(path, text)| (path, text.replace("Same", "Else"))).collect());
    scene.built("other-public", &other, &[]);
    let cache = scene.path("cache/roadbook");
    let lists = || fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let damage: [(&str, Damage); 10] = [
        ("gone", &|list| fs::remove_file(list).unwrap()),
        ("empty", &|list| fs::write(list, "").unwrap()),
        ("cut", &|list| fs::write(list, &fs::read(list).unwrap()[..500]).unwrap()),
        ("noise", &|list| fs::write(list, [0xff; 5000]).unwrap()),
        ("turned", &|list| fs::write(list, fs::read(list).unwrap().iter().map(|b| b ^ 1).collect::<Vec<_>>()).unwrap()),
        ("from the future", &|list| {
            let text = fs::read_to_string(list).unwrap().replace("roadbook-cache ", "roadbook-cache 9");
            let (list_text, _) = text.rsplit_once('\n').unwrap();
            let sum = blake3::hash(format!("{list_text}\n").as_bytes()).to_hex();
            fs::write(list, format!("{list_text}\n{sum}")).unwrap();
        }),
        ("huge", &|list| fs::File::create(list).unwrap().set_len(3 << 30).unwrap()),
        ("a folder", &|list| {
            fs::remove_file(list).unwrap();
            fs::create_dir(list).unwrap();
        }),
        ("a pipe", &|list| {
            fs::remove_dir(list).or_else(|_| fs::remove_file(list)).unwrap();
            rustix::fs::mkfifoat(rustix::fs::CWD, list, rustix::fs::Mode::RWXU).unwrap();
        }),
        ("a link", &|list| {
            fs::remove_file(list).unwrap();
            symlink("/etc/passwd", list).unwrap();
        }),
    ];
    for (what, damage) in damage {
        lists().iter().for_each(|list| damage(list));
        scene.expect(&scene.built("first", &site, &[]), what);
    }
    // The list of another site, in the place of this one's.
    lists().iter().for_each(|list| fs::remove_file(list).unwrap());
    scene.built("other-public", &other, &[]);
    let foreign = fs::read(&lists()[0]).unwrap();
    scene.built("first", &site, &[]);
    lists().iter().for_each(|list| fs::write(list, &foreign).unwrap());
    scene.expect(&scene.built("first", &site, &[]), "foreign");
    // Files of the last site that somebody changed: the cache knows them as they were.
    for (path, text) in [("index.html", "changed"), ("one/index.html", ""), ("one/roadmap.json", "{}")] {
        scene.built("first", &site, &[]);
        fs::write(scene.path("first").join(path), text).unwrap();
        scene.expect(&scene.built("first", &site, &[]), path);
    }
}
