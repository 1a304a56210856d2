//! Where a new file belongs.

use super::Refusal;
use crate::diagnostic::suggest::nearest;
use crate::document::place::numbered;
use crate::roadmap::{DocumentIx, Roadmap, Stage};
use crate::site::Site;
use crate::tree::fields::quoted;

/// The folder of a new topic.
pub struct Home {
    /// Its path below `content/`.
    pub folder: String,
    /// It is no roadmap's.
    pub is_shared: bool,
}

impl Home {
    fn in_roadmap(folder: &str) -> Home {
        Home { folder: folder.to_owned(), is_shared: false }
    }
}

/// Where a topic belongs that its author wants in this roadmap or stage.
pub fn of_topic(site: &Site, roadmap: Option<usize>, stage: Option<&str>) -> Result<Home, Refusal> {
    let all = &site.roadmaps.roadmaps;
    let roads: Vec<&Roadmap> = roadmap.map_or_else(|| all.iter().collect(), |at| vec![&all[at]]);
    if let Some(id) = stage {
        return Ok(Home::in_roadmap(find_stage(site, &roads, id)?));
    }
    let shared = || Home { folder: "topics".into(), is_shared: true };
    let [road] = roads.as_slice() else { return Ok(shared()) };
    match stages(road).collect::<Vec<_>>().as_slice() {
        [] => Ok(Home::in_roadmap(folder(site, road.document))),
        [(_, only)] => Ok(Home::in_roadmap(folder(site, *only))),
        _ if roadmap.is_none() => Ok(shared()),
        many => {
            let ids: Vec<&str> = many.iter().map(|(stage, _)| stage.id.as_str()).collect();
            let help = format!("name one of them with `--stage`: {}", quoted(&ids));
            Err(Refusal::new(format!("the roadmap `{}` has {} stages", road.id, ids.len()), help))
        }
    }
}

fn find_stage<'a>(site: &'a Site, roads: &[&Roadmap], id: &str) -> Result<&'a str, Refusal> {
    let all: Vec<_> =
        roads.iter().flat_map(|road| stages(road).map(|(stage, document)| (*road, stage, document))).collect();
    let found: Vec<_> = all.iter().filter(|(_, stage, _)| stage.id == id).collect();
    match found.as_slice() {
        [(_, _, document)] => Ok(folder(site, *document)),
        [] => {
            let mut ids: Vec<&str> = all.iter().map(|(_, stage, _)| stage.id.as_str()).collect();
            ids.dedup();
            let help = match (nearest(id, ids.iter().copied()), ids.as_slice()) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => format!("make it with `roadbook new stage {id}`"),
                (None, ids) => format!("name one of them: {}", quoted(ids)),
            };
            let message = match roads {
                [road] => format!("the roadmap `{}` has no stage `{id}`", road.id),
                _ => format!("there is no stage `{id}`"),
            };
            Err(Refusal::new(message, help))
        }
        several => {
            let roads: Vec<&str> = several.iter().map(|(road, ..)| road.id.as_str()).collect();
            let help = format!("name one of them with `--roadmap`: {}", quoted(&roads));
            Err(Refusal::new(format!("{} roadmaps have a stage `{id}`", roads.len()), help))
        }
    }
}

/// The stages that their author has made.
fn stages(road: &Roadmap) -> impl Iterator<Item = (&Stage, DocumentIx)> {
    road.stages.iter().filter_map(|stage| Some((stage, stage.document?)))
}

/// The name of a new stage's folder: one that groups topics under this name already, or else the next number and
/// the id. Where no other stage has a number, this one gets none either.
pub fn of_stage(site: &Site, roadmap: usize, id: &str) -> String {
    let road = &site.roadmaps.roadmaps[roadmap];
    let inside = format!("{}/", folder(site, road.document));
    let folders = documents(site).filter_map(|path| path.strip_prefix(&inside)?.split_once('/'));
    if let Some((group, _)) = folders.into_iter().find(|(group, _)| numbered(group).1 == id) {
        return group.to_owned();
    }
    let names: Vec<&str> = stages(road).map(|(_, document)| site.document(document).place.name.as_str()).collect();
    let numbers = names.iter().filter_map(|name| Some((numbered(name).0?, name.find('-')?)));
    match numbers.clone().map(|(number, _)| number).max() {
        None if names.is_empty() => format!("01-{id}"),
        None => id.to_owned(),
        Some(last) => {
            let digits = numbers.map(|(_, digits)| digits).max().unwrap_or(2);
            format!("{:0digits$}-{id}", last.saturating_add(1))
        }
    }
}

/// The id that has to be said because the folder's name does not say it: `2-web` reads as `web`.
pub fn own_id<'a>(folder: &str, id: &'a str) -> Option<&'a str> {
    (numbered(folder).1 != id).then_some(id)
}

/// The folder that a document lies in, below `content/`.
pub fn folder(site: &Site, document: DocumentIx) -> &str {
    &site.document(document).place.folder
}

/// The paths of the site's documents, below `content/`.
pub fn documents(site: &Site) -> impl Iterator<Item = &str> {
    let path = |document: &std::sync::Arc<crate::document::Document>| &*site.sources.get(document.file).path;
    site.documents.iter().filter_map(move |document| path(document).strip_prefix("content/"))
}

/// Whether a document lies in this folder of `content/`.
pub fn is_in_use(site: &Site, folder: &str) -> bool {
    documents(site).any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}
