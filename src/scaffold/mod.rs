//! What a new topic, stage or roadmap begins as: where its file lies and what stands in its front matter.
//!
//! In: the compiled site (drafts and all), an id, and what else its author has said. Out: one [`NewFile`] that no
//! file, id or page of the site is in the way of, or the [`Refusal`]. What can be inferred is: the roadmap or stage
//! that is the only one, the title that an id reads as, the number that puts a stage last.

mod matter;
mod place;
#[cfg(test)]
mod tests;

use crate::document::place::{Found, Kind, Layout};
use crate::roadmap::{Named, is_id, is_reserved, nearest_id};
use crate::site::{Site, title_of_id};

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the site's root.
    pub path: String,
    /// What stands in it.
    pub text: String,
    /// What its author may want to do next.
    pub note: Option<String>,
}

/// Why there is to be no file: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal { message: message.into(), help: Some(help.into()) }
    }
}

/// What an author asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The id.
    pub id: &'a str,
    /// The title; without one, what the id reads as.
    pub title: Option<&'a str>,
}

impl Wanted<'_> {
    fn title(&self) -> String {
        self.title.map_or_else(|| title_of_id(self.id), str::to_owned)
    }
}

/// A new topic: in this stage, or in the only one there is, or else in `content/topics/`. `roadmap` is an index into
/// the site's roadmaps.
///
/// # Errors
/// When the id cannot be used, or the stage is not there or not clear.
pub fn topic(site: &Site, wanted: &Wanted, roadmap: Option<usize>, stage: Option<&str>) -> Result<NewFile, Refusal> {
    check_id(wanted.id, Named::Topic)?;
    if let Some(known) = site.roadmaps.find(wanted.id) {
        return Err(taken("there is a topic", wanted.id, site, site.roadmaps.topic(known).document));
    }
    if let Some(roadmap) = site.roadmaps.roadmaps.iter().find(|roadmap| roadmap.find_choice(wanted.id).is_some()) {
        let message = format!("`{}` is the id of a choice of the roadmap `{}`", wanted.id, roadmap.id);
        return Err(Refusal::new(message, "choose another id: prerequisites could not tell the two apart"));
    }
    check_url(site, &format!("/topics/{}/", wanted.id))?;
    let home = place::of_topic(site, roadmap, stage)?;
    // `index.md` would make its whole folder the topic.
    let file = if wanted.id == "index" { "index/index".into() } else { wanted.id.to_owned() };
    let note = home.is_shared.then(|| {
        "it is in no roadmap yet: list it under `topics:` of a stage, or name its stage with `--stage`".to_owned()
    });
    let text = matter::topic(&wanted.title());
    checked(site, NewFile { path: format!("content/{}/{file}.md", home.folder), text, note }, Kind::Topic)
}

/// A new stage at the end of a roadmap (an index into the site's roadmaps).
///
/// # Errors
/// When the id cannot be used.
pub fn stage(site: &Site, wanted: &Wanted, roadmap: usize) -> Result<NewFile, Refusal> {
    check_id(wanted.id, Named::Stage)?;
    let road = &site.roadmaps.roadmaps[roadmap];
    let own = road.stages.iter().filter_map(|stage| Some((stage, stage.document?)));
    if let Some((_, known)) = own.clone().find(|(stage, _)| stage.id == wanted.id) {
        return Err(taken(&format!("the roadmap `{}` has a stage", road.id), wanted.id, site, known));
    }
    check_url(site, &format!("/{}/{}/", road.id, wanted.id))?;
    let name = place::of_stage(site, roadmap, wanted.id);
    let loose = if own.count() == 0 { road.placements.len() } else { 0 };
    let note = match loose {
        0 => format!("add a topic to it: roadbook new topic ID --roadmap {} --stage {}", road.id, wanted.id),
        1 => format!("`{}` had no stage of its own: move its topic into the folder of this one", road.id),
        n => format!("`{}` had no stage of its own: move its {n} topics into the folder of this one", road.id),
    };
    let text = matter::stage(&wanted.title(), place::own_id(&name, wanted.id));
    let path = format!("content/{}/{name}/_index.md", place::folder(site, road.document));
    checked(site, NewFile { path, text, note: Some(note) }, Kind::Stage)
}

/// A new roadmap, in a folder of its own.
///
/// # Errors
/// When the id cannot be used, or its folder holds something.
pub fn roadmap(site: &Site, wanted: &Wanted) -> Result<NewFile, Refusal> {
    check_id(wanted.id, Named::Roadmap)?;
    if let Some(known) = site.roadmaps.roadmaps.iter().find(|roadmap| roadmap.id == wanted.id) {
        return Err(taken("there is a roadmap", wanted.id, site, known.document));
    }
    check_url(site, &format!("/{}/", wanted.id))?;
    if place::is_in_use(site, wanted.id) {
        let message = format!("the folder `content/{}` holds files already", wanted.id);
        return Err(Refusal::new(message, "choose another id, or write its `_index.md` yourself: they become topics"));
    }
    let note = format!("add a stage to it: roadbook new stage ID --roadmap {}", wanted.id);
    let text = matter::roadmap(&wanted.title(), place::own_id(wanted.id, wanted.id));
    checked(site, NewFile { path: format!("content/{}/_index.md", wanted.id), text, note: Some(note) }, Kind::Roadmap)
}

fn check_id(id: &str, named: Named) -> Result<(), Refusal> {
    if !is_id(id) {
        let near = nearest_id(id);
        let near = if near.is_empty() { "data-structures".into() } else { near };
        let message = format!("`{id}` cannot be an id: use lower-case letters, digits and `-`");
        return Err(Refusal::new(message, format!("write it such as `{near}`; readers see the title (`--title`)")));
    }
    if is_reserved(named, id) {
        let help = "choose another id; readers see the title (`--title`)";
        return Err(Refusal::new(format!("`{id}` cannot be the id: the site has a page there"), help));
    }
    Ok(())
}

fn taken(what: &str, id: &str, site: &Site, document: crate::roadmap::DocumentIx) -> Refusal {
    let path = &site.sources.get(site.document(document).file).path;
    Refusal::new(format!("{what} `{id}` already: `{path}`"), "choose another id")
}

/// Aliases, pages and files of `static/` can be in the way of a page.
fn check_url(site: &Site, url: &str) -> Result<(), Refusal> {
    match site.outputs.iter().any(|output| output.path == url) {
        true => Err(Refusal::new(format!("the site has something at `{url}` already"), "choose another id")),
        false => Ok(()),
    }
}

/// The file, if the folder makes of it what was asked for.
fn checked(site: &Site, file: NewFile, kind: Kind) -> Result<NewFile, Refusal> {
    let own = file.path.strip_prefix("content/").unwrap_or(&file.path);
    let layout = Layout::new(place::documents(site).chain([own]));
    match layout.find(own) {
        Found::Document(place) if place.kind == kind => Ok(file),
        _ => {
            let message = format!("`{}` would not be read as one: an `index.md` owns its folder", file.path);
            Err(Refusal::new(message, "name another stage, or turn that `index.md` into a file with a name"))
        }
    }
}
