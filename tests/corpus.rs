//! The sites of the benchmarks are what `benches/README.md` says of them.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use corpus::sites::{self, Generator};
use corpus::text::{Piece, text};
use corpus::{Corpus, Shape};
use roadbook::build::{self, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::source::Folder;

const TOPICS: usize = 600;

fn content(generator: Generator, seed: u64) -> Vec<sites::File> {
    sites::content(&Corpus::new(Shape::Roads, TOPICS, seed), generator).collect()
}

#[test]
fn roadbook_has_nothing_to_say_about_any_shape() {
    for (name, shape) in Shape::ALL {
        let corpus = Corpus::new(shape, 60, 1);
        let value = Folder::of_texts(sites::SITE_TOML, sites::content(&corpus, Generator::Roadbook).collect());
        let compiled = build::compile(Checked { value, diagnostics: Diagnostics::default() }, &Options::default());
        assert_eq!(compiled.site.roadmaps.topics.len(), 60, "{name}");
        let report = compiled.report(build::check_kinds(&compiled.site));
        assert!(report.is_empty(), "{name}: {report:?}");
    }
}

#[test]
fn one_seed_makes_one_site() {
    for (_, generator) in Generator::ALL {
        assert!(content(generator, 1) == content(generator, 1));
        assert!(content(generator, 1) != content(generator, 2));
    }
}

#[test]
fn all_generators_get_the_same_texts() {
    let without_links = |generator| {
        let body =
            |(_, text): sites::File| text.split_once("\n---\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        let texts = content(generator, 1).into_iter().map(body);
        let lines = texts
            .map(|text| text.lines().filter(|line| !line.contains("](") && !line.contains("[[")).collect::<String>());
        let mut lines: Vec<String> = lines.filter(|text| !text.is_empty()).collect();
        lines.sort();
        lines
    };
    let [first, second, third] = Generator::ALL.map(|(_, generator)| without_links(generator));
    assert_eq!(first.len(), TOPICS);
    assert!(first == second && second == third);
}

#[test]
fn topics_are_as_long_as_they_are_said_to_be() {
    let corpus = Corpus::new(Shape::Roads, TOPICS, 1);
    let [mut words, mut blocks, mut links] = [0, 0, 0];
    for at in 0..TOPICS {
        for piece in text(&corpus, at) {
            let Piece::Markdown(markdown) = piece else {
                links += 1;
                continue;
            };
            for (place, part) in markdown.split("```").enumerate() {
                match place % 2 {
                    0 => words += part.split_whitespace().count(),
                    _ => {
                        blocks += 1;
                        assert_eq!(part.lines().count(), 19, "the language and eighteen lines: {part}");
                    }
                }
            }
        }
    }
    let mean = |sum: usize| sum as f64 / TOPICS as f64;
    let requires = corpus.topics.iter().map(|topic| topic.requires.len()).sum();
    assert!((570.0..610.0).contains(&mean(words)), "{}", mean(words));
    assert!((1.7..1.9).contains(&mean(blocks)), "{}", mean(blocks));
    assert_eq!(links, 2 * TOPICS);
    assert!((1.98..=2.0).contains(&mean(requires)), "{}", mean(requires));
}

#[test]
fn one_road_has_five_prerequisites_a_topic() {
    let corpus = Corpus::new(Shape::Road, 1000, 1);
    let requires: usize = corpus.topics.iter().map(|topic| topic.requires.len()).sum();
    assert_eq!((corpus.roads.len(), requires), (1, 5 * 1000 - 15));
    assert!(corpus.topics.iter().enumerate().all(|(at, topic)| topic.requires.iter().all(|before| *before < at)));
}
