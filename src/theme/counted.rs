//! A template of a site → the one that is compiled in its place, which counts what it does.
//!
//! Calls are put behind and before the tags that repeat work or go deeper, and around what `set` gives to a name; what
//! they do is in [`super::steps`]. [`Counted`] knows the way back from places in the new text to the author's.

use std::ops::Range;

use super::steps::{AT, ENTER, KEPT, LEAVE, STEP};
use super::tags::{Tag, tags};

/// What an expression must hold to make a value that is larger or deeper than those it is made of.
const GROWING: [char; 5] = ['~', '|', '(', '[', '{'];

/// A template with its calls.
pub(super) struct Counted {
    /// The text that is compiled.
    pub text: String,
    /// The tags that the calls know by number.
    pub places: Vec<Range<usize>>,
    /// How many branches its `if`s have beyond the first.
    pub branches: usize,
    calls: Vec<Call>,
}

struct Call {
    /// Where it stands in the new text.
    place: Range<usize>,
    /// The tag that it belongs to, in the author's text.
    tag: Range<usize>,
}

/// Something that is put in.
struct Insert {
    /// Before this byte of the author's text.
    at: usize,
    text: String,
    tag: Range<usize>,
}

impl Counted {
    /// Puts the calls into a template. Its tags are numbered from `first` on.
    pub fn new(template: &str, first: usize) -> Self {
        let mut places = Vec::new();
        let mut inserts = Vec::new();
        let tags = tags(template);
        for tag in &tags {
            let own = inserts_at(tag, template, first + places.len());
            if !own.is_empty() {
                places.push(tag.range.clone());
            }
            inserts.extend(own);
        }
        let branches = tags.iter().filter(|tag| tag.word == "elif").count();
        let (text, calls) = insert(template, inserts);
        Counted { text, places, branches, calls }
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

/// What belongs to a tag, which has this number.
fn inserts_at(tag: &Tag<'_>, template: &str, number: usize) -> Vec<Insert> {
    let insert = |at, text| Insert { at, text, tag: tag.range.clone() };
    // A call beside a tag that takes the blanks away does so in its place.
    let before = |call: String| {
        let dash = if tag.trims_before() { "-" } else { "" };
        insert(tag.range.start, format!("{{{{{dash} {call} }}}}"))
    };
    let behind = |call: String| {
        let dash = if tag.trims_behind() { "-" } else { "" };
        insert(tag.range.end, format!("{{{{ {call} {dash}}}}}"))
    };
    let (enter, leave) = (|| format!("{ENTER}(at={number})"), || format!("{LEAVE}()"));
    match tag.word {
        "for" => vec![behind(format!("{STEP}(at={number})"))],
        "include" => vec![before(enter()), behind(leave())],
        "block" | "component" => vec![behind(enter())],
        "endblock" | "endcomponent" => vec![before(leave())],
        "set" | "set_global" => match tag.assigned().filter(|value| template[value.clone()].contains(GROWING)) {
            Some(value) => {
                let call = format!("{KEPT}(at={AT}(at={number}),value=");
                vec![insert(value.start, call), insert(value.end, ")".into())]
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The new text, and where what was put in stands.
fn insert(template: &str, inserts: Vec<Insert>) -> (String, Vec<Call>) {
    let mut text = String::with_capacity(template.len());
    let mut calls = Vec::with_capacity(inserts.len());
    let mut taken = 0;
    for Insert { at, text: call, tag } in inserts {
        text.push_str(&template[taken..at]);
        taken = at;
        let start = text.len();
        text.push_str(&call);
        calls.push(Call { place: start..text.len(), tag });
    }
    text.push_str(&template[taken..]);
    (text, calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_stand_where_work_is_done() {
        let text = |template| Counted::new(template, 7).text;
        assert_eq!(text("{% for a in b -%} x"), "{% for a in b -%}{{ __step(at=7) -}} x");
        assert_eq!(text("a {%- include 'x' %}"), "a {{- __enter(at=7) }}{%- include 'x' %}{{ __leave() }}");
        assert_eq!(
            text("{% block a %}b{% endblock a %}"),
            "{% block a %}{{ __enter(at=7) }}b{{ __leave() }}{% endblock a %}"
        );
        assert_eq!(text("{% set a = b ~ b %}"), "{% set a = __kept(at=__at(at=7),value=b ~ b) %}");
        for same in ["{% set a = b.c %}", "{% set a = 1 + 2 %}", "{% if a %}{% endif %}", "{% set a %}{% endset %}"] {
            assert_eq!(text(same), same);
        }
    }

    #[test]
    fn a_template_that_counts_renders_as_it_is_written() {
        let templates = [
            (
                "a.html",
                "a\n  {%- include 'b.html' -%}  \n{%- block c -%} {{ d }}  {%- endblock -%} e {{ none | default(value=1) }}",
            ),
            ("b.html", " {% for f in [1, 2] -%} {{ f }}, {%- endfor %} {% set g = (d.zzz) %}{{ g is defined }}"),
            ("h.html", "{% extends 'a.html' %}{% block c %}{{ super() }}{% set i = '<' ~ d %}{{ i }}{% endblock %}"),
            (
                "j.html",
                "{% set k = ('<i>' | safe) %}{{ k }}{% set l = [x for x in [3, 4] if x > 3] %}{{ l }}{% set m = {\"a\": 1} %}{{ m.a }}\
              {% set n = (1 if d else 2) %}{{ n }}{% set o %} {% include 'b.html' %}{% endset %}{{ o }}{% set p = 'é' | upper ~ \"b\" %}{{ p }}",
            ),
        ];
        let render = |text: &dyn Fn(&str) -> String, name: &str| {
            let mut tera = tera::Tera::default();
            tera.autoescape_on(vec![".html"]);
            crate::theme::steps::register(&mut tera, vec![crate::source::Span::start_of(file()); 99]);
            tera.add_raw_templates(templates.map(|(name, template)| (name, text(template)))).unwrap();
            let mut context = tera::Context::new();
            context.insert("d", &"<d>");
            crate::theme::steps::begin(std::sync::Arc::new(std::sync::Mutex::new(crate::source::Span::start_of(
                file(),
            ))));
            tera.render(name, &context).unwrap()
        };
        for (name, _) in templates {
            let written = render(&|text| text.to_owned(), name);
            assert_eq!(render(&|text| Counted::new(text, 0).text, name), written, "{name}");
        }
    }

    fn file() -> crate::source::FileId {
        crate::source::Sources::default().add("a.html", "")
    }

    #[test]
    fn places_lead_back() {
        let template = "ü{% for a in b -%} {{ c }}{% include \"x\" %}\n{{ d }}{% set e = f ~ g %}{% if h %}{% elif i %}{% endif %}";
        let counted = Counted::new(template, 0);
        for word in ["ü", "a in b", "{{ c }}", "include", "{{ d }}", "f ~ g", "if h"] {
            let (there, here) = (counted.text.find(word).unwrap(), template.find(word).unwrap());
            assert_eq!(counted.original(there..there + word.len()), here..here + word.len(), "{word}");
        }
        for (call, tag) in [(STEP, "{% for a in b -%}"), (ENTER, "{% include \"x\" %}"), (KEPT, "{% set e = f ~ g %}")]
        {
            let at = counted.text.find(call).unwrap();
            assert_eq!(&template[counted.original(at..at + call.len())], tag);
        }
        assert_eq!(counted.branches, 1);
        assert_eq!(counted.places.len(), 3);
        assert_eq!(&template[counted.places[2].clone()], "{% set e = f ~ g %}");
    }
}
