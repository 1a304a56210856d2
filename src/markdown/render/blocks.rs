//! Blocks: headings, lists, quotes, alerts, tables and code.
//!
//! * In: the events that open and close them.
//! * Out: their elements.
//! * Refuses to: write an attribute of the author's but ids and classes of headings, or an inline style.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::super::events::Piece;
use super::super::{highlight, ids, write};
use super::Renderer;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    cell: usize,
    head: bool,
    /// Whether a row of the body was opened.
    body: bool,
    /// How the open cell is closed.
    close: &'static str,
}

impl Renderer<'_> {
    pub(super) fn start(&mut self, tag: &Tag<'_>, piece: &Piece<'_>, rest: &[Piece<'_>]) {
        match tag {
            Tag::Paragraph => self.line("<p>"),
            Tag::Heading { classes, .. } => self.heading(piece.span.start, classes),
            Tag::BlockQuote(None) => self.line("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(None) => self.line("<ul>\n"),
            Tag::List(Some(1)) => self.line("<ol>\n"),
            Tag::List(Some(first)) => self.line(&format!("<ol start=\"{first}\">\n")),
            Tag::Item if is_task(rest) => self.line("<li class=\"task\">"),
            Tag::Item => self.line("<li>"),
            Tag::DefinitionList => self.line("<dl>\n"),
            Tag::DefinitionListTitle => self.line("<dt>"),
            Tag::DefinitionListDefinition => self.line("<dd>"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(rest),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { .. } => self.link(tag, &piece.span, rest),
            Tag::Image { .. } => self.image(tag, &piece.span),
            // Not in the dialect, or handled where events are read.
            Tag::Superscript | Tag::Subscript | Tag::HtmlBlock => {}
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.out.push_str("</tr></thead>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            tag => self.out.push_str(closing(tag)),
        }
    }

    /// Headings are planned before they are rendered: the event says only where they are.
    fn heading(&mut self, at: usize, classes: &[pulldown_cmark::CowStr<'_>]) {
        let heading = self.headings.get(&at).copied();
        let level = (heading.map_or(2, |heading| heading.level) + self.within.deeper).min(6);
        self.open_headings.push(level);
        self.line(&format!("<h{level}"));
        if let Some(heading) = heading {
            self.attribute("id", &heading.id);
        }
        let classes: Vec<String> = classes.iter().map(|class| ids::sanitised(class)).collect();
        let classes = classes.join(" ");
        if !classes.trim().is_empty() {
            self.attribute("class", classes.trim());
        }
        self.out.push('>');
    }

    fn end_heading(&mut self) {
        let level = self.open_headings.pop().unwrap_or(2);
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, at) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        self.line(&format!("<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">"));
        write::text(&mut self.out, &self.options.labels.alerts[at]);
        self.out.push_str("</p>\n");
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Indented => String::new(),
            CodeBlockKind::Fenced(info) => language(info),
        };
        self.line("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.attribute("class", &format!("lang-{language}"));
        }
        self.out.push('>');
        self.code = Some(language);
    }

    pub(super) fn code_text(&mut self, code: &str) {
        match &self.code {
            Some(language) if self.options.highlight => {
                self.out.push_str(&highlight::highlight(code, language));
            }
            _ => write::text(&mut self.out, code),
        }
    }

    fn end_code_block(&mut self) {
        self.code = None;
        self.out.push_str("</code></pre>\n");
    }

    pub(super) fn checkbox(&mut self, done: bool) {
        self.out.push_str(if done {
            "<input type=\"checkbox\" checked disabled"
        } else {
            "<input type=\"checkbox\" disabled"
        });
        self.attribute("aria-label", &self.options.labels.task[usize::from(done)]);
        self.out.push_str("> ");
    }

    /// A table scrolls by itself on a narrow screen, so it is a region that the keyboard reaches; regions
    /// of one page want different names.
    fn table(&mut self, alignments: &[Alignment]) {
        self.tables += 1;
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        let [only, other] = &self.options.labels.table;
        let name = if self.tables == 1 { only.clone() } else { numbered(other, self.tables) };
        let name = self.named(&name);
        self.line("<div class=\"table\" tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &name);
        self.out.push_str("><table>\n");
    }

    /// The name of a region, with what tells this text from others on its page.
    pub(super) fn named(&self, name: &str) -> String {
        let of = self.within.prefix.trim_end_matches(['-', '_', '.', ':']);
        if of.is_empty() { name.to_owned() } else { format!("{name} ({of})") }
    }

    fn table_head(&mut self) {
        self.table.head = true;
        self.table.cell = 0;
        self.out.push_str("<thead><tr>");
    }

    fn table_row(&mut self) {
        if !self.table.body {
            self.out.push_str("<tbody>\n");
        }
        self.table.body = true;
        self.table.head = false;
        self.table.cell = 0;
        self.out.push_str("<tr>");
    }

    fn table_cell(&mut self, rest: &[Piece<'_>]) {
        // An empty corner heads nothing, and a heading without text is a fault to screen readers.
        let empty = matches!(rest.first(), Some(Piece { event: Event::End(TagEnd::TableCell), .. }));
        let (open, close) = match (self.table.head, empty) {
            (true, false) => ("<th scope=\"col\"", "</th>"),
            _ => ("<td", "</td>"),
        };
        self.out.push_str(open);
        self.out.push_str(match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.close = close;
    }

    fn end_table_cell(&mut self) {
        self.out.push_str(self.table.close);
        self.table.cell += 1;
    }

    fn end_table(&mut self) {
        self.out.push_str(if self.table.body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }
}

fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::BlockQuote(None) => "</blockquote>\n",
        TagEnd::BlockQuote(Some(_)) => "</div>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::DefinitionList => "</dl>\n",
        TagEnd::DefinitionListTitle => "</dt>\n",
        TagEnd::DefinitionListDefinition => "</dd>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        _ => "",
    }
}

/// Whether an item, whose content `rest` begins with, has a checkbox.
fn is_task(rest: &[Piece<'_>]) -> bool {
    let mut events = rest.iter().map(|piece| &piece.event);
    match events.next() {
        Some(Event::TaskListMarker(_)) => true,
        Some(Event::Start(Tag::Paragraph)) => {
            matches!(events.next(), Some(Event::TaskListMarker(_)))
        }
        _ => false,
    }
}

/// The language that a fence names: its first word, also in `rust,ignore`, `js{1,3}` and `{.python}`.
fn language(info: &str) -> String {
    info.trim_start_matches(|c: char| c.is_whitespace() || c == '{' || c == '.')
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':'))
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '#' | '_' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A label with its number.
pub(super) fn numbered(label: &str, number: impl std::fmt::Display) -> String {
    label.replace("$n", &number.to_string())
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn fences_name_a_language() {
        for (info, expected) in [
            ("Rust", "rust"),
            ("rust,ignore", "rust"),
            ("js{1,3} title=x", "js"),
            ("{.python .numbered}", "python"),
            ("c++", "c++"),
            ("c#", "c#"),
            ("\"><script>", "script"),
            ("", ""),
        ] {
            assert_eq!(language(info), expected);
        }
    }
}
