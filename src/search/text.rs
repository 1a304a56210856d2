//! The full text: an inverted index, cut into files of neighbouring words, so that a query asks for few of them and
//! the beginning of a word for one or two.

use hashbrown::HashMap;
use serde::Serialize;

use super::entries::Passage;
use super::words::each;

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
/// ... unless there are fewer texts than this.
const FEW: usize = 50;

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

/// Where a word is: texts in their order, each with the word's weight, and later its score.
type Postings = Vec<(usize, f32)>;

/// All words. A fast hash does, since it is seeded anew each time, and the words are sorted in the end.
type Words = HashMap<String, Postings>;

/// Indexes texts, given as their passages.
pub fn index<'a>(texts: impl Iterator<Item = Vec<Passage<'a>>>, chunks: usize) -> Text {
    let mut found = Words::default();
    let mut lengths = Vec::new();
    for (at, passages) in texts.enumerate() {
        lengths.push(passages.iter().map(|passage| tally(at, passage, &mut found)).sum());
    }
    let mut words: Vec<(String, Postings)> = found.into_iter().collect();
    words.sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    let lines = words.into_iter().map(|(term, postings)| (term, encode(&postings, &lengths))).collect();
    cut(lines, chunks)
}

/// Counts the words of a passage; returns its length, each word by its weight.
fn tally(at: usize, passage: &Passage, found: &mut Words) -> f32 {
    let mut count = 0;
    each(&passage.text, &mut |term| {
        count += 1;
        // Most words are known, and need no text of their own.
        let postings = found.entry_ref(term).or_default();
        match postings.last_mut() {
            Some((text, weight)) if *text == at => *weight += passage.weight,
            _ => postings.push((at, passage.weight)),
        }
    });
    count as f32 * passage.weight
}

fn encode(postings: &Postings, lengths: &[f32]) -> String {
    if lengths.len() >= FEW && postings.len() * COMMON > lengths.len() {
        return "*".into();
    }
    let average = lengths.iter().sum::<f32>() / lengths.len() as f32;
    let mut out = String::with_capacity(postings.len() * 3);
    let mut next = 0;
    for (text, weight) in postings {
        distance(text - next, &mut out);
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * lengths[*text] / average);
        let score = (weight / (weight + norm) * STEPS).ceil().clamp(1.0, STEPS);
        out.push(char::from(b'0' + score as u8));
        next = text + 1;
    }
    out
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
fn cut(lines: Vec<(String, String)>, chunks: usize) -> Text {
    let size = |line: &(String, String)| line.0.len() + line.1.len() + 2;
    let share = lines.iter().map(size).sum::<usize>() / chunks + 1;
    let mut text = Text { chunks: vec![Chunk::default(); chunks], firsts: Vec::new() };
    let mut sum = 0;
    for line in &lines {
        let (at, open) = (sum / share, text.firsts.len());
        // A file begins where its share does, and behind a word that is larger than one directly after that word's.
        if open == 0 || at >= open {
            text.firsts.push(line.0.clone());
        }
        sum += size(line);
        let chunk = &mut text.chunks[text.firsts.len() - 1];
        for (list, word) in [(&mut chunk.terms, &line.0), (&mut chunk.postings, &line.1)] {
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
    use super::*;

    fn passage(text: &str) -> Passage<'_> {
        Passage { text: text.into(), weight: 1.0 }
    }

    #[test]
    fn words_say_where_they_are() {
        let texts = ["bees make honey", "bees bees bees"].map(|text| vec![passage(text)]);
        let text = index(texts.into_iter(), 1);
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
        let texts = (0..400).map(|at| {
            vec![passage("x")].into_iter().chain([Passage { text: format!("w{at:03}").into(), weight: 1.0 }]).collect()
        });
        let text = index(texts, 4);
        assert_eq!(text.firsts.len(), 4);
        assert!(text.chunks.iter().zip(&text.firsts).all(|(chunk, first)| chunk.terms.starts_with(first.as_str())));
        assert!(text.chunks[3].postings.ends_with('*'), "a word in all of them says nothing");
    }
}
