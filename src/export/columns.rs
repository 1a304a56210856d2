//! Text for a terminal of 80 columns: cells that line up whatever signs they are made of, and lines that break.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// So many columns has a terminal at least.
const WIDTH: usize = 80;
/// Between two columns of a table.
const GAP: &str = "  ";

/// The edge that the cells of a column share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Words.
    Left,
    /// Numbers and times.
    Right,
}

/// Titles are one line, whatever an author writes; signs that move the cursor are left out.
pub fn one_line(title: &str) -> String {
    title.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// A table, a line a row. Its columns are as wide as their widest cell; where a line does not fit, the cells of
/// `flexible` columns are cut, one column after the other, but not below the width that stands beside it.
pub fn table(rows: &[impl AsRef<[String]>], columns: &[Column], flexible: &[(usize, usize)]) -> String {
    let widest = |at: usize| rows.iter().map(|row| row.as_ref()[at].width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns.len()).map(widest).collect();
    for (column, least) in flexible {
        let all = widths.iter().sum::<usize>() + GAP.len() * columns.len().saturating_sub(1);
        let most = widths[*column].saturating_sub(all.saturating_sub(WIDTH));
        widths[*column] = most.max((*least).min(widths[*column]));
    }
    rows.iter().map(|row| line(row.as_ref(), columns, &widths)).collect()
}

fn line(row: &[String], columns: &[Column], widths: &[usize]) -> String {
    let cells = row.iter().zip(columns).zip(widths).map(|((cell, column), width)| {
        let cell = cut(cell, *width);
        let room = " ".repeat(width.saturating_sub(cell.width()));
        if *column == Column::Left { format!("{cell}{room}") } else { format!("{room}{cell}") }
    });
    let line = cells.collect::<Vec<_>>().join(GAP);
    format!("{}\n", line.trim_end())
}

/// Cuts a text to a width; a cut one ends with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// Breaks a line between words; what follows is set in.
pub fn wrap(line: &str) -> String {
    broken("", line, 2)
}

/// Words behind what begins a line, broken where they do not fit; what follows is set in as far.
pub fn wrap_behind(beginning: &str, words: &str) -> String {
    broken(beginning, words, beginning.width() + 2)
}

fn broken(beginning: &str, words: &str, indent: usize) -> String {
    let (mut text, mut used) = (beginning.to_owned(), 0);
    let start = beginning.width();
    for word in words.split(' ') {
        if used > 0 && start + used + 1 + word.width() > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            used = indent - start;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += word.width();
    }
    text.push('\n');
    text
}
