//! How a text falls into words, for what is indexed here and, by the same rules, for what is asked in the browser
//! (`static/search-words.js` of the default theme). `tests/shared/words.json` holds both to the same answers.
//!
//! A word is a run of letters, digits and marks; apostrophes within it are dropped, and `+` and `#` at its end belong
//! to it (`C++`, `C#`). Chinese, Japanese and Korean become pairs of characters, as nothing tells where their words end.
//! Case, diacritics and the width of characters are folded.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// The most characters that a word keeps: what is longer is no word that anybody types.
const LONGEST: usize = 40;
/// The most parts of a compound that is also found in one word: more are addresses and paths.
const MOST_PARTS: usize = 4;

/// The words of a text in their order, repeated as they are. Words that one sign joins are followed by the whole
/// without it: `Node.js` gives `node`, `js` and `nodejs`.
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each(text, &mut |term| terms.push(term.to_owned()));
    terms
}

/// Visits the [`terms`] of a text, one after the other, without keeping them.
pub fn each(text: &str, visit: &mut impl FnMut(&str)) {
    let runs = runs(text);
    let (mut word, mut whole) = (String::new(), String::new());
    let mut start = 0;
    while start < runs.len() {
        let joined = |at: &usize| runs[at - 1].joins(&runs[*at], text);
        let end = (start + 1..runs.len()).take_while(joined).last().unwrap_or(start) + 1;
        let group = &runs[start..end];
        let is_compound = (2..=MOST_PARTS).contains(&group.len());
        let mut found = 0;
        whole.clear();
        for run in group {
            word.clear();
            fold(&text[run.start..run.end], &mut word);
            if run.dense {
                pairs(&word, visit);
            } else if !word.is_empty() {
                let is_short = word.len() <= LONGEST;
                let cut = || word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at);
                let end = if is_short { word.len() } else { cut() };
                visit(&word[..end]);
                found += 1;
                if is_compound {
                    whole.push_str(&word[..end]);
                }
            }
        }
        if is_compound && found == group.len() && whole.chars().count() <= LONGEST {
            visit(&whole);
        }
        start = end;
    }
}

/// Part of a text without a word's end in it.
struct Run {
    start: usize,
    end: usize,
    /// Of a script that puts no blanks between words.
    dense: bool,
}

impl Run {
    /// Whether one sign alone stands between this run and the next, as in `CI/CD`.
    fn joins(&self, next: &Run, text: &str) -> bool {
        // No joiner has more than three bytes.
        if next.start - self.end > 3 {
            return false;
        }
        let mut between = text[self.end..next.start].chars();
        let joiner = matches!(between.next(), Some('.' | '/' | '-' | '_' | '&' | '\u{2010}' | '\u{2011}'));
        joiner && between.next().is_none() && !self.dense && !next.dense
    }
}

fn pairs(word: &str, visit: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    match starts.len() {
        0 | 1 => {}
        2 => visit(word),
        _ => starts.windows(3).for_each(|pair| visit(&word[pair[0]..pair[2]])),
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    loop {
        // Most of what parts words is a blank: no character need be read for that.
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).count();
        let Some(c) = text[at..].chars().next() else { return runs };
        if !is_word(c) {
            at += c.len_utf8();
            continue;
        }
        let end = piece_end(text, at);
        match text[at..end].is_ascii() {
            true => runs.push(Run { start: at, end, dense: false }),
            false => by_script(text, at, end, &mut runs),
        }
        if let Some(last) = runs.last_mut().filter(|run| !run.dense) {
            last.end = signs_end(text, end);
        }
        at = runs.last().map_or(end, |run| run.end);
    }
}

/// The end of the letters from `start` on, over apostrophes between two of them.
fn piece_end(text: &str, start: usize) -> usize {
    let plain = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if text.as_bytes().get(start + plain).is_none_or(|next| next.is_ascii() && *next != b'\'') {
        return start + plain;
    }
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_word(c) {
            end = start + at + c.len_utf8();
        } else if !(is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| is_word(*next))) {
            break;
        }
    }
    end
}

/// Splits a piece where its script begins or ends to be one without blanks; a mark goes with what it stands on.
fn by_script(text: &str, start: usize, end: usize, runs: &mut Vec<Run>) {
    let mut run = Run { start, end: start, dense: false };
    for (at, c) in text[start..end].char_indices() {
        let dense = if is_mark(c) || is_ignored(c) || is_apostrophe(c) { run.dense } else { is_dense(c) };
        if dense != run.dense {
            let next = Run { start: start + at, end: start + at, dense };
            runs.extend(Some(std::mem::replace(&mut run, next)).filter(|run| run.start < run.end));
        }
        run.end = start + at + c.len_utf8();
    }
    runs.push(run);
}

/// Behind the `+` and `#` that end a word; signs before another letter join two words and end none.
fn signs_end(text: &str, end: usize) -> usize {
    let rest = text[end..].trim_start_matches(['+', '#']);
    if rest.starts_with(is_word) { end } else { text.len() - rest.len() }
}

/// Adds a run as it is searched to an empty text.
fn fold(run: &str, out: &mut String) {
    if run.is_ascii() {
        out.push_str(run);
        out.make_ascii_lowercase();
        if run.contains('\'') {
            out.retain(|c| c != '\'');
        }
        return;
    }
    let mut folded = String::with_capacity(run.len());
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize(run).chars().flat_map(char::to_lowercase) {
        match c {
            c if is_diacritic(c) || is_ignored(c) => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            '+' | '#' => folded.push(c),
            c if is_word(c) => folded.push(c),
            _ => {}
        }
    }
    out.push_str(&ComposingNormalizerBorrowed::new_nfc().normalize(&folded));
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_mark(c) || is_ignored(c))
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Characters without a width that tell where a word may be broken or its letters be joined.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Marks that readers leave out as they type; those of Indic scripts are vowels, and of Japanese other letters.
fn is_diacritic(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5c7}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Han, Kana, Bopomofo and Hangul, half-width forms among them.
fn is_dense(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ffdc}'
            | '\u{20000}'..='\u{3ffff}'
    )
}
