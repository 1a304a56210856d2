//! Random sites of one roadmap: stages, sub-topics, figures for whole stages, alternatives, choices.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use roadbook::build::{self, Compiled, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::source::Folder;

/// A topic before it has a place.
#[derive(Clone, Debug)]
struct Draft {
    effort: Option<(u8, Option<u8>)>,
    optional: bool,
    part_of: Option<usize>,
    requires: Vec<usize>,
    any: Vec<usize>,
    is_for: bool,
}

fn effort() -> impl Strategy<Value = Option<(u8, Option<u8>)>> {
    let more = prop_oneof![6 => (0_u8..9).prop_map(Some), 1 => Just(None)];
    option::weighted(0.7, (1_u8..20, more))
}

fn written(effort: (u8, Option<u8>)) -> String {
    match effort.1 {
        None => format!("{}+ h", effort.0),
        Some(0) => format!("{}h", effort.0),
        Some(more) => format!("{}-{}h", effort.0, effort.0 + more),
    }
}

fn draft() -> impl Strategy<Value = Draft> {
    let number = || 0_usize..100;
    let parts = (
        effort(),
        proptest::bool::weighted(0.2),
        option::weighted(0.4, number()),
        vec(number(), 0..3),
        vec(number(), 0..3),
        proptest::bool::weighted(0.3),
    );
    parts.prop_map(|(effort, optional, part_of, requires, any, is_for)| Draft {
        effort,
        optional,
        part_of,
        requires,
        any,
        is_for,
    })
}

/// The files of a site. With `free`, there are alternatives; with `choices`, each stage but the first asks one.
pub fn site(free: bool, choices: bool) -> impl Strategy<Value = String> {
    let stage = (effort().prop_map(|effort| effort.filter(|effort| effort.0 % 2 == 0)), proptest::bool::weighted(0.15));
    (vec(stage, 1..4), vec(draft(), 1..16)).prop_map(move |(stages, topics)| write(&stages, &topics, free, choices))
}

type StageDraft = (Option<(u8, Option<u8>)>, bool);

fn write(stages: &[StageDraft], topics: &[Draft], free: bool, choices: bool) -> String {
    let stage_of = |topic: usize| topic * stages.len() / topics.len();
    let mut text = "== r/_index.md\n".to_owned();
    for (at, (effort, bonus)) in stages.iter().enumerate() {
        text += &format!("== r/{at}-s{at}/_index.md\n");
        text += &effort.map(|effort| format!("effort: {}\n", written(effort))).unwrap_or_default();
        // A first stage that is a bonus would leave nothing to plan.
        text += if *bonus && at > 0 && !choices { "level: optional\n" } else { "" };
        if choices {
            let option = |name| format!("{{topic: o{at}{name}, effort: {}h}}", at + 3);
            let own = (0..topics.len()).filter(|topic| stage_of(*topic) == at);
            let entry = |topic: usize| {
                let is_for = topics[topic].is_for && topics[topic].part_of.is_none() && at > 0;
                if is_for { format!("{{topic: t{topic}, for: [o{}a]}}", at - 1) } else { format!("t{topic}") }
            };
            let listed: Vec<String> = [option("a"), option("b")].into_iter().chain(own.map(entry)).collect();
            text += &format!("topics: [{}]\n", listed.join(", "));
            text += &format!("choices: [{{id: pick{at}, pick: 1-2, of: [o{at}a, o{at}b], default: o{at}b}}]\n");
        }
    }
    if choices {
        (0..stages.len()).for_each(|at| text += &format!("== topic o{at}a\n== topic o{at}b\n"));
    }
    for (at, topic) in topics.iter().enumerate() {
        text += &match choices {
            true => format!("== topic t{at}\n"),
            false => format!("== r/{}-s{}/t{at}.md\norder: {at}\n", stage_of(at), stage_of(at)),
        };
        text += &topic.effort.map(|effort| format!("effort: {}\n", written(effort))).unwrap_or_default();
        text += if topic.optional { "level: optional\n" } else { "" };
        let part_of = topic.part_of.filter(|_| at > 0).map(|number| number % at);
        let part_of = part_of.filter(|parent| stage_of(*parent) == stage_of(at));
        text += &part_of.map(|parent| format!("part_of: t{parent}\n")).unwrap_or_default();
        text += &requires(topic, at, free, choices);
    }
    text
}

/// Only topics before it: the stages then never ask for what comes later.
fn requires(topic: &Draft, at: usize, free: bool, choices: bool) -> String {
    let before = |numbers: &[usize]| -> Vec<String> {
        let numbers = numbers.iter().filter(|_| at > 0 && !choices);
        numbers.map(|number| format!("t{}", number % at)).collect()
    };
    let mut all = before(&topic.requires);
    let any = before(&topic.any);
    if free && !any.is_empty() {
        all.push(format!("{{any: [{}]}}", any.join(", ")));
    }
    if choices && topic.optional {
        all.push("pick0".into());
    }
    format!("requires: [{}]\n", all.join(", "))
}

/// `== PATH` begins a file, `== topic ID` one of a topic that lives in no stage.
pub fn compile(files: &str) -> Compiled {
    let part = |part: &str| {
        let (name, text) = part.split_once('\n').unwrap();
        let path = name.strip_prefix("topic ").map_or_else(|| name.to_owned(), |id| format!("topics/{id}.md"));
        (format!("content/{path}"), format!("---\ntitle: {name}\n{text}---\n"))
    };
    let folder = Folder::of_texts("title = \"T\"\n", files.split("== ").skip(1).map(part).collect());
    let compiled = build::compile(Checked { value: folder, diagnostics: Diagnostics::default() }, &Options::default());
    let report = compiled.report(Diagnostics::default());
    assert!(!build::has_errors(&report), "{report:#?}\n{files}");
    compiled
}
