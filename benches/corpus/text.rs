//! The text of a topic: prose in short sections, fenced code, links.

use std::sync::LazyLock;

use super::Corpus;
use super::code::CODE;
use super::random::Random;

const COMMON: &str = "the a of to and is in that it for as with on are by this from be or which an not can when at \
    one each its they has before after than only every more same then may will other where so into most two between \
    without while because until often such still first last once never always both here them those";

const NOUNS: &str = "server request cache query index schema table column key value record page block buffer stream \
    packet socket port address route router gateway proxy balancer queue topic broker message event handler worker \
    thread process kernel signal lock mutex channel future task scheduler timer clock log metric trace span alert \
    dashboard test fixture mock assertion coverage build artifact package module library framework compiler parser \
    token grammar type trait interface class object method function closure argument result error exception stack \
    heap pointer reference array vector map set tree graph node edge path cycle order layer model view controller \
    template session cookie header body payload format encoding digest hash salt password certificate secret policy \
    role user account tenant region zone cluster replica shard partition leader follower snapshot backup restore \
    migration transaction isolation constraint trigger cursor join filter sort limit offset";

const VERBS: &str = "uses reads writes sends holds keeps returns checks builds follows needs opens closes starts stops \
    finds loses moves copies merges splits hides shows changes guards limits counts measures explains describes \
    replaces removes creates accepts rejects repeats delays avoids causes prevents allows requires supports";

static WORDS: LazyLock<[Vec<&str>; 3]> =
    LazyLock::new(|| [COMMON, NOUNS, VERBS].map(|words| words.split_whitespace().collect()));

/// A piece of a text; each generator writes links in its own way.
pub enum Piece {
    /// Markdown that all read alike.
    Markdown(String),
    /// A link to a topic.
    Link {
        /// Its place in the corpus.
        to: usize,
        /// What is linked.
        label: String,
    },
}

/// About 590 words, 1.8 blocks of code on the average, two links.
pub fn text(corpus: &Corpus, at: usize) -> Vec<Piece> {
    let mut random = Random::new(!corpus.seed, at);
    let random = &mut random;
    let blocks = if random.below(5) == 0 { 1 } else { 2 };
    let mut pieces = Vec::new();
    let mut out = paragraph(random, 56);
    for section in 0..4 {
        out += &format!("\n## {} {}\n\n{}", capital(noun(random)), noun(random), paragraph(random, 56));
        match section {
            0 | 2 => {
                out += &format!("\n{} ", sentence(random, 11));
                let to = random.below(corpus.topics.len());
                pieces.push(Piece::Markdown(std::mem::take(&mut out)));
                pieces.push(Piece::Link { to, label: format!("the {} and its {}", noun(random), noun(random)) });
                out += &format!(" {}\n", sentence(random, 12));
            }
            1 => out += &list(random),
            _ => out += &format!("\n> {}\n", sentence(random, 16)),
        }
        if section % 2 == 1 && section / 2 < blocks {
            out += &block(random);
        }
        out += &format!("\n{}", paragraph(random, 46));
    }
    pieces.push(Piece::Markdown(out));
    pieces
}

fn list(random: &mut Random) -> String {
    let items = (0..4).map(|_| format!("\n- **{}**: {}", noun(random), sentence(random, 8)));
    items.collect::<String>() + "\n"
}

fn block(random: &mut Random) -> String {
    let (language, code) = CODE[random.below(CODE.len())];
    let code = code.replace("NAME", noun(random)).replace("OTHER", noun(random));
    format!("\n```{language}\n{}\n```\n", code.replace("NUMBER", &random.below(1000).to_string()))
}

/// Sentences of about `words` words in all, some of them with emphasis or code.
fn paragraph(random: &mut Random, words: usize) -> String {
    let mut sentences = Vec::new();
    let mut left = words;
    while left > 0 {
        let length = if left < 24 { left } else { 9 + random.below(9) };
        let mut sentence = sentence(random, length);
        match random.below(6) {
            0 => sentence.insert_str(0, &format!("`{}_{}` ", noun(random), noun(random))),
            1 => sentence.insert_str(0, &format!("*{}*, ", capital(noun(random)))),
            _ => {}
        }
        sentences.push(sentence);
        left -= length;
    }
    sentences.join(" ") + "\n"
}

/// A sentence of so many words.
pub fn sentence(random: &mut Random, words: usize) -> String {
    let [common, nouns, verbs] = &*WORDS;
    let word = |at: usize| match (at + 1) % 5 {
        0 => random.word(verbs),
        2 | 4 => random.word(nouns),
        _ => random.word(common),
    };
    capital(&(0..words).map(word).collect::<Vec<_>>().join(" ")) + "."
}

/// A noun.
pub fn noun(random: &mut Random) -> &'static str {
    random.word(&WORDS[1])
}

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}
