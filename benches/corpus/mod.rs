//! Sites for benchmarks, the same from the same seed on every machine.
//!
//! A [`Corpus`] is what all generators get: roadmaps of stages of topics, who requires whom, titles, tags. Texts
//! ([`text`]) are made when they are asked for, since those of a large corpus fill the memory; [`sites`] writes it
//! all as the files of one generator.

pub mod code;
mod random;
pub mod sites;
pub mod text;

use std::collections::BTreeSet;
use std::ops::Range;

use random::Random;

/// Topics of a stage, where a shape does not say otherwise.
const STAGE: usize = 25;
/// Stages of a roadmap, where there are several.
const STAGES: usize = 20;
const TAGS: usize = 40;

/// How topics lie in roadmaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Roadmaps of twenty stages of twenty-five topics, with two prerequisites each.
    Roads,
    /// One roadmap of stages of twenty-five topics, with five prerequisites each.
    Road,
    /// One stage, with two prerequisites each.
    Stage,
    /// One roadmap without stages, with two prerequisites each.
    Flat,
}

impl Shape {
    /// All, by their names on the command line.
    pub const ALL: [(&'static str, Shape); 4] =
        [("roads", Shape::Roads), ("road", Shape::Road), ("stage", Shape::Stage), ("flat", Shape::Flat)];
}

/// What every generator builds a site of.
pub struct Corpus {
    /// The seed of everything in it.
    pub seed: u64,
    /// The roadmaps, one after the other.
    pub roads: Vec<Road>,
    /// The topics, road by road and stage by stage; a prerequisite comes before what requires it.
    pub topics: Vec<Topic>,
}

/// A roadmap.
pub struct Road {
    /// The topics of each stage.
    pub stages: Vec<Range<usize>>,
    /// Whether its one stage is no folder.
    pub flat: bool,
}

/// A topic without its text.
pub struct Topic {
    /// Its name in files and links.
    pub id: String,
    /// Its title, of three words.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Two of forty.
    pub tags: [String; 2],
    /// Learning time.
    pub hours: usize,
    /// The day of its last change.
    pub updated: String,
    /// What it requires, as places in [`Corpus::topics`].
    pub requires: BTreeSet<usize>,
}

impl Corpus {
    /// A corpus of `topics` topics.
    pub fn new(shape: Shape, topics: usize, seed: u64) -> Self {
        let roads = roads(shape, topics);
        let prerequisites = if shape == Shape::Road { 5 } else { 2 };
        let mut all = Vec::with_capacity(topics);
        for road in &roads {
            let whole = road.stages[0].start..road.stages[road.stages.len() - 1].end;
            for at in whole.clone() {
                let mut random = Random::new(seed, at);
                let requires = requires(&mut random, at - whole.start, prerequisites, shape);
                all.push(topic(&mut random, at, requires.into_iter().map(|before| whole.start + before).collect()));
            }
        }
        Corpus { seed, roads, topics: all }
    }
}

fn roads(shape: Shape, topics: usize) -> Vec<Road> {
    let (road, stage) = match shape {
        Shape::Roads => (STAGE * STAGES, STAGE),
        Shape::Road => (topics, STAGE),
        Shape::Stage | Shape::Flat => (topics, topics),
    };
    let pieces = |all: Range<usize>, size: usize| {
        let end = all.end;
        all.step_by(size).map(move |start| start..(start + size).min(end))
    };
    pieces(0..topics, road)
        .map(|topics| Road { stages: pieces(topics, stage).collect(), flat: shape == Shape::Flat })
        .collect()
}

/// The prerequisites of the topic `at` of a roadmap: seven of ten are near, the others anywhere before. Topics
/// without stages ask for anything, or else their stages would be as many as they are.
fn requires(random: &mut Random, at: usize, count: usize, shape: Shape) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    while found.len() < count.min(at) {
        let near = shape != Shape::Flat && random.below(10) < 7;
        found.insert(at - 1 - random.below(if near { at.min(STAGE) } else { at }));
    }
    found
}

fn topic(random: &mut Random, at: usize, requires: BTreeSet<usize>) -> Topic {
    let [first, second] = [text::noun(random), text::noun(random)];
    let tag = random.below(TAGS);
    Topic {
        id: format!("{first}-{second}-{at}"),
        title: format!("{} {second} {at}", text::capital(first)),
        summary: text::sentence(random, 14),
        tags: [tag, (tag + 1 + random.below(TAGS - 1)) % TAGS].map(|tag| format!("tag-{tag}")),
        hours: 1 + random.below(8),
        updated: format!("2026-{:02}-{:02}", 1 + random.below(9), 1 + random.below(28)),
        requires,
    }
}
