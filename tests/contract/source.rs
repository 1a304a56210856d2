//! A site as its author wrote it, read by the contract alone.
//!
//! Only what the checks need is read, and sites are taken to be correct: anything unreadable panics.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::data::Level;
use crate::effort::{self, Hours};

pub struct Site {
    pub base_url: String,
    pub topics: BTreeMap<String, Topic>,
    pub roadmaps: Vec<Roadmap>,
    /// The plain pages, by their URL's path.
    pub pages: Vec<Page>,
}

/// Something with a page of its own and old addresses of it.
pub struct Page {
    pub path: String,
    pub aliases: Vec<String>,
}

pub struct Topic {
    pub title: String,
    pub requires: Vec<Need>,
    pub related: Vec<String>,
    pub part_of: Option<String>,
    pub level: Option<Level>,
    pub effort: Option<String>,
    pub order: Option<i64>,
    pub tags: Vec<String>,
    pub aliases: Vec<String>,
    /// The file, relative to `content/`.
    pub file: String,
}

/// One item of `requires`.
#[derive(Clone)]
pub enum Need {
    One { id: String, because: Option<String> },
    Any(Vec<String>),
}

pub struct Roadmap {
    pub id: String,
    pub title: String,
    pub hours_per_week: f64,
    pub aliases: Vec<String>,
    /// What the author divided the roadmap into; nothing in a flat one.
    pub stages: Vec<Stage>,
    /// The topics of a flat roadmap.
    pub flat: Vec<Placement>,
}

pub struct Stage {
    pub id: String,
    pub title: String,
    pub level: Level,
    pub effort: Option<String>,
    pub placements: Vec<Placement>,
    pub choices: Vec<Choice>,
    pub revisits: Vec<String>,
}

/// A topic as it stands in one roadmap, with the roadmap's overrides.
pub struct Placement {
    pub id: String,
    pub level: Level,
    pub part_of: Option<String>,
    pub effort: Option<String>,
    pub serves: Vec<String>,
    pub requires: Vec<Need>,
    pub late: Vec<String>,
    /// The place in the stage's `topics:` list.
    pub listed: Option<usize>,
    /// The place among the options of the stage's choices, where that alone places the topic.
    pub named: Option<usize>,
}

pub struct Choice {
    pub id: String,
    pub title: String,
    pub pick: (usize, usize),
    pub of: Vec<String>,
    pub default: Value,
    pub serves: Vec<String>,
}

impl Placement {
    pub fn hours(&self, hours_per_week: f64) -> Option<Hours> {
        self.effort.as_ref().map(|text| effort::parse(text, hours_per_week))
    }
}

impl Roadmap {
    /// All placements, stage by stage.
    pub fn placements(&self) -> impl Iterator<Item = &Placement> {
        self.stages.iter().flat_map(|stage| &stage.placements).chain(&self.flat)
    }

    pub fn placement(&self, id: &str) -> Option<&Placement> {
        self.placements().find(|placement| placement.id == id)
    }

    /// The options that a choice id has anywhere in the roadmap.
    pub fn options(&self, choice: &str) -> Vec<&str> {
        let choices = self.stages.iter().flat_map(|stage| &stage.choices).filter(|other| other.id == choice);
        choices.flat_map(|choice| &choice.of).map(String::as_str).collect()
    }

    /// The topics that an id under `requires` stands for: itself, or a choice's options.
    pub fn meaning<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        if self.placement(id).is_some() { vec![id] } else { self.options(id) }
    }
}

impl Site {
    pub fn read(root: &Path) -> Self {
        let config: Value = toml::from_str(&std::fs::read_to_string(root.join("site.toml")).unwrap()).unwrap();
        let mut found = Found::default();
        found.folder(&root.join("content"), &Place::Top, "");
        let topics = found.topics.iter().map(|(id, file)| (id.clone(), topic(file))).collect();
        let pace = config["hours_per_week"].as_f64().unwrap_or(10.0);
        let roadmaps = found.roadmaps.iter().map(|folder| folder.read(pace, &topics)).collect();
        let pages = found.pages.iter().map(page).collect();
        Self { base_url: text(&config, "base_url").unwrap_or_default(), topics, roadmaps, pages }
    }
}

/// A file with front matter.
struct Document {
    matter: Value,
    /// Relative to `content/`.
    file: String,
}

/// The files of a site, sorted by what they are.
#[derive(Default)]
struct Found {
    topics: BTreeMap<String, Document>,
    roadmaps: Vec<RoadmapFolder>,
    pages: Vec<Document>,
}

struct RoadmapFolder {
    id: String,
    matter: Value,
    topics: Vec<String>,
    stages: Vec<StageFolder>,
}

struct StageFolder {
    id: String,
    matter: Value,
    topics: Vec<String>,
}

/// Where a folder lies.
enum Place {
    Top,
    Roadmap,
    Stage,
}

impl Found {
    /// Reads a folder that is a `place` or only groups files inside one.
    fn folder(&mut self, folder: &Path, place: &Place, prefix: &str) {
        for path in sorted(folder) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                self.sub_folder(&path, place, &format!("{prefix}{name}/"));
            } else if let (Some(stem), true) = (name.strip_suffix(".md"), name != "_index.md") {
                self.file(&path, stem, place, &format!("{prefix}{name}"));
            }
        }
    }

    fn sub_folder(&mut self, folder: &Path, place: &Place, prefix: &str) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        if folder.join("index.md").is_file() {
            return self.file(&folder.join("index.md"), name, place, &format!("{prefix}index.md"));
        }
        if !folder.join("_index.md").is_file() {
            return self.folder(folder, place, prefix);
        }
        let matter = matter(&folder.join("_index.md"));
        if matter["draft"] == true {
            return;
        }
        let id = text(&matter, "id").unwrap_or_else(|| without_number(name).to_owned());
        match place {
            Place::Top => {
                self.roadmaps.push(RoadmapFolder { id, matter, topics: Vec::new(), stages: Vec::new() });
                self.folder(folder, &Place::Roadmap, prefix);
            }
            Place::Roadmap | Place::Stage => {
                let roadmap = self.roadmaps.last_mut().unwrap();
                roadmap.stages.push(StageFolder { id, matter, topics: Vec::new() });
                self.folder(folder, &Place::Stage, prefix);
            }
        }
    }

    fn file(&mut self, path: &Path, stem: &str, place: &Place, file: &str) {
        let document = Document { matter: matter(path), file: file.to_owned() };
        if document.matter["draft"] == true {
            return;
        }
        if !file.contains('/') {
            self.pages.push(document);
            return;
        }
        let id = text(&document.matter, "id").unwrap_or_else(|| stem.to_owned());
        match (place, self.roadmaps.last_mut()) {
            (Place::Roadmap, Some(roadmap)) => roadmap.topics.push(id.clone()),
            (Place::Stage, Some(roadmap)) => roadmap.stages.last_mut().unwrap().topics.push(id.clone()),
            _ => {}
        }
        self.topics.insert(id, document);
    }
}

impl RoadmapFolder {
    fn read(&self, pace: f64, topics: &BTreeMap<String, Topic>) -> Roadmap {
        let flat = if self.stages.is_empty() { self.topics.as_slice() } else { &[] };
        let mut stages: Vec<Stage> = self.stages.iter().map(|stage| stage.read(topics)).collect();
        // Being named by a choice places a topic only where no stage does.
        let placed = stages.iter().flat_map(|stage| &stage.placements).filter(|placement| placement.named.is_none());
        let placed: BTreeSet<String> = placed.map(|placement| placement.id.clone()).collect();
        for stage in &mut stages {
            stage.placements.retain(|placement| placement.named.is_none() || !placed.contains(&placement.id));
        }
        Roadmap {
            id: self.id.clone(),
            title: text(&self.matter, "title").unwrap(),
            hours_per_week: self.matter["hours_per_week"].as_f64().unwrap_or(pace),
            aliases: strings(&self.matter["aliases"]),
            stages,
            flat: flat.iter().map(|id| placement(&Value::from(id.as_str()), None, topics)).collect(),
        }
    }
}

impl StageFolder {
    fn read(&self, topics: &BTreeMap<String, Topic>) -> Stage {
        let mut placements: Vec<Placement> = Vec::new();
        for (listed, value) in items(&self.matter["topics"]).iter().enumerate() {
            placements.push(placement(value, Some(listed), topics));
        }
        let choices: Vec<Choice> = items(&self.matter["choices"]).iter().map(choice).collect();
        let in_folder = self.topics.iter().map(|id| (None, id));
        let named = choices.iter().flat_map(|choice| &choice.of).enumerate().map(|(place, id)| (Some(place), id));
        for (named, id) in in_folder.chain(named) {
            if !placements.iter().any(|placement| placement.id == *id) {
                placements.push(Placement { named, ..placement(&Value::from(id.as_str()), None, topics) });
            }
        }
        Stage {
            id: self.id.clone(),
            title: text(&self.matter, "title").unwrap(),
            level: level(&self.matter).unwrap_or(Level::Essential),
            effort: text(&self.matter, "effort"),
            placements,
            choices,
            revisits: strings(&self.matter["revisits"]),
        }
    }
}

fn topic(document: &Document) -> Topic {
    let matter = &document.matter;
    Topic {
        title: text(matter, "title").unwrap(),
        requires: needs(&matter["requires"]),
        related: strings(&matter["related"]),
        part_of: text(matter, "part_of"),
        level: level(matter),
        effort: text(matter, "effort"),
        order: matter["order"].as_i64(),
        tags: strings(&matter["tags"]),
        aliases: strings(&matter["aliases"]),
        file: document.file.clone(),
    }
}

fn page(document: &Document) -> Page {
    let path = format!("{}/", document.file.trim_end_matches(".md"));
    Page { path, aliases: strings(&document.matter["aliases"]) }
}

/// A placement: the topic's own keys, with what the roadmap says instead or adds.
fn placement(value: &Value, listed: Option<usize>, topics: &BTreeMap<String, Topic>) -> Placement {
    let id = value.as_str().map_or_else(|| text(value, "topic").unwrap(), str::to_owned);
    let topic = &topics[&id];
    Placement {
        level: level(value).or(topic.level).unwrap_or(Level::Essential),
        // `part_of: null` says that it is a part of nothing here.
        part_of: match value.get("part_of") {
            Some(_) => text(value, "part_of"),
            None => topic.part_of.clone(),
        },
        effort: text(value, "effort").or_else(|| topic.effort.clone()),
        serves: strings(&value["for"]),
        requires: [topic.requires.clone(), needs(&value["requires"])].concat(),
        late: strings(&value["late"]),
        listed,
        named: None,
        id,
    }
}

fn choice(value: &Value) -> Choice {
    let bound = |text: &str| text.trim().parse::<usize>().unwrap();
    let pick = match &value["pick"] {
        Value::String(range) => {
            let (low, high) = range.split_once('-').unwrap_or((range, range));
            (bound(low), bound(high))
        }
        number => number.as_u64().map_or((1, 1), |number| (number as usize, number as usize)),
    };
    Choice {
        id: text(value, "id").unwrap(),
        title: text(value, "title").unwrap_or_default(),
        pick,
        of: strings(&value["of"]),
        default: value["default"].clone(),
        serves: strings(&value["for"]),
    }
}

fn needs(value: &Value) -> Vec<Need> {
    let need = |item: &Value| match item {
        Value::Object(map) if map.contains_key("any") => Need::Any(strings(&item["any"])),
        Value::Object(_) => Need::One { id: text(item, "topic").unwrap(), because: text(item, "because") },
        _ => Need::One { id: item.as_str().unwrap().to_owned(), because: None },
    };
    items(value).iter().map(need).collect()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value) -> Vec<String> {
    items(value).iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn text(map: &Value, key: &str) -> Option<String> {
    map[key].as_str().map(str::to_owned)
}

fn level(map: &Value) -> Option<Level> {
    serde_json::from_value(map["level"].clone()).ok()
}

/// A folder's name without its `NN-`.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < name.len() { rest.strip_prefix('-').unwrap_or(name) } else { name }
}

/// What lies in a folder, by number and then by name.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_by_cached_key(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let number = name.split('-').next().and_then(|number| number.parse::<u64>().ok());
        (number.unwrap_or(u64::MAX), name)
    });
    paths
}

/// The front matter of a file.
fn matter(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    let block = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map_or("", |(block, _)| block);
    if block.trim().is_empty() {
        return Value::Null;
    }
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(block, options).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
