//! Compiles a site again and again: what a change cannot touch is taken over from the time before.
//!
//! Two things are remembered. A document is read again only when its text or place has changed. And where nothing
//! but the body of texts has changed (their front matter, the settings, the theme and the list of files are as they
//! were), ids, order, plans and tags are what they were, and only the links of the changed texts are looked at.
//! Either way the site is the one that a fresh compilation makes.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::documents::{self, Memory, Read};
use super::learnt::Learnt;
use super::{Compiled, Found, Options, labels, policy, unknown_templates};
use crate::config;
use crate::diagnostic::policy::Policy;
use crate::diagnostic::{Checked, Diagnostics};
use crate::document::Document;
use crate::links::{self, Asset, Checks, Links, Table};
use crate::markdown;
use crate::plan;
use crate::roadmap::{self, DocumentIx};
use crate::search::{self, Corpus};
use crate::site::pages::{Ingredients, SEARCH_SCRIPT, known_paths, outputs};
use crate::site::{Site, index, tags};
use crate::source::{FileId, Folder};
use crate::theme;
use crate::urls::Urls;

/// Compiles the same site, as it changes.
pub struct Session {
    options: Options,
    learnt: Learnt,
    last: Option<Last>,
}

/// What one compilation leaves for the next.
struct Last {
    /// The folder as it came in.
    folder: Checked<Folder>,
    read: Read,
    search: Option<search::Files>,
    compiled: Compiled,
}

impl Session {
    /// A session that remembers nothing yet.
    pub fn new(options: Options) -> Self {
        Session::with(options, Learnt::default())
    }

    /// A session that knows what another learnt.
    pub fn with(options: Options, learnt: Learnt) -> Self {
        Session { options, learnt, last: None }
    }

    /// Compiles the site as its folder is now.
    pub fn compile(&mut self, folder: Checked<Folder>) -> Compiled {
        self.compile_watched(folder, &mut |_| {})
    }

    /// [`Session::compile`], which tells the name of each stage that has ended.
    pub fn compile_watched(&mut self, folder: Checked<Folder>, ended: &mut dyn FnMut(&'static str)) -> Compiled {
        let last = self.last.take();
        let now = last.as_ref().and_then(|last| last.with_texts(&folder));
        let now = now.unwrap_or_else(|| whole(folder, &self.options, (&self.learnt, last.as_ref()), ended));
        // From now on the last site knows more.
        self.learnt = Learnt::default();
        self.last.insert(now).compiled.clone()
    }
}

/// Compiles a whole site; only documents are remembered.
fn whole(
    came: Checked<Folder>,
    options: &Options,
    (learnt, last): (&Learnt, Option<&Last>),
    ended: &mut dyn FnMut(&'static str),
) -> Last {
    let Checked { value: mut folder, diagnostics: mut before } = came.clone();
    let source = folder.sources.get(folder.config).clone();
    let config = config::read(folder.config, &source, &mut before);
    let theme = theme::load(&mut folder, &config, &mut before);
    let labels = labels(&theme.words);
    ended("theme");
    let markdown = markdown::Options { raw_html: config.raw_html, highlight: options.highlight, labels };
    let memory = last.map(|last| Memory {
        read: &last.read,
        sources: &last.folder.value.sources,
        options: &last.compiled.site.markdown,
    });
    let read = documents::read(&mut folder, &markdown, (memory, learnt.outlines(&markdown)));
    let documents = read.documents.clone();
    before.append(read.misplaced.clone());
    ended("documents");
    let policy = policy(&config, &documents);

    let asked = roadmap::Options {
        drafts: options.drafts || config.build.drafts,
        wanted: policy.wanted(),
        today: options.judged_on,
    };
    let resolved = roadmap::resolve(&documents, &folder.sources, &config, asked);
    let mut together = resolved.diagnostics;
    let roadmaps = plan::derive(resolved.value);
    ended("roadmaps");
    let tags = tags::tags(&roadmaps, &documents, &mut together);
    let corpus = Corpus { documents: &documents, roadmaps: &roadmaps, sources: &folder.sources };
    // Without the theme's script the page would find nothing.
    let search = (config.search && theme.has_static(SEARCH_SCRIPT)).then(|| search::files(&corpus));
    let others = known_paths(&roadmaps, &tags, search, &theme, &folder.statics);
    let table = Table::new(read.paths.clone(), &roadmaps, folder.assets.clone(), others);
    let known = Links { documents: &documents, site: &roadmaps, table: &table };
    let checks = Checks { markdown: &markdown, sources: &folder.sources, wanted: policy.wanted() };
    let plan = || {
        let mut found = Diagnostics::default();
        let plans = plan::plan(&roadmaps, &mut found);
        plan::lints(&roadmaps, &plans, &documents, policy.wanted(), &mut found);
        (plans, found)
    };
    let ((plans, found), (assets, links)) = rayon::join(plan, || links::check(&known, checks));
    together.append(found);
    ended("plans and links");
    let mut files = Diagnostics::default();
    unknown_templates(&roadmaps, &documents, &theme, &mut files);
    let calendars = plans.iter().map(|plan| options.today.is_some() && plan.has_times()).collect();
    let ingredients = Ingredients {
        documents: &documents,
        roadmaps: &roadmaps,
        tags: &tags,
        search,
        theme: &theme,
        calendars,
        assets: &assets,
    };
    let list = || outputs(&ingredients, &mut folder, &mut files);
    let (index, outputs) = rayon::join(|| index::index(&roadmaps, &plans, &documents), list);
    let base_url = options.base_url.clone().unwrap_or_else(|| config.base_url.clone());
    let site = Site {
        urls: Urls { base_url, offline: options.offline },
        config,
        sources: folder.sources,
        documents,
        roadmaps: Arc::new(roadmaps),
        plans: Arc::new(plans),
        tags: Arc::new(tags),
        table: Arc::new(table),
        index: Arc::new(index),
        theme: Arc::new(theme),
        today: options.today,
        markdown,
        tallies: Arc::clone(last.map_or(learnt.tallies(), |last| last.compiled.site.known_tallies())),
        found: Arc::new(OnceLock::new()),
        outputs: Arc::new(outputs),
    };
    ended("list of files");
    let found = Found { before, documents: read.found.clone(), together, links, files };
    Last { folder: came, read, search, compiled: Compiled { site, policy, found } }
}

impl Last {
    /// The site with other texts, where nothing but bodies of texts has changed since.
    fn with_texts(&self, came: &Checked<Folder>) -> Option<Last> {
        let changed = self.changed(came)?;
        let Compiled { site, policy, found } = &self.compiled;
        let (mut site, mut found, mut read) = (site.clone(), found.clone(), self.read.clone());
        let mut anchors_stay = true;
        for (at, file) in &changed {
            let text = Arc::clone(&came.value.sources.get(*file).text);
            site.sources.replace(*file, text);
            let old = &self.read.documents[*at];
            let outline = |text: &str| markdown::outline(text, &site.markdown);
            let (document, problems) = documents::one(*file, &site.sources, old.place.clone(), outline);
            if !has_same_front(old, &document, (&self.compiled.site, &site)) {
                return None;
            }
            anchors_stay &= old.outline.anchors == document.outline.anchors;
            read.found[*at] = problems.clone();
            found.documents[*at] = problems;
            read.documents[*at] = Arc::clone(&document);
            site.documents[*at] = document;
        }
        let corpus = Corpus { documents: &site.documents, roadmaps: &site.roadmaps, sources: &site.sources };
        if self.search.is_some_and(|files| files != search::files(&corpus)) {
            return None;
        }
        for (at, _) in &changed {
            let assets = |site: &Site| -> BTreeSet<Asset> {
                let (assets, _) = links::check_document(&site.links(), DocumentIx(*at), checks(site, policy));
                assets.into_iter().map(|(asset, _)| asset).collect()
            };
            if assets(&site) != assets(&self.compiled.site) {
                return None;
            }
            found.links[*at] = links::check_document(&site.links(), DocumentIx(*at), checks(&site, policy)).1;
        }
        if !anchors_stay {
            found.links = links::check(&site.links(), checks(&site, policy)).1;
        }
        site.tallies = Arc::clone(site.known_tallies());
        site.found = Arc::new(OnceLock::new());
        let compiled = Compiled { site, policy: policy.clone(), found };
        Some(Last { folder: came.clone(), read, search: self.search, compiled })
    }

    /// The documents whose texts have changed; `None` where anything else has.
    fn changed(&self, came: &Checked<Folder>) -> Option<Vec<(usize, FileId)>> {
        let (old, new) = (&self.folder.value, &came.value);
        let is_quiet = |folder: &Checked<Folder>| folder.diagnostics.iter().next().is_none();
        if !is_quiet(came) || !is_quiet(&self.folder) || !old.has_same_files(new) {
            return None;
        }
        let mut changed = Vec::new();
        for ((file, before), (_, now)) in old.sources.iter().zip(new.sources.iter()) {
            if before.text != now.text {
                changed.push((self.read.documents.binary_search_by_key(&file, |document| document.file).ok()?, file));
            }
        }
        Some(changed)
    }
}

fn checks<'a>(site: &'a Site, policy: &Policy) -> Checks<'a> {
    Checks { markdown: &site.markdown, sources: &site.sources, wanted: policy.wanted() }
}

/// Whether all that other documents can see of one is as it was. Its front matter has the same bytes at the same
/// places; that it became empty, or no longer is, is a matter of the whole site.
fn has_same_front(old: &Document, new: &Document, (before, after): (&Site, &Site)) -> bool {
    let front =
        |site: &Site, document: &Document| site.sources.get(document.file).text[..document.body.start].to_owned();
    front(before, old) == front(after, new) && old.outline.is_empty == new.outline.is_empty
}
