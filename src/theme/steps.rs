//! Counts what the templates of a site do for a page, so that one that would never end is stopped where it is.
//!
//! In: the text of a template. Out: the text that is compiled in its place, with a call of [`step`] behind every tag that
//! can repeat work, and the way back from places in it to places in the author's text. A count and no clock: the same
//! template ends at the same place on every machine.

use std::cell::Cell;
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult};

use crate::limits::TEMPLATE_STEPS;

/// What templates call it.
const NAME: &str = "__step";

/// The tags whose content can be rendered again and again.
const REPEATING: [&str; 4] = ["for", "include", "component", "block"];

thread_local! {
    /// How many steps are left for the page that this thread renders.
    static LEFT: Cell<u32> = const { Cell::new(TEMPLATE_STEPS) };
}

/// Begins to count anew.
pub(super) fn begin() {
    LEFT.set(TEMPLATE_STEPS);
}

/// Lets templates count.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(NAME, step);
}

fn step(_: Kwargs, _: &State) -> TeraResult<&'static str> {
    match LEFT.get().checked_sub(1) {
        Some(left) => {
            LEFT.set(left);
            Ok("")
        }
        None => Err(Error::message(format!(
            "the templates take more than {} million steps for this page",
            TEMPLATE_STEPS / 1_000_000
        ))),
    }
}

/// Whether a message is that of a template that takes too many steps.
pub(super) fn is_too_many(message: &str) -> bool {
    message.ends_with("steps for this page")
}

/// A template with its calls.
pub(super) struct Counted {
    /// The text that is compiled.
    pub text: String,
    calls: Vec<Call>,
}

struct Call {
    /// Where it stands in the new text.
    place: Range<usize>,
    /// The tag before it, in the author's text.
    tag: Range<usize>,
}

impl Counted {
    /// Puts the calls into a template.
    pub fn new(template: &str) -> Self {
        let mut counted = Counted { text: String::with_capacity(template.len()), calls: Vec::new() };
        let mut taken = 0;
        for tag in repeating(template) {
            counted.text.push_str(&template[taken..tag.end]);
            taken = tag.end;
            // A tag that takes the blanks behind it still does.
            let call = if template[..tag.end].ends_with("-%}") {
                format!("{{{{ {NAME}() -}}}}")
            } else {
                format!("{{{{ {NAME}() }}}}")
            };
            let start = counted.text.len();
            counted.text.push_str(&call);
            counted.calls.push(Call { place: start..counted.text.len(), tag });
        }
        counted.text.push_str(&template[taken..]);
        counted
    }

    /// A place in the author's text; that of a call is its tag.
    pub fn original(&self, place: Range<usize>) -> Range<usize> {
        let own = self.calls.iter().find(|call| call.place.contains(&place.start));
        own.map_or_else(|| self.back(place.start)..self.back(place.end), |call| call.tag.clone())
    }

    fn back(&self, at: usize) -> usize {
        let before = self.calls.iter().take_while(|call| call.place.end <= at);
        at - before.map(|call| call.place.len()).sum::<usize>()
    }
}

/// The tags of a template that repeat work, in order. Comments and raw text have none.
fn repeating(template: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = template[at..].find('{').map(|offset| at + offset) {
        at = match template.as_bytes().get(start + 1) {
            Some(b'#') => after(template, start + 2, "#}"),
            Some(b'{') => inside(template, start + 2, "}}"),
            Some(b'%') => {
                let end = inside(template, start + 2, "%}");
                let word = word(&template[start + 2..end]);
                if REPEATING.contains(&word) {
                    tags.push(start..end);
                }
                if word == "raw" { end_of_raw(template, end) } else { end }
            }
            _ => start + 1,
        };
    }
    tags
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
    tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The end of what closes with `close`, wherever that is.
fn after(template: &str, from: usize, close: &str) -> usize {
    template[from..].find(close).map_or(template.len(), |at| from + at + close.len())
}

/// The end of a tag: quoted texts may hold what closes one.
fn inside(template: &str, from: usize, close: &str) -> usize {
    let mut quote = None;
    for (at, c) in template[from..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if template[from + at..].starts_with(close) => return from + at + close.len(),
            None => {}
        }
    }
    template.len()
}

fn end_of_raw(template: &str, mut from: usize) -> usize {
    while let Some(start) = template[from..].find("{%").map(|at| from + at) {
        from = after(template, start, "%}");
        if word(&template[start + 2..from]) == "endraw" {
            return from;
        }
    }
    template.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(template: &str) -> Vec<&str> {
        repeating(template).into_iter().map(|tag| &template[tag]).collect()
    }

    #[test]
    fn tags_that_repeat_are_found_and_no_others() {
        assert_eq!(
            tags("a{%for b in c%}{%- include 'x' -%}{% if d %}{% endfor %}"),
            ["{%for b in c%}", "{%- include 'x' -%}"]
        );
        assert_eq!(tags("{% for a in \"%}\" %}"), ["{% for a in \"%}\" %}"]);
        assert_eq!(tags("{# {% for %} #}{{ \"{% for %}\" }}{% raw %}{% for %}{% endif %}{%- endraw -%}"), [""; 0]);
        assert_eq!(tags("{ {% format %}{%"), [""; 0]);
        assert_eq!(tags("{% component a(b) %}{% block c %}ü"), ["{% component a(b) %}", "{% block c %}"]);
    }

    #[test]
    fn places_lead_back() {
        let template = "ü{% for a in b -%} {{ c }}{% include \"x\" %}\n{{ d }}";
        let counted = Counted::new(template);
        assert!(counted.text.contains("-%}{{ __step() -}} {{ c }}"), "{}", counted.text);
        for word in ["ü", "a in b", "{{ c }}", "include", "{{ d }}"] {
            let (there, here) = (counted.text.find(word).unwrap(), template.find(word).unwrap());
            assert_eq!(counted.original(there..there + word.len()), here..here + word.len(), "{word}");
        }
        let call = counted.text.find(NAME).unwrap();
        assert_eq!(&template[counted.original(call..call + 8)], "{% for a in b -%}");
    }
}
