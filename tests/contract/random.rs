//! Random sites: small numbers that shrink well, turned into files whose prerequisites have no cycle.

use std::fmt::Write as _;
use std::path::Path;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A site of one roadmap; everything that a topic points at comes before it.
#[derive(Clone, Debug)]
pub struct Site {
    pace: u8,
    stages: Vec<Stage>,
    topics: Vec<Topic>,
}

#[derive(Clone, Debug)]
struct Stage {
    bonus: bool,
    effort: Option<&'static str>,
    /// For the stage's two possible choices.
    picks: [(u8, u8); 2],
}

#[derive(Clone, Debug)]
struct Topic {
    /// Gives the file name, so that names and the order of creation differ.
    letter: char,
    stage: Index,
    effort: Option<&'static str>,
    own_effort: Option<&'static str>,
    level: Option<&'static str>,
    listed: bool,
    order: i8,
    requires: Vec<Index>,
    any: Option<(Index, Index)>,
    after_choice: bool,
    role: Role,
}

/// What else a topic is in its stage.
#[derive(Clone, Debug)]
enum Role {
    Plain,
    Option(bool),
    Part(Index),
    Serves(Index),
}

const EFFORTS: [&str; 12] = [
    "3h",
    "2-4h",
    "90 minutes",
    "1 week",
    "1–2 w",
    "2 d",
    "6+ h",
    "at least 1 week",
    "about 5 hours",
    "1 mo",
    "2.5 h",
    "10 to 20 min",
];

/// Any site.
pub fn site() -> impl Strategy<Value = Site> {
    (1_u8..=40, vec(stage(), 1..=4), vec(topic(), 1..=40)).prop_map(|(pace, stages, topics)| Site {
        pace,
        stages,
        topics,
    })
}

fn effort() -> impl Strategy<Value = Option<&'static str>> {
    option::weighted(0.75, select(&EFFORTS[..]))
}

fn stage() -> impl Strategy<Value = Stage> {
    let pick = || (1_u8..=3, 0_u8..=2);
    (prop::bool::weighted(0.2), option::weighted(0.2, select(&EFFORTS[..])), [pick(), pick()])
        .prop_map(|(bonus, effort, picks)| Stage { bonus, effort, picks })
}

fn topic() -> impl Strategy<Value = Topic> {
    let level = option::weighted(0.3, select(&["essential", "recommended", "optional"][..]));
    let role = prop_oneof![
        4 => Just(Role::Plain),
        2 => any::<bool>().prop_map(Role::Option),
        2 => any::<Index>().prop_map(Role::Part),
        1 => any::<Index>().prop_map(Role::Serves),
    ];
    let place = (prop::char::range('a', 'z'), any::<Index>(), prop::bool::ANY, 0_i8..3);
    let efforts = (effort(), option::weighted(0.2, select(&EFFORTS[..])));
    let needs = (vec(any::<Index>(), 0..4), option::weighted(0.1, any::<(Index, Index)>()), prop::bool::weighted(0.1));
    (place, efforts, level, needs, role).prop_map(
        |(place, (own_effort, effort), level, (requires, any, after_choice), role)| {
            let (letter, stage, listed, order) = place;
            Topic { letter, stage, effort, own_effort, level, listed, order, requires, any, after_choice, role }
        },
    )
}

impl Site {
    /// Writes the site's files.
    pub fn write(&self, root: &Path) {
        let files = self.files();
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    /// The files of the site under `root`, to see what failed.
    pub fn describe(&self, root: &Path) -> String {
        self.files().iter().fold(format!("the site in {}:\n", root.display()), |text, (path, content)| {
            format!("{text}--> {path}\n{content}")
        })
    }

    /// Each file's path and text.
    fn files(&self) -> Vec<(String, String)> {
        let config =
            format!("title = 'A & B <\"c\">'\nbase_url = 'https://example.org/r/'\nhours_per_week = {}\n", self.pace);
        let road = "---\ntitle: \"Road & <way>\"\n---\n".to_owned();
        let mut files = vec![("site.toml".to_owned(), config), ("content/road/_index.md".to_owned(), road)];
        let stages = self.assign();
        for (number, stage) in self.stages.iter().enumerate() {
            files.push((
                format!("content/road/{number:02}-stage-{number}/_index.md"),
                self.stage_text(number, stage, &stages),
            ));
        }
        for (index, topic) in self.topics.iter().enumerate() {
            let folder =
                if topic.listed { "topics".to_owned() } else { format!("road/{0:02}-stage-{0}", stages[index]) };
            files.push((format!("content/{folder}/{}.md", self.id(index)), self.topic_text(index, &stages)));
        }
        files
    }

    fn id(&self, index: usize) -> String {
        format!("{}{index}", self.topics[index].letter)
    }

    /// Each topic's stage, never falling, so that prerequisites are never late.
    fn assign(&self) -> Vec<usize> {
        let mut stages: Vec<usize> = self.topics.iter().map(|topic| topic.stage.index(self.stages.len())).collect();
        stages.sort_unstable();
        stages
    }

    fn stage_text(&self, number: usize, stage: &Stage, stages: &[usize]) -> String {
        let mut text = format!("---\ntitle: Stage {number} & more\n");
        if stage.bonus {
            text.push_str("level: optional\n");
        }
        if let Some(effort) = stage.effort {
            writeln!(text, "effort: {effort}").unwrap();
        }
        text.push_str("topics:\n");
        let here = |index: &usize| stages[*index] == number;
        for index in (0..self.topics.len()).filter(here).filter(|index| self.topics[*index].listed) {
            writeln!(text, "  - {}", self.placement_text(index, stages)).unwrap();
        }
        text.push_str("choices:\n");
        for which in [false, true] {
            let options = self.options(number, which, stages);
            if options.is_empty() {
                continue;
            }
            let (low, more) = stage.picks[usize::from(which)];
            let low = usize::from(low).min(options.len());
            let high = (low + usize::from(more)).min(options.len());
            let of: Vec<String> = options.iter().map(|index| self.id(*index)).collect();
            let id = choice_id(number, which);
            writeln!(text, "  - {{id: {id}, title: Choice, pick: {low}-{high}, of: [{}]}}", of.join(", ")).unwrap();
        }
        text.replace("topics:\nchoices", "choices").trim_end_matches("choices:\n").to_owned() + "---\n"
    }

    fn placement_text(&self, index: usize, stages: &[usize]) -> String {
        let topic = &self.topics[index];
        let mut text = format!("{{topic: {}", self.id(index));
        if let Some(effort) = topic.effort {
            write!(text, ", effort: {effort}").unwrap();
        }
        if let Role::Serves(_) = topic.role
            && let Some(option) = self.served(index, stages)
        {
            write!(text, ", for: [{}]", self.id(option)).unwrap();
        }
        text + "}"
    }

    fn topic_text(&self, index: usize, stages: &[usize]) -> String {
        let topic = &self.topics[index];
        let mut text = format!("---\ntitle: \"{} & <topic>\"\norder: {}\n", self.id(index), topic.order);
        if let Some(effort) = topic.own_effort {
            writeln!(text, "effort: {effort}").unwrap();
        }
        if let Some(level) = topic.level.filter(|_| !matches!(topic.role, Role::Part(_) | Role::Serves(_))) {
            writeln!(text, "level: {level}").unwrap();
        }
        if let Some(parent) = self.parent(index, stages) {
            writeln!(text, "part_of: {}", self.id(parent)).unwrap();
        }
        let needs = self.needs(index, stages);
        if !needs.is_empty() {
            writeln!(text, "requires: [{}]", needs.join(", ")).unwrap();
        }
        text + "---\nText & <b>more</b>.\n"
    }

    fn needs(&self, index: usize, stages: &[usize]) -> Vec<String> {
        let topic = &self.topics[index];
        if index == 0 {
            return Vec::new();
        }
        let before = |place: &Index| self.id(place.index(index));
        let mut needs: Vec<String> = topic.requires.iter().map(before).collect();
        needs.sort_unstable();
        needs.dedup();
        needs.extend(topic.any.as_ref().map(|(a, b)| format!("{{any: [{}, {}]}}", before(a), before(b))));
        let earlier = (0..stages[index]).find(|stage| !self.options(*stage, true, stages).is_empty());
        needs.extend(earlier.filter(|_| topic.after_choice).map(|stage| choice_id(stage, true)));
        needs
    }

    /// The options of one of a stage's two choices; at least two, or there is no choice.
    fn options(&self, stage: usize, which: bool, stages: &[usize]) -> Vec<usize> {
        let is_option = |index: &usize| matches!(self.topics[*index].role, Role::Option(own) if own == which);
        let options: Vec<usize> = (0..stages.len()).filter(|index| stages[*index] == stage).filter(is_option).collect();
        if options.len() < 2 { Vec::new() } else { options }
    }

    /// The option that a topic serves: one of its stage's, before it.
    fn served(&self, index: usize, stages: &[usize]) -> Option<usize> {
        let Role::Serves(place) = self.topics[index].role else { return None };
        let choices = [false, true].map(|which| self.options(stages[index], which, stages));
        let options: Vec<usize> = choices.into_iter().flatten().filter(|option| *option < index).collect();
        (!options.is_empty()).then(|| options[place.index(options.len())])
    }

    /// The parent of a sub-topic: a plain topic or a sub-topic before it in its stage.
    fn parent(&self, index: usize, stages: &[usize]) -> Option<usize> {
        let Role::Part(place) = self.topics[index].role else { return None };
        let can = |other: &usize| {
            stages[*other] == stages[index] && matches!(self.topics[*other].role, Role::Plain | Role::Part(_))
        };
        let parents: Vec<usize> = (0..index).filter(can).collect();
        (!parents.is_empty()).then(|| parents[place.index(parents.len())])
    }
}

fn choice_id(stage: usize, which: bool) -> String {
    format!("choice-{stage}-{}", u8::from(which))
}
