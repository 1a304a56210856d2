//! A build over the last one makes the site that a fresh build makes, to the byte, whatever has changed since and
//! whatever became of the cache.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;

/// What happens between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// Other words in a topic.
    Text(usize),
    /// Another title.
    Title(usize),
    /// A topic comes or goes.
    New,
    Delete(usize),
    /// A topic is called otherwise, or lies elsewhere.
    Rename(usize),
    Move(usize),
    /// Another template, style, picture or setting.
    Template,
    Style,
    Picture,
    Setting,
    /// Somebody writes into the published site, or takes a file of it away.
    Tamper,
    Lose,
    /// The cache is damaged, or gone.
    Damage,
    Forget,
    Nothing,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    use Edit::{
        Damage, Delete, Forget, Lose, Move, New, Nothing, Picture, Rename, Setting, Style, Tamper, Template, Text,
        Title,
    };
    let at = 0..4usize;
    let edit = prop_oneof![
        3 => at.clone().prop_map(Text),
        1 => at.clone().prop_map(Title),
        1 => Just(New),
        1 => at.clone().prop_map(Delete),
        1 => at.clone().prop_map(Rename),
        1 => at.prop_map(Move),
        9 => prop::sample::select(vec![Template, Style, Picture, Setting, Tamper, Lose, Damage, Forget, Nothing]),
    ];
    prop::collection::vec(edit, 2..7)
}

struct Site {
    temp: tempfile::TempDir,
    count: usize,
}

impl Site {
    fn new() -> Self {
        let site = Site { temp: tempfile::tempdir().unwrap(), count: 0 };
        site.put("site.toml", "title = \"Site\"\nbase_url = \"https://example.org/\"\n");
        site.put("content/road/_index.md", "---\ntitle: Road\nhours_per_week: 5\n---\n");
        site.put("content/road/01-s/_index.md", "---\ntitle: Stage\ntopics: [t1, t3]\n---\nA stage.\n");
        site.put("static/robots-say.txt", "hello");
        for at in 0..4 {
            site.put(&site.place(at), &text(at, 0));
        }
        site
    }

    fn root(&self) -> PathBuf {
        self.temp.path().join("site")
    }

    fn put(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn place(&self, at: usize) -> String {
        let folder = if at.is_multiple_of(2) { "road/01-s" } else { "topics" };
        format!("content/{folder}/t{at}.md")
    }

    /// The file of a topic, wherever it lies by now.
    fn find(&self, at: usize) -> Option<PathBuf> {
        let files = walkdir::WalkDir::new(self.root().join("content")).into_iter().flatten();
        let mut files = files.map(|entry| entry.into_path());
        files.find(|file| file.file_name().is_some_and(|name| name == format!("t{at}.md").as_str()))
    }

    fn change(&mut self, edit: &Edit) {
        self.count += 1;
        let n = self.count;
        match edit {
            Edit::Text(at) => {
                if let Some(file) = self.find(*at) {
                    fs::write(file, text(*at, n)).unwrap();
                }
            }
            Edit::Title(at) => {
                if let Some(file) = self.find(*at) {
                    let text = fs::read_to_string(&file).unwrap();
                    fs::write(file, text.replace("title: Topic", &format!("title: Other {n}, Topic"))).unwrap();
                }
            }
            Edit::New => self.put(&format!("content/road/01-s/new{n}.md"), &text(9, n)),
            // Topics that a list names stay, or the site has an error and nothing is published.
            Edit::Delete(at) if at.is_multiple_of(2) => {
                if let Some(file) = self.find(*at) {
                    fs::remove_file(file).unwrap();
                }
            }
            Edit::Rename(at) if at.is_multiple_of(2) => {
                if let Some(file) = self.find(*at) {
                    fs::rename(&file, file.with_file_name(format!("r{n}.md"))).unwrap();
                }
            }
            Edit::Move(at) => {
                if let Some(file) = self.find(*at) {
                    let to = self.root().join(format!("content/topics/deep/t{at}.md"));
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::rename(file, to).unwrap();
                }
            }
            Edit::Delete(_) | Edit::Rename(_) | Edit::Nothing => {}
            Edit::Template => self.put("templates/tag.html", &format!("<p>{{{{ page.title }}}} {n}</p>")),
            Edit::Style => self.put("themes/default/static/style.css", &format!("/* {n} */")),
            Edit::Picture => self.put("static/robots-say.txt", &format!("hello {n}")),
            Edit::Setting => {
                self.put("site.toml", &format!("title = \"Site {n}\"\nbase_url = \"https://example.org/\"\n"))
            }
            Edit::Tamper => fs::write(self.output().join("topics/index.html"), format!("tampered {n}")).unwrap(),
            Edit::Lose => {
                let _ = fs::remove_file(self.output().join("404.html"));
            }
            Edit::Damage => {
                for list in self.lists() {
                    let mut bytes = fs::read(&list).unwrap();
                    let at = bytes.len() / 2;
                    bytes[at] ^= 4;
                    fs::write(list, bytes).unwrap();
                }
            }
            Edit::Forget => self.lists().into_iter().for_each(|list| fs::remove_file(list).unwrap()),
        }
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn lists(&self) -> Vec<PathBuf> {
        let files = walkdir::WalkDir::new(self.temp.path().join("cache")).into_iter().flatten();
        files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
    }

    fn build(&self, output: &Path, cache: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        let home = self.temp.path().join(cache);
        command.args(["build", "--root"]).arg(self.root()).arg("--output").arg(output).stdin(Stdio::null());
        let said = command.env("XDG_CACHE_HOME", &home).env("HOME", &home).env("LOCALAPPDATA", &home).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
}

fn text(at: usize, n: usize) -> String {
    let requires = if at == 9 { String::new() } else { format!("requires: [{}]\n", if at == 3 { "t1" } else { "" }) };
    format!("---\ntitle: Topic {at}\n{requires}effort: 2h\n---\n\nText {n}.\n\n```js\nlet n = {n};\n```\n")
}

/// All files of a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.map(|file| (file.strip_prefix(folder).unwrap().to_owned(), fs::read(&file).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_build_is_a_fresh_build(edits in edits()) {
        let mut site = Site::new();
        site.build(&site.output(), "cache");
        for (n, edit) in edits.iter().enumerate() {
            site.change(edit);
            site.build(&site.output(), "cache");
            let fresh = site.temp.path().join(format!("fresh{n}"));
            site.build(&fresh, "none");
            let (warm, fresh) = (files(&site.output()), files(&fresh));
            prop_assert_eq!(warm.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>(), "after {:?}", edit);
            for (path, bytes) in &fresh {
                prop_assert!(&warm[path] == bytes, "after {:?}: {}", edit, path.display());
            }
        }
    }
}
