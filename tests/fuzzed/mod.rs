//! What must hold of every input, whatever anybody writes: one module a parser. The targets of `fuzz/` search for
//! inputs that break these properties, and `tests/fuzzed.rs` holds all kept ones against them.

mod allowed;
mod cache;
mod config;
mod effort;
mod exports;
mod front_matter;
pub mod growth;
mod html;
pub mod markdown;
mod outputs;
mod packed;
mod reports;
mod request;
mod site;
mod template;

/// A property of any input: it panics where the property does not hold.
type Check = fn(&[u8]);

/// By the name of a target, of its corpus and of its regressions.
pub const TARGETS: [(&str, Check); 9] = [
    ("cache", cache::check),
    ("config", |input| text(input, config::check)),
    ("effort", |input| text(input, effort::check)),
    ("front_matter", |input| text(input, front_matter::check)),
    ("growth", |input| text(input, growth::check)),
    ("markdown", |input| text(input, markdown::check)),
    ("request", request::check),
    ("site", |input| text(input, site::check)),
    ("template", |input| text(input, template::check)),
];

/// What is not UTF-8 never reaches these parsers: the folder's reader refuses it.
fn text(input: &[u8], check: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(input) {
        check(text);
    }
}
