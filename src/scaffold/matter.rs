//! Front matter to fill in: what is known stands there, what is not waits with a word on what belongs there. A key
//! without a value counts as absent, so that a site builds with it.

use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::tree::{Value, yaml};

/// A topic's file.
pub fn topic(title: &str) -> String {
    format!(
        "---\ntitle: {}\n\
         # One or two sentences: what it is, and what it is good for.\nsummary:\n\
         # What to learn first: ids of topics or choices, such as [http, dns].\nrequires: []\n\
         # The time to learn it, such as 2-3h or 1 week.\neffort:\n\
         # What the reader can do afterwards.\noutcomes: []\n\
         # Where to learn it, such as {{title: …, url: \"https://…\", kind: article}}.\nresources: []\n---\n\n",
        text(title)
    )
}

/// A stage's `_index.md`; `id` where the folder's name does not say it.
pub fn stage(title: &str, id: Option<&str>) -> String {
    format!(
        "---\ntitle: {}\n{}\
         # One or two sentences: what the reader can do after this stage.\nsummary:\n\
         # Topics from elsewhere in the site, by their ids; those of this folder are in it anyway.\ntopics: []\n\
         # Where the reader picks, such as {{id: language, title: …, pick: 1, of: [python, go]}}.\nchoices: []\n\
         ---\n\n",
        text(title),
        id_line(id)
    )
}

/// A roadmap's `_index.md`; `id` where the folder's name does not say it.
pub fn roadmap(title: &str, id: Option<&str>) -> String {
    format!(
        "---\ntitle: {}\n{}\
         # One or two sentences: where this road leads.\nsummary:\n\
         # Whom it is for.\naudience:\n\
         # What no topic here teaches, such as [school mathematics].\nassumes: []\n\
         # How many hours a week its readers have.\nhours_per_week:\n---\n\n",
        text(title),
        id_line(id)
    )
}

fn id_line(id: Option<&str>) -> String {
    id.map_or_else(String::new, |id| format!("id: {}\n", text(id)))
}

/// A text as YAML: as it is where it reads as itself, or else in quotes.
fn text(text: &str) -> String {
    if reads_as(text, text) { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn reads_as(yaml: &str, text: &str) -> bool {
    let line = format!("key: {yaml}\n");
    let file = Sources::default().add("", "");
    let mut problems = Diagnostics::default();
    let node = yaml::parse(&line, file, 0, &mut problems);
    let value = node.and_then(|node| match node.value {
        Value::Map(entries) if entries.len() == 1 => entries.into_iter().next().map(|(_, value)| value.value),
        _ => None,
    });
    // Signs with a meaning of their own somewhere else in YAML are put in quotes though they would do here.
    let plain = text.chars().next().is_some_and(char::is_alphanumeric) && !text.contains(['#', '"']);
    plain && problems.iter().next().is_none() && value == Some(Value::Text(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_quoted_where_yaml_would_read_something_else() {
        for plain in ["HTTP", "Data structures", "C++", "日本語", "What is it?"] {
            assert_eq!(text(plain), plain);
        }
        for other in ["true", "null", "1", "1.5", "a: b", "- a", "a #b", "[x]", "\"x\"", "", "*a", "~", "x: "] {
            let quoted = text(other);
            assert!(quoted.starts_with('"'), "{quoted}");
            assert!(!reads_as(other, other) && reads_back(&quoted, other), "{quoted}");
        }
    }

    fn reads_back(yaml: &str, text: &str) -> bool {
        let file = Sources::default().add("", "");
        let node = yaml::parse(&format!("key: {yaml}\n"), file, 0, &mut Diagnostics::default()).unwrap();
        let Value::Map(entries) = node.value else { return false };
        entries[0].1.value == Value::Text(text.to_owned())
    }
}
