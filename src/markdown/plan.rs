//! The plan of a text: which ids it has, and in which order its footnotes stand.
//!
//! * In: a [`Document`].
//! * Out: a [`Plan`], the same for an outline and for a page.
//! * Refuses to: render, or look at where links lead.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::events::{Document, Piece};
use super::ids::{self, Ids};
use super::{Heading, Options, RawHtml, raw_html};

/// The ids of a text and the order of its footnotes.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Headings in the order of the document's parts.
    pub(super) headings: Vec<Heading>,
    /// Footnotes in the order of their definitions.
    pub(super) notes: Vec<PlannedNote>,
    /// Indices of `notes` in the order in which they stand on the page.
    pub(super) order: Vec<usize>,
    /// Ids in raw HTML that reaches the page.
    pub(super) raw_ids: Vec<String>,
    by_label: BTreeMap<String, usize>,
}

/// A footnote's ids.
#[derive(Debug)]
pub(super) struct PlannedNote {
    pub(super) id: String,
    /// Its number on the page, from 1.
    pub(super) number: usize,
    /// The ids of the references to it, in the order of the page.
    pub(super) references: Vec<String>,
}

impl Plan {
    /// The footnote with a label, which has no case.
    pub(super) fn note(&self, label: &str) -> Option<usize> {
        self.by_label.get(&folded(label)).copied()
    }

    /// Every id of the text.
    pub(super) fn anchors(&self) -> Vec<String> {
        let headings = self.headings.iter().map(|heading| &heading.id);
        let notes = self.notes.iter().flat_map(|note| std::iter::once(&note.id).chain(&note.references));
        headings.chain(&self.raw_ids).chain(notes).cloned().collect()
    }
}

/// Plans a document. `prefix` begins every id made here, for texts that share a page.
pub(super) fn plan(document: &Document<'_>, options: &Options, prefix: &str) -> Plan {
    let mut plan = Plan::default();
    let mut ids = Ids::default();
    if options.raw_html != RawHtml::Escape {
        plan.raw_ids = raw_ids(document);
        plan.raw_ids.iter().for_each(|id| ids.reserve(id));
    }
    // What an author asked for by name goes before what is made here.
    let mut headings = drafts(document);
    for (heading, wanted) in &mut headings {
        if let Some(wanted) = wanted {
            heading.id = ids.claim(&format!("{prefix}{wanted}"));
        }
    }
    plan_notes(document, &mut plan, &mut ids, prefix);
    for (heading, wanted) in &mut headings {
        if wanted.is_none() {
            let slug = ids::slug(&heading.text);
            let slug = if slug.is_empty() { "section" } else { &slug };
            heading.id = ids.claim(&format!("{prefix}{slug}"));
        }
    }
    plan.headings = headings.into_iter().map(|(heading, _)| heading).collect();
    plan
}

fn raw_ids(document: &Document<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for piece in document.parts().flatten() {
        if let Event::Html(html) | Event::InlineHtml(html) = &piece.event {
            raw_html::ids(html, &mut found);
        }
    }
    found
}

/// The headings, each with the id that its author gave it, and levels as they are rendered.
fn drafts(document: &Document<'_>) -> Vec<(Heading, Option<String>)> {
    let mut drafts: Vec<(Heading, Option<String>)> = Vec::new();
    for part in document.parts() {
        let mut inside = false;
        for piece in part {
            match &piece.event {
                Event::Start(Tag::Heading { level, id, .. }) => {
                    inside = true;
                    let wanted = id.as_deref().map(ids::sanitised).filter(|id| !id.is_empty());
                    drafts.push((draft(*level, piece), wanted));
                }
                Event::End(TagEnd::Heading(_)) => inside = false,
                event if inside => {
                    if let (Some((heading, _)), Some(text)) = (drafts.last_mut(), text_of(event)) {
                        heading.text.push_str(text);
                    }
                }
                _ => {}
            }
        }
    }
    finish(drafts)
}

fn draft(level: HeadingLevel, piece: &Piece<'_>) -> Heading {
    Heading { level: level as u8, id: String::new(), text: String::new(), span: piece.span.clone() }
}

/// The page has its `h1` already: a text that has one too is moved down a level.
fn finish(mut drafts: Vec<(Heading, Option<String>)>) -> Vec<(Heading, Option<String>)> {
    let shift = u8::from(drafts.iter().any(|(heading, _)| heading.level == 1));
    for (heading, _) in &mut drafts {
        heading.level = (heading.level + shift).min(6);
        heading.text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    drafts
}

/// What an event is without markup.
pub(super) fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::InlineMath(text) | Event::DisplayMath(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}

fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Gives footnotes their ids, and the order of the page: by first reference, those that only a
/// footnote refers to after it, those without any reference at the end.
fn plan_notes(document: &Document<'_>, plan: &mut Plan, ids: &mut Ids, prefix: &str) {
    let mut slugs = Vec::new();
    for (index, note) in document.notes.iter().enumerate() {
        let slug = ids::slug(&note.label);
        let id = ids.claim(&format!("{prefix}fn-{slug}"));
        plan.notes.push(PlannedNote { id, number: 0, references: Vec::new() });
        plan.by_label.entry(folded(&note.label)).or_insert(index);
        slugs.push(slug);
    }
    refer(&document.body, plan, ids, |index| format!("{prefix}fnref-{}", slugs[index]));
    let mut done = 0;
    let mut unasked = 0;
    while plan.order.len() < document.notes.len() || done < plan.order.len() {
        if done == plan.order.len() {
            while plan.notes[unasked].number > 0 {
                unasked += 1;
            }
            number(plan, unasked);
        }
        let note = &document.notes[plan.order[done]];
        refer(&note.pieces, plan, ids, |index| format!("{prefix}fnref-{}", slugs[index]));
        done += 1;
    }
}

/// Notes every reference of a part.
fn refer(part: &[Piece<'_>], plan: &mut Plan, ids: &mut Ids, wanted: impl Fn(usize) -> String) {
    for piece in part {
        let Event::FootnoteReference(label) = &piece.event else {
            continue;
        };
        let Some(index) = plan.note(label) else {
            continue;
        };
        number(plan, index);
        plan.notes[index].references.push(ids.claim(&wanted(index)));
    }
}

/// Puts a footnote next on the page unless it has its place.
fn number(plan: &mut Plan, index: usize) {
    if plan.notes[index].number == 0 {
        plan.order.push(index);
        plan.notes[index].number = plan.order.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::*;

    fn of(text: &str) -> Plan {
        plan(&events::read(text), &Options::default(), "")
    }

    fn ids(text: &str) -> Vec<String> {
        of(text).headings.into_iter().map(|heading| heading.id).collect()
    }

    #[test]
    fn headings_have_ids_of_their_own() {
        assert_eq!(ids("# A b\n\n## A b\n\n## `A` *b*\n"), ["a-b", "a-b-1", "a-b-2"]);
        assert_eq!(ids("# A\n\n# B {#a}\n\n# C {#a}\n"), ["a-2", "a", "a-1"]);
        assert_eq!(ids("# !\n\n#\n\n# ?? {#\"'}\n"), ["section", "section-1", "section-2"]);
        assert_eq!(ids("<b id=a></b>\n\n# A\n"), ["a-1"]);
        assert_eq!(ids("# ![alt](x.png)\n"), ["alt"]);
    }

    #[test]
    fn levels_move_down_if_there_is_a_first() {
        let levels = |text: &str| of(text).headings.iter().map(|h| h.level).collect::<Vec<_>>();
        assert_eq!(levels("## a\n\n### b\n\n###### c"), [2, 3, 6]);
        assert_eq!(levels("# a\n\n## b\n\n###### c"), [2, 3, 6]);
        assert_eq!(levels("### a\n\n# b"), [4, 2]);
    }

    #[test]
    fn footnotes_stand_in_the_order_of_their_references() {
        let plan = of("[^b] [^A] [^b]\n\n[^a]: x [^c]\n[^b]: y\n[^c]: z\n[^d]: w\n\n# Fn a\n");
        assert_eq!(plan.order, [1, 0, 2, 3]);
        assert_eq!(plan.notes[1].references, ["fnref-b", "fnref-b-1"]);
        assert_eq!(plan.notes[3].references, Vec::<String>::new());
        assert_eq!(plan.headings[0].id, "fn-a-1");
    }

    #[test]
    fn a_prefix_begins_every_id() {
        let document = events::read("# A\n\n[^n]\n\n[^n]: x\n");
        let anchors = plan(&document, &Options::default(), "t-").anchors();
        assert_eq!(anchors, ["t-a", "t-fn-n", "t-fnref-n"]);
    }
}
