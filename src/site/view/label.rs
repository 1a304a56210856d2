//! What the box of a topic says, wrapped and placed.

use crate::drawing::{Rect, label};
use crate::site::views::MapText;

/// Sizes in CSS pixels; the style sheets draw with the same ones.
pub(super) const BOX_WIDTH: f64 = 224.0;
const TEXT_LEFT: f64 = 34.0;
const TEXT_RIGHT: f64 = 12.0;
const TITLE_SIZE: f64 = 14.5;
const TITLE_LINE: f64 = 18.0;
const DETAIL_LINE: f64 = 16.0;
const PADDING: f64 = 20.0;
const LEAST_HEIGHT: f64 = 40.0;

/// What a box shows.
pub(super) struct Label {
    lines: Vec<String>,
    /// The line below the title; may be empty.
    pub(super) detail: String,
    /// How high the box is.
    pub(super) height: f64,
}

impl Label {
    pub(super) fn new(title: &str, detail: String) -> Self {
        let lines = spaced(title, label::wrap(title, TITLE_SIZE, BOX_WIDTH - TEXT_LEFT - TEXT_RIGHT, true));
        let text = TITLE_LINE * lines.len() as f64 + if detail.is_empty() { 0.0 } else { DETAIL_LINE };
        Label { height: (text + PADDING).max(LEAST_HEIGHT), lines, detail }
    }

    /// The lines of the title and the detail, centred in the box.
    pub(super) fn place(&self, rect: &Rect) -> (Vec<MapText>, Option<MapText>) {
        let x = rect.x + TEXT_LEFT;
        let detail_height = if self.detail.is_empty() { 0.0 } else { DETAIL_LINE };
        let text = TITLE_LINE * self.lines.len() as f64 + detail_height;
        let top = rect.y + (rect.height - text) / 2.0;
        let line =
            |(i, line): (usize, &String)| MapText { text: line.clone(), x, y: top + TITLE_LINE * i as f64 + 13.5 };
        let lines: Vec<MapText> = self.lines.iter().enumerate().map(line).collect();
        let below = top + TITLE_LINE * self.lines.len() as f64 + 12.0;
        let detail = (!self.detail.is_empty()).then(|| MapText { text: self.detail.clone(), x, y: below });
        (lines, detail)
    }
}

/// Lines that read as the title when they are put together: one that ends between two words keeps the space,
/// one that ends inside a word does not get one.
pub(super) fn spaced(title: &str, lines: Vec<String>) -> Vec<String> {
    let mut rest = title.trim_start();
    let spaced = lines.into_iter().map(|line| {
        rest = rest.strip_prefix(line.as_str()).unwrap_or(rest);
        let between = rest.starts_with(char::is_whitespace);
        rest = rest.trim_start();
        if between { line + " " } else { line }
    });
    spaced.collect()
}
