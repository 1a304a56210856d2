//! Estimates how wide a text will be, and wraps it.
//!
//! In: a text, a font size, a width. Out: lines that fit. It refuses to cut: what does not fit goes on
//! the next line, a word too long for any line is broken.
//!
//! Nobody knows which font a reader's system has, so each character counts as wide as in the widest of
//! the usual ones: the advances are those of DejaVu Sans (as wide as Verdana) or of Liberation Sans
//! (metrics of Arial), whichever is larger.

/// The width of a text in pixels, rather too wide than too narrow.
pub fn width(text: &str, font_size: f64, bold: bool) -> f64 {
    text.chars().map(|c| advance(c, bold)).sum::<f64>() * font_size
}

/// Breaks a text into lines of at most `max_width` pixels. A line is wider only if a single character
/// is. A text without letters gives no lines.
pub fn wrap(text: &str, font_size: f64, max_width: f64, bold: bool) -> Vec<String> {
    let room = if font_size > 0.0 { max_width / font_size } else { f64::INFINITY };
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(text) {
        let glyphs: f64 = piece.trim_end().chars().map(|c| advance(c, bold)).sum();
        if used + glyphs > room && !line.is_empty() {
            finish(&mut lines, &mut line);
            used = 0.0;
        }
        if glyphs > room {
            used = break_word(&mut lines, &mut line, piece, room, bold);
        } else {
            line.push_str(piece);
            used += piece.chars().map(|c| advance(c, bold)).sum::<f64>();
        }
    }
    finish(&mut lines, &mut line);
    lines
}

/// Puts a word too long for a line on several. Returns the width of what is on the last.
fn break_word(lines: &mut Vec<String>, line: &mut String, word: &str, room: f64, bold: bool) -> f64 {
    let mut used = 0.0;
    let mut glued = false;
    for c in word.chars() {
        let wide = advance(c, bold);
        let fits = used + wide <= room;
        if c.is_whitespace() && !fits {
            // A mark may follow and keep the space from being the line's end.
            finish(lines, line);
            used = 0.0;
            continue;
        }
        if !fits && !joins(c) && !glued && !line.is_empty() {
            finish(lines, line);
            used = 0.0;
        }
        line.push(c);
        used += wide;
        glued = c == '\u{200d}';
    }
    used
}

fn finish(lines: &mut Vec<String>, line: &mut String) {
    let text = line.trim();
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
    line.clear();
}

/// The text cut where a line may end: after spaces, after a hyphen or slash within a word, and around
/// ideographs. The simple core of Unicode's line breaking (UAX 14).
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(last) = before
            && may_break(last, c, at - start)
        {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(last: char, next: char, length: usize) -> bool {
    if next.is_whitespace() || joins(next) || last == '\u{a0}' || last == '\u{200d}' {
        return false;
    }
    let after_joint = matches!(last, '-' | '/' | '\u{2013}' | '\u{2014}') && length > 2;
    last.is_whitespace()
        || (after_joint && next.is_alphanumeric())
        || (is_wide(last) && !closes(next) && !opens(last))
        || (is_wide(next) && !closes(next) && !opens(last))
}

/// Characters that belong to the one before: marks, joiners, variation selectors.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

fn closes(c: char) -> bool {
    "、。，．：；！？）」』】〉》〕ー・,.:;!?)]}".contains(c)
}

fn opens(c: char) -> bool {
    "（「『【〈《〔([{".contains(c)
}

/// Ideographs, kana, hangul, full-width forms and pictures: one full square each.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f000}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// The advance of a character as part of the font size.
fn advance(c: char, bold: bool) -> f64 {
    if let Some(place) = (c as usize).checked_sub(0x20).filter(|&place| place < REGULAR.len()) {
        return f64::from(if bold { BOLD[place] } else { REGULAR[place] }) / 1000.0;
    }
    if c.is_control() || joins(c) {
        return 0.0;
    }
    let regular = match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' => 0.4,
        '\u{2014}' | '\u{2026}' | '\u{2030}' => 1.0,
        '\u{2013}' => 0.55,
        '\u{2018}'..='\u{201a}' | '\u{b7}' => 0.35,
        _ if is_wide(c) => return if (c as u32) < 0x1f000 { 1.0 } else { 1.4 },
        _ if c.is_uppercase() => 0.85,
        'ш' | 'щ' | 'ж' | 'ю' | 'ф' | 'ы' | 'м' => 0.95,
        '\u{620}'..='\u{6ff}' => 0.75,
        _ if c.is_lowercase() => 0.67,
        _ => 0.9,
    };
    if bold { regular * 1.14 } else { regular }
}

/// Advances of `' '..='~'` in thousandths of the font size.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556,
    1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787,
    667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The same in bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611,
    1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 556, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 556,
    500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
    716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];
