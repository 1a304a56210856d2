//! The example site as its publisher would check it: what `roadbook check` cannot know, because it is a matter
//! of this site's own rules.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use pulldown_cmark::{CodeBlockKind, Event, Options as MarkdownOptions, Parser, Tag, TagEnd};
use roadbook::build::{self, Compiled, Options};
use roadbook::diagnostic::Diagnostics;
use roadbook::document::Matter;
use roadbook::document::matter::{Level, TopicMatter};
use roadbook::host::folder;
use roadbook::roadmap::TopicIx;
use roadbook::source::{Source, Sources};
use roadbook::tree;

/// A topic's text without its code, and its blocks of code.
#[derive(Default)]
struct Article {
    words: usize,
    code: Vec<Block>,
}

/// A fenced block and the line it begins in.
struct Block {
    language: String,
    text: String,
    line: usize,
}

fn site() -> Compiled {
    let folder = folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the example site can be read");
    build::compile(folder, &Options::default())
}

fn matter(compiled: &Compiled, topic: TopicIx) -> &TopicMatter {
    match &compiled.site.documents[compiled.site.roadmaps.topic(topic).document.0].matter {
        Matter::Topic(matter) => matter,
        _ => unreachable!("the document of a topic is a topic"),
    }
}

fn topics(compiled: &Compiled) -> impl Iterator<Item = (TopicIx, &str)> {
    compiled.site.roadmaps.topics.iter().enumerate().map(|(ix, topic)| (TopicIx(ix), topic.id.as_str()))
}

fn article(compiled: &Compiled, topic: TopicIx) -> Article {
    let document = &compiled.site.documents[compiled.site.roadmaps.topic(topic).document.0];
    read_article(compiled.site.sources.get(document.file), document.body.clone())
}

fn read_article(source: &Source, body: Range<usize>) -> Article {
    let text = &source.text[body.clone()];
    let mut article = Article::default();
    let mut block: Option<Block> = None;
    for (event, range) in Parser::new_ext(text, MarkdownOptions::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                let line = source.text[..body.start + range.start].matches('\n').count() + 1;
                block = Some(Block { language, text: String::new(), line });
            }
            Event::End(TagEnd::CodeBlock) => article.code.extend(block.take()),
            Event::Text(text) => match &mut block {
                Some(block) => block.text.push_str(&text),
                None => article.words += text.split_whitespace().count(),
            },
            Event::Code(code) => article.words += code.split_whitespace().count(),
            _ => {}
        }
    }
    article
}

/// How long an article is at least, in words of prose. A topic that stands by itself is measured by the highest
/// level that a roadmap gives it; a part of another topic may be short, unless it has parts of its own or is
/// essential on three roadmaps.
fn least_words(compiled: &Compiled, topic: TopicIx) -> usize {
    let roadmaps = &compiled.site.roadmaps;
    let levels: Vec<Level> = roadmaps
        .roadmaps
        .iter()
        .filter_map(|roadmap| roadmap.placed.get(&topic).map(|ix| roadmap.placement(*ix).level))
        .collect();
    let essential = levels.iter().filter(|level| **level == Level::Essential).count();
    let has_parts = roadmaps.topics.iter().any(|other| other.part_of == Some(topic));
    if roadmaps.topic(topic).part_of.is_some() && !has_parts && essential < 3 {
        60
    } else if essential > 0 {
        200
    } else if levels.contains(&Level::Recommended) {
        120
    } else {
        60
    }
}

#[test]
fn the_site_has_no_problem() {
    let report = site().report(Diagnostics::default());
    assert!(report.is_empty(), "{report:#?}");
}

#[test]
fn no_article_is_under_its_length() {
    let compiled = site();
    let short: Vec<String> = topics(&compiled)
        .map(|(ix, id)| (id, article(&compiled, ix).words, least_words(&compiled, ix)))
        .filter(|(_, words, least)| words < least)
        .map(|(id, words, least)| format!("{id}: {words} words of {least}"))
        .collect();
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn every_topic_has_a_summary_and_tags_that_the_about_page_explains() {
    let compiled = site();
    let about = folder::read_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/about.md")).unwrap();
    let about = String::from_utf8(about).unwrap();
    let explained: BTreeSet<&str> =
        about.lines().filter_map(|line| line.split_once("](/tags/")?.1.strip_suffix("/)")).collect();
    let mut used = BTreeSet::new();
    for (ix, id) in topics(&compiled) {
        let matter = matter(&compiled, ix);
        assert!(matter.summary.is_some(), "{id} has no summary");
        assert!((1..=3).contains(&matter.tags.len()), "{id} has {} tags", matter.tags.len());
        used.extend(matter.tags.iter().map(|tag| tag.value.as_str()));
    }
    assert_eq!(used, explained, "the tags in use, and those that content/about.md explains");
}

#[test]
fn a_resource_has_one_title() {
    let compiled = site();
    let mut titles: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for (ix, id) in topics(&compiled) {
        for resource in &matter(&compiled, ix).resources {
            let url = resource.url.as_ref().map_or("", |url| &url.value);
            assert!(url.starts_with("https://"), "{id}: {url}");
            titles.entry(url.trim_end_matches('/')).or_default().entry(&resource.title).or_default().push(id);
        }
    }
    let several: Vec<_> = titles.iter().filter(|(_, titles)| titles.len() > 1).collect();
    assert!(several.is_empty(), "{several:#?}");
}

/// The checker of a language: a program that reads a block from its standard input.
fn checker(language: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match language {
        "python" => ("python3", &["-c", "import sys; compile(sys.stdin.read(), 'block', 'exec')"]),
        "javascript" => ("node", &["--check", "--input-type=module", "-"]),
        "bash" => ("bash", &["-n"]),
        _ => return None,
    })
}

/// What a language's own parser has against a block.
fn complaint(block: &Block, missing: &mut BTreeSet<&'static str>) -> Option<String> {
    match block.language.as_str() {
        "" => return Some("no language".into()),
        "json" => return serde_json::from_str::<serde_json::Value>(&block.text).err().map(|error| error.to_string()),
        "toml" => return block.text.parse::<toml::Table>().err().map(|error| error.to_string()),
        "yaml" => return yaml(&block.text),
        _ => {}
    }
    let (program, arguments) = checker(&block.language)?;
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        missing.insert(program);
        return None;
    };
    // A parser that has seen enough closes its input: what counts is its answer.
    let _ = child.stdin.take().unwrap().write_all(block.text.as_bytes());
    let output = child.wait_with_output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A block may hold several documents.
fn yaml(text: &str) -> Option<String> {
    let mut out = Diagnostics::default();
    let file = Sources::default().add("block.yaml", text);
    text.split("\n---\n").filter(|part| !part.trim().is_empty()).for_each(|part| {
        tree::yaml::parse(part, file, 0, &mut out);
    });
    out.into_vec().first().map(|problem| problem.message.clone())
}

#[test]
fn the_checkers_find_what_is_wrong() {
    let bad = [
        ("", "text"),
        ("json", "{\"a\": ...}"),
        ("toml", "a = "),
        ("yaml", "a: [1\n"),
        ("yaml", "a: 1\n---\na: ]\n"),
        ("python", "def f(:\n"),
        ("javascript", "const a = ;\n"),
        ("bash", "if true; then\n"),
    ];
    let mut missing = BTreeSet::new();
    for (language, text) in bad {
        let block = Block { language: language.into(), text: text.into(), line: 1 };
        let found = complaint(&block, &mut missing);
        let lacks = checker(language).is_some_and(|(program, _)| missing.contains(program));
        assert!(found.is_some() || lacks, "{language}: {text}");
    }
}

#[test]
fn code_parses_in_its_language() {
    let compiled = site();
    let (mut wrong, mut missing, mut checked) = (Vec::new(), BTreeSet::new(), 0);
    for (ix, id) in topics(&compiled) {
        for block in article(&compiled, ix).code {
            checked += 1;
            if let Some(complaint) = complaint(&block, &mut missing) {
                wrong.push(format!("{id}, line {} ({}): {complaint}", block.line, block.language));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 200, "only {checked} blocks found");
    if !missing.is_empty() {
        assert!(std::env::var_os("CI").is_none(), "CI must have {missing:?}");
        println!("skipped: blocks for {missing:?}, which this machine lacks");
    }
}
