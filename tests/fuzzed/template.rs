//! A template of a site: what is wrong with it is told at its place, and what is put into it to count what it does
//! changes nothing that it writes.

use roadbook::config;
use roadbook::diagnostic::Diagnostics;
use roadbook::source::Folder;
use roadbook::theme::{self, builtin};
use serde_json::json;
use tera::{Context, Tera};

use super::reports;

/// The name of the template.
const NAME: &str = "own.html";

/// What only our engine knows, or makes too much of little: the first two are all there is, the next multiply texts, and
/// time and memory are looked after in the whole program alone.
const LEFT_OUT: [&str; 6] = ["words", "__", "range", "replace", "indent", "super"];

pub fn check(text: &str) {
    if LEFT_OUT.iter().any(|word| text.contains(word)) {
        return;
    }
    let mut folder = Folder::of_texts("", Vec::new());
    folder.templates = vec![folder.sources.add(format!("templates/{NAME}"), text)];
    let mut found = Diagnostics::default();
    let config = config::read(folder.config, folder.sources.get(folder.config), &mut Diagnostics::default());
    let theme = theme::load(&mut folder, &config, &mut found);
    let found = found.into_vec();
    reports::check(&found, &folder.sources);
    let view =
        json!({"title": "<T> & \"t\"", "n": 7, "list": [1, "<a>", [2, 3]], "map": {"k": "v", "l": [true]}, "no": null});
    let ours = theme.render(NAME, &view);
    if let Err(Some(problem)) = &ours {
        reports::check(std::slice::from_ref(problem), &folder.sources);
    }
    let Some(plain) = plain(text) else { return };
    let theirs = plain.render(NAME, &Context::from_serialize(&view).unwrap());
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
        (Ok(ours), Err(theirs)) => panic!("the engine says {theirs}, and we write {ours:?}"),
        (Err(Some(ours)), Ok(_)) => assert!(is_limit(&ours.message), "{} where there is nothing wrong", ours.message),
        (Err(None), Ok(_)) => assert!(found.iter().all(|one| is_limit(&one.message)), "{found:?}"),
        (Err(_), Err(_)) => {}
    }
}

/// The engine by itself; nothing where the template cannot be read.
fn plain(text: &str) -> Option<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    let names = |(name, _): &&(&str, &str)| !name.starts_with("words/");
    let mut templates: Vec<(String, &str)> =
        builtin::DEFAULT.templates.iter().filter(names).map(|(name, text)| ((*name).to_owned(), *text)).collect();
    let again = |name: &str| [format!("\"default/{name}\""), format!("'default/{name}'")];
    let named = |name: &str| again(name).iter().any(|name| text.contains(name.as_str()));
    let originals: Vec<(String, &str)> = templates.iter().filter(|(name, _)| named(name)).cloned().collect();
    templates.extend(originals.into_iter().map(|(name, text)| (format!("default/{name}"), text)));
    templates.push((NAME.to_owned(), text));
    tera.add_raw_templates(templates).ok()?;
    Some(tera)
}

/// What we refuse and the engine does not: too much of something, and the calls take a little of what it has room for.
fn is_limit(message: &str) -> bool {
    ["too large", "too deep", "steps", "`elif`s", "too complex", "larger than"]
        .iter()
        .any(|words| message.contains(words))
}
