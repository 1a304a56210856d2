//! The full text: an inverted index, cut into files of neighbouring words, so that a query asks for few of them and
//! the beginning of a word for one or two.

use serde::Serialize;

use super::entries::ONE;
use super::tally::Tallies;

/// Bytes of text that come to one file of the index, which is about half as large before compression.
const BYTES_A_CHUNK: usize = 64 * 1024;
/// Okapi BM25: how soon more of the same word adds nothing.
const SATURATION: f32 = 1.2;
/// Okapi BM25: how much a long text weighs against its words.
const LENGTH: f32 = 0.75;
/// Scores are kept as one digit.
const STEPS: f32 = 9.0;
/// A word in more than one of so many texts tells nothing, ...
const COMMON: usize = 2;
/// ... unless there are fewer texts than this, ...
const FEW: usize = 50;
/// ... and stands with this instead of its places.
const EVERYWHERE: &str = "*";

/// How many files the index of so much text is cut into.
pub fn chunks(bytes: usize) -> usize {
    bytes / BYTES_A_CHUNK + 1
}

/// A file of the index: the words from one to another, and where they are. Both are lists parted by blanks.
///
/// Where a word is: for each text the distance from the one before (from 0, the first from -1), then a digit from 1 to
/// 9 for what it is worth there. Distances are in base 32, the lowest digit first; the digits are those of base64url,
/// and every digit but the last has 32 added. `*` stands for a word that is nearly everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Chunk {
    /// The words, sorted as JavaScript does: by units of UTF-16.
    pub terms: String,
    /// For each word, where it is.
    pub postings: String,
}

/// The inverted index of texts.
pub struct Text {
    /// Its files, exactly as many as were asked for; the last ones may be empty.
    pub chunks: Vec<Chunk>,
    /// The first word of each file that is not empty.
    pub firsts: Vec<String>,
}

/// Indexes texts by their words.
pub fn index(tallies: &Tallies, chunks: usize) -> Text {
    let texts = tallies.len();
    let mut found = vec![0_usize; tallies.words().count()];
    let mut length = 0.0;
    for list in (0..texts).map(|text| tallies.list(text)) {
        length += f64::from(list.length);
        list.for_each(|(word, _)| found[word as usize] += 1);
    }
    let is_common = |count: usize| texts >= FEW && count * COMMON > texts;
    let mut postings: Vec<Postings> = found.iter().map(|count| Postings::new(is_common(*count))).collect();
    let average = (length / texts as f64) as f32;
    for text in 0..texts {
        let list = tallies.list(text);
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * list.length as f32 / average);
        list.for_each(|(word, weight)| postings[word as usize].add(text, weight as f32 / f32::from(ONE), norm));
    }
    let words = tallies.words().zip(postings).zip(found).filter(|(_, count)| *count > 0);
    let mut lines: Vec<(&str, String)> = words.map(|((term, postings), _)| (term, postings.written)).collect();
    lines.sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    cut(lines, chunks)
}

/// Where a word is, as it is written.
struct Postings {
    written: String,
    /// The first text that can come next.
    next: usize,
}

impl Postings {
    fn new(is_common: bool) -> Self {
        Postings { written: if is_common { EVERYWHERE.to_owned() } else { String::new() }, next: 0 }
    }

    fn add(&mut self, text: usize, weight: f32, norm: f32) {
        if self.written == EVERYWHERE {
            return;
        }
        distance(text - self.next, &mut self.written);
        let score = (weight / (weight + norm) * STEPS).ceil().clamp(1.0, STEPS);
        self.written.push(char::from(b'0' + score as u8));
        self.next = text + 1;
    }
}

fn distance(mut n: usize, out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    while n >= 32 {
        out.push(char::from(DIGITS[n % 32 + 32]));
        n /= 32;
    }
    out.push(char::from(DIGITS[n]));
}

/// Cuts the sorted lines into files of about the same size.
fn cut(lines: Vec<(&str, String)>, chunks: usize) -> Text {
    let size = |line: &(&str, String)| line.0.len() + line.1.len() + 2;
    let share = lines.iter().map(size).sum::<usize>() / chunks + 1;
    let mut text = Text { chunks: vec![Chunk::default(); chunks], firsts: Vec::new() };
    let mut sum = 0;
    for line in lines {
        let (at, open) = (sum / share, text.firsts.len());
        // A file begins where its share does, and behind a word that is larger than one directly after that word's.
        if open == 0 || at >= open {
            text.firsts.push(line.0.to_owned());
        }
        sum += size(&line);
        let chunk = &mut text.chunks[text.firsts.len() - 1];
        for (list, word) in [(&mut chunk.terms, line.0), (&mut chunk.postings, &line.1)] {
            if !list.is_empty() {
                list.push(' ');
            }
            list.push_str(word);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::entries::Passage;
    use super::super::tally::Countable;
    use super::*;

    fn index(texts: &[Vec<&str>], chunks: usize) -> Text {
        let entries = texts.iter().enumerate().map(|(at, passages)| Countable {
            key: *blake3::hash(&at.to_le_bytes()).as_bytes(),
            passages: || passages.iter().map(|text| Passage { text: (*text).into(), weight: ONE.into() }).collect(),
        });
        super::index(&Tallies::count(entries, &Tallies::default()), chunks)
    }

    #[test]
    fn words_say_where_they_are() {
        let text = index(&[vec!["bees make honey"], vec!["bees bees bees"]], 1);
        assert_eq!(text.chunks[0].terms, "bees honey make");
        assert_eq!(text.chunks[0].postings, "A5A7 A5 A5");
    }

    #[test]
    fn distances_have_as_many_digits_as_they_need() {
        let written = |n| {
            let mut out = String::new();
            distance(n, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 1024].map(written), ["A", "f", "gB", "ggB"]);
    }

    #[test]
    fn files_part_between_words() {
        let own: Vec<String> = (0..400).map(|at| format!("w{at:03}")).collect();
        let text = index(&own.iter().map(|own| vec!["x", own.as_str()]).collect::<Vec<_>>(), 4);
        assert_eq!(text.firsts.len(), 4);
        assert!(text.chunks.iter().zip(&text.firsts).all(|(chunk, first)| chunk.terms.starts_with(first.as_str())));
        assert!(text.chunks[3].postings.ends_with('*'), "a word in all of them says nothing");
    }
}
