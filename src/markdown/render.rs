//! Rendering: a text becomes HTML.
//!
//! * In: a Markdown text, options, and the caller's word on where each link leads.
//! * Out: HTML in which everything is escaped that the author did not write as HTML.
//! * Refuses to: render a link or picture with an active scheme, whatever the caller says.

mod blocks;
mod inlines;
mod notes;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use self::blocks::Table;
use self::inlines::Image;
use super::events::{self, Document, Piece};
use super::plan::{Plan, plan};
use super::{Heading, Html, Link, Options, RawHtml, Target, math, sanitize, write};

/// Renders a text. `resolve` is asked about every link and picture but those with an active scheme, in
/// the order of the page.
#[must_use]
pub fn to_html(text: &str, options: &Options, resolve: &dyn Fn(&Link) -> Target) -> Html {
    to_html_within(text, options, Within::default(), resolve)
}

/// What a text that shares its page with others needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Within<'a> {
    /// Begins every id made here, so that footnotes and headings of different texts do not meet.
    pub prefix: &'a str,
    /// By how many levels its headings stand deeper, down to the sixth.
    pub deeper: u8,
}

/// Renders a text for a page that it shares with others. A link within the text (`#place`) is resolved by the
/// caller like any other and needs the prefix too. Ids in raw HTML stay as they are.
#[must_use]
pub fn to_html_within(text: &str, options: &Options, within: Within<'_>, resolve: &dyn Fn(&Link) -> Target) -> Html {
    let document = events::read(text);
    render(&document, options, within, resolve)
}

/// Renders a short text, without the paragraph around it if it is a single one.
#[must_use]
pub fn inline_html(text: &str, options: &Options, resolve: &dyn Fn(&Link) -> Target) -> String {
    let mut document = events::read(text);
    let is_end = |piece: &Piece<'_>| matches!(piece.event, Event::End(TagEnd::Paragraph));
    let single = document.notes.is_empty()
        && matches!(document.body.first(), Some(Piece { event: Event::Start(Tag::Paragraph), .. }))
        && document.body.iter().position(is_end) == document.body.len().checked_sub(1);
    if single {
        document.body.pop();
        document.body.remove(0);
    }
    render(&document, options, Within::default(), resolve).html
}

fn render(document: &Document<'_>, options: &Options, within: Within<'_>, resolve: &dyn Fn(&Link) -> Target) -> Html {
    let plan = plan(document, options, within.prefix);
    let mut renderer = Renderer::new(options, within, resolve, &plan);
    renderer.pieces(&document.body);
    renderer.notes(&document.notes);
    let html = renderer.out;
    let html = match options.raw_html {
        RawHtml::Sanitize => sanitize::clean(&html),
        RawHtml::Keep | RawHtml::Escape => html,
    };
    Html { html, headings: plan.headings }
}

/// What is known while events become HTML.
struct Renderer<'r> {
    out: String,
    options: &'r Options,
    within: Within<'r>,
    resolve: &'r dyn Fn(&Link) -> Target,
    plan: &'r Plan,
    /// The headings by the byte they begin at.
    headings: BTreeMap<usize, &'r Heading>,
    /// For each open link whether it was rendered as one.
    links: Vec<bool>,
    /// The level of the open heading.
    open_headings: Vec<u8>,
    /// Set inside a wiki link without text of its own: the text in the events is its destination.
    silent: bool,
    image: Option<Image>,
    table: Table,
    tables: usize,
    /// The language of the open code block.
    code: Option<String>,
    /// How many references to each footnote were rendered.
    referred: Vec<usize>,
}

impl<'r> Renderer<'r> {
    fn new(options: &'r Options, within: Within<'r>, resolve: &'r dyn Fn(&Link) -> Target, plan: &'r Plan) -> Self {
        let headings = plan.headings.iter().map(|heading| (heading.span.start, heading));
        Self {
            out: String::new(),
            options,
            within,
            resolve,
            plan,
            headings: headings.collect(),
            links: Vec::new(),
            open_headings: Vec::new(),
            silent: false,
            image: None,
            table: Table::default(),
            tables: 0,
            code: None,
            referred: vec![0; plan.notes.len()],
        }
    }

    fn pieces(&mut self, pieces: &[Piece<'_>]) {
        for (at, piece) in pieces.iter().enumerate() {
            let rest = &pieces[at + 1..];
            match &piece.event {
                Event::Start(tag) => self.start(tag, piece, rest),
                Event::End(tag) => self.end(*tag),
                event => self.leaf(event),
            }
        }
    }

    fn leaf(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.element("code", code),
            Event::InlineMath(latex) => self.math(latex, false),
            Event::DisplayMath(latex) => self.math(latex, true),
            Event::Html(html) => self.html_block(html),
            Event::InlineHtml(html) => self.html_inline(html),
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.line("<hr>\n"),
            Event::TaskListMarker(done) => self.checkbox(*done),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.alternative.push_str(text);
        } else if self.code.is_some() {
            self.code_text(text);
        } else if !self.silent {
            write::text(&mut self.out, text);
        }
    }

    fn element(&mut self, name: &str, content: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        write::text(&mut self.out, content);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        write::attribute(&mut self.out, value);
        self.out.push('"');
    }

    /// Writes the beginning of a block on a line of its own.
    fn line(&mut self, html: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(html);
    }

    fn math(&mut self, latex: &str, block: bool) {
        match math::to_mathml(latex, block) {
            Ok(mathml) if block => {
                // A formula wider than a phone scrolls, by keyboard too. A paragraph holds no `div`.
                self.out.push_str("<span class=\"math\" tabindex=\"0\" role=\"group\"");
                self.attribute("aria-label", &self.options.labels.formula);
                self.out.push('>');
                self.out.push_str(&mathml);
                self.out.push_str("</span>");
            }
            Ok(mathml) => self.out.push_str(&mathml),
            Err(_) => {
                self.out.push_str("<code class=\"math-error\">");
                write::text(&mut self.out, latex);
                self.out.push_str("</code>");
            }
        }
    }

    fn html_block(&mut self, html: &str) {
        if self.options.raw_html == RawHtml::Escape {
            self.line("<p class=\"raw-html\">");
            write::text(&mut self.out, html.trim_end());
            self.out.push_str("</p>\n");
        } else {
            self.out.push_str(html);
        }
    }

    fn html_inline(&mut self, html: &str) {
        if self.options.raw_html == RawHtml::Escape {
            write::text(&mut self.out, html);
        } else {
            self.out.push_str(html);
        }
    }
}
