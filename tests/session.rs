//! A session compiles what a fresh compilation does, to the byte, whatever was changed before.

use proptest::prelude::*;
use roadbook::build::{self, Compiled, Content, Options, Session};
use roadbook::diagnostic::{Checked, Diagnostics, json};
use roadbook::source::Folder;

const TOPICS: usize = 6;

/// A site that can be edited.
#[derive(Clone)]
struct Site {
    title: String,
    topics: Vec<Option<Topic>>,
    template: Option<String>,
}

#[derive(Clone)]
struct Topic {
    name: String,
    shared: bool,
    title: String,
    requires: Vec<usize>,
    tag: usize,
    body: String,
}

#[derive(Clone, Debug)]
enum Edit {
    Body(usize, usize),
    Heading(usize, usize),
    Title(usize, usize),
    Requires(usize, usize),
    Tag(usize, usize),
    Delete(usize),
    Add(usize),
    Rename(usize, usize),
    Move(usize),
    Configure(usize),
    Template(usize),
    Break(usize),
    Nothing,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = 0..TOPICS;
    let edit = prop_oneof![
        4 => (at.clone(), 0..9usize).prop_map(|(at, n)| Edit::Body(at, n)),
        2 => (at.clone(), 0..3usize).prop_map(|(at, n)| Edit::Heading(at, n)),
        2 => (at.clone(), 0..9usize).prop_map(|(at, n)| Edit::Title(at, n)),
        2 => (at.clone(), at.clone()).prop_map(|(a, b)| Edit::Requires(a, b)),
        1 => (at.clone(), 0..3usize).prop_map(|(at, n)| Edit::Tag(at, n)),
        1 => at.clone().prop_map(Edit::Delete),
        2 => at.clone().prop_map(Edit::Add),
        1 => (at.clone(), 0..3usize).prop_map(|(at, n)| Edit::Rename(at, n)),
        1 => at.clone().prop_map(Edit::Move),
        1 => (0..3usize).prop_map(Edit::Configure),
        1 => (0..3usize).prop_map(Edit::Template),
        1 => at.prop_map(Edit::Break),
        1 => Just(Edit::Nothing),
    ];
    prop::collection::vec(edit, 1..9)
}

fn topic(at: usize) -> Topic {
    let body = format!("## Part\n\nText of {at}, see [[t{}#part]] and [a picture](p.png).\n", (at + 1) % TOPICS);
    let requires = if at == 0 { vec![] } else { vec![at - 1] };
    Topic {
        name: format!("t{at}"),
        shared: at.is_multiple_of(2),
        title: format!("Topic {at}"),
        requires,
        tag: at % 2,
        body,
    }
}

impl Site {
    fn new() -> Self {
        Site { title: "Site".into(), topics: (0..TOPICS).map(|at| Some(topic(at))).collect(), template: None }
    }

    fn change(&mut self, edit: &Edit) {
        let topics = &mut self.topics;
        match *edit {
            Edit::Body(at, n) => {
                if let Some(topic) = &mut topics[at] {
                    topic.body = match n {
                        0 => String::new(),
                        1 => format!("See [gone](../nowhere.md) and [[t{at}]].\n"),
                        n => format!(
                            "## Part\n\nOther words, {n} of them, of [[t{}#part]].\n\n```rust\nlet n = {n};\n```\n",
                            n % TOPICS
                        ),
                    };
                }
            }
            Edit::Heading(at, n) => {
                if let Some(topic) = &mut topics[at] {
                    topic.body = topic.body.replace("## Part", ["## Part", "## Piece", "### Part"][n]);
                }
            }
            Edit::Title(at, n) => {
                if let Some(topic) = &mut topics[at] {
                    topic.title = format!("Title {n}");
                }
            }
            Edit::Requires(at, other) => {
                if let Some(topic) = &mut topics[at] {
                    topic.requires = vec![other];
                }
            }
            Edit::Tag(at, n) => {
                if let Some(topic) = &mut topics[at] {
                    topic.tag = n;
                }
            }
            Edit::Delete(at) => topics[at] = None,
            Edit::Add(at) => topics[at] = Some(topic(at)),
            Edit::Rename(at, n) => {
                if let Some(topic) = &mut topics[at] {
                    topic.name = format!("n{at}-{n}");
                }
            }
            Edit::Move(at) => {
                if let Some(topic) = &mut topics[at] {
                    topic.shared = !topic.shared;
                }
            }
            Edit::Configure(n) => self.title = format!("Site {n}"),
            Edit::Template(n) => {
                self.template =
                    [None, Some("{{ topic.nothing.at.all }}"), Some("<p>{{ page.title }}</p>")][n].map(str::to_owned);
            }
            Edit::Break(at) => {
                if let Some(topic) = &mut topics[at] {
                    topic.title = "[never closed".into();
                }
            }
            Edit::Nothing => {}
        }
    }

    fn folder(&self) -> Checked<Folder> {
        let stage = "---\ntitle: Stage\ntopics: [t0, t2, t4]\n---\n\nA stage.\n";
        let mut texts: Vec<(String, String)> =
            [("road/_index.md", "---\ntitle: Road\n---\n"), ("road/01-s/_index.md", stage)]
                .map(|(path, text)| (format!("content/{path}"), text.to_owned()))
                .into();
        for topic in self.topics.iter().flatten() {
            let folder = if topic.shared { "topics" } else { "road/01-s" };
            let requires: Vec<String> = topic.requires.iter().map(|id| format!("t{id}")).collect();
            let Topic { title, tag, body, name, .. } = topic;
            let text =
                format!("---\ntitle: {title}\nrequires: [{}]\ntags: [tag{tag}]\n---\n{body}", requires.join(", "));
            texts.push((format!("content/{folder}/{name}.md"), text));
        }
        let config = format!("title = \"{}\"\nbase_url = \"https://example.org/\"\n", self.title);
        let mut folder = Folder::of_texts(&config, texts);
        folder.assets.extend(["road/01-s/p.png", "topics/p.png"].map(str::to_owned));
        if let Some(template) = &self.template {
            folder.templates.push(folder.sources.add("templates/topic.html", template.as_str()));
        }
        Checked { value: folder, diagnostics: Diagnostics::default() }
    }
}

/// By path, each file or why there is none.
type Files = Vec<(String, Result<Content, String>)>;

/// All that a compilation comes to: its report, and its files.
fn outcome(compiled: &Compiled) -> (String, Files) {
    let report = json::print(&compiled.report(Diagnostics::default()), &compiled.site.sources);
    let file = |output: &roadbook::site::pages::Output| {
        (output.path.clone(), build::render(&compiled.site, output).map_err(|problem| format!("{problem:?}")))
    };
    (report, compiled.site.outputs.iter().map(file).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_session_is_as_good_as_new(edits in edits()) {
        let options = Options::default();
        let mut session = Session::new(options.clone());
        let mut site = Site::new();
        session.compile(site.folder());
        for edit in &edits {
            site.change(edit);
            let (again, fresh) = (session.compile(site.folder()), build::compile(site.folder(), &options));
            let (again, fresh) = (outcome(&again), outcome(&fresh));
            prop_assert_eq!(again.0, fresh.0, "after {:?}", edit);
            for (again, fresh) in again.1.iter().zip(&fresh.1) {
                prop_assert_eq!(again, fresh, "after {:?}", edit);
            }
            prop_assert_eq!(again.1.len(), fresh.1.len());
        }
    }
}
