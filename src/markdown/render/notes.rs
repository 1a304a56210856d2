//! Footnotes: references in the text, and the notes at its end.
//!
//! * In: the footnotes and their plan.
//! * Out: numbered references that lead to a note, and notes that lead back to every reference.
//! * Refuses to: drop a note that nothing refers to; it stands last.

use super::super::events::Note;
use super::super::write;
use super::Renderer;
use super::blocks::numbered;

impl Renderer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        let plan = self.plan;
        let Some(index) = plan.note(label) else {
            return write::text(&mut self.out, &format!("[^{label}]"));
        };
        let note = &plan.notes[index];
        let id = note.references.get(self.referred[index]);
        self.referred[index] += 1;
        self.out.push_str("<sup class=\"footnote-ref\"><a");
        if let Some(id) = id {
            self.attribute("id", id);
        }
        self.attribute("href", &format!("#{}", note.id));
        let number = note.number;
        self.out.push_str(" role=\"doc-noteref\"");
        self.attribute("aria-label", &numbered(&self.options.labels.footnote, number));
        self.out.push_str(&format!(">{number}</a></sup>"));
    }

    pub(super) fn notes(&mut self, notes: &[Note<'_>]) {
        if notes.is_empty() {
            return;
        }
        let name = self.named(&self.options.labels.footnotes);
        self.line("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.attribute("aria-label", &name);
        self.out.push_str("><ol>\n");
        let plan = self.plan;
        for index in &plan.order {
            self.note(*index, &notes[*index]);
        }
        self.out.push_str("</ol></section>\n");
    }

    fn note(&mut self, index: usize, note: &Note<'_>) {
        self.out.push_str("<li");
        let plan = self.plan;
        self.attribute("id", &plan.notes[index].id);
        self.out.push_str(">\n");
        let begun = self.out.len();
        self.pieces(&note.pieces);
        let end = "</p>\n";
        let in_paragraph = self.out[begun..].ends_with(end);
        if in_paragraph {
            self.out.truncate(self.out.len() - end.len());
        } else if !plan.notes[index].references.is_empty() {
            self.line("<p>");
        }
        self.back_links(index);
        if in_paragraph || !plan.notes[index].references.is_empty() {
            self.out.push_str(end);
        }
        self.out.push_str("</li>\n");
    }

    fn back_links(&mut self, index: usize) {
        let note = &self.plan.notes[index];
        for (at, id) in note.references.iter().enumerate() {
            let number = if at == 0 { note.number.to_string() } else { format!("{}-{}", note.number, at + 1) };
            let name = numbered(&self.options.labels.footnote_back, number);
            self.out.push_str(" <a class=\"footnote-back\"");
            self.attribute("href", &format!("#{id}"));
            self.out.push_str(" role=\"doc-backlink\"");
            self.attribute("aria-label", &name);
            self.out.push_str(">↩</a>");
        }
    }
}
