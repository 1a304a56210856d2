//! The scripts of the default theme: how much of them a topic's page loads.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use roadbook::build::{self, Content, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::source::Folder;

/// Bytes that the scripts of a topic's page may have, compressed.
const MOST: usize = 15 * 1024;

/// The scripts of a site in a language, by name.
fn scripts(language: &str) -> BTreeMap<String, String> {
    let config = format!("title = \"T\"\nlanguage = \"{language}\"\n");
    let folder = Folder::of_texts(&config, vec![("content/topics/a.md".into(), "---\ntitle: A\n---\n".into())]);
    let compiled = build::compile(Checked { value: folder, diagnostics: Diagnostics::default() }, &Options::default());
    let outputs = compiled.site.outputs.iter().filter(|output| output.path.ends_with(".js"));
    let text = |output| match build::render(&compiled.site, output) {
        Ok(Content::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    outputs.map(|output| (output.path.trim_start_matches("/assets/").to_owned(), text(output))).collect()
}

/// What a module imports before it runs.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| line.starts_with("import ") || line.starts_with("} from "));
    lines.filter_map(|line| line.split("\"./").nth(1)?.split('"').next())
}

#[test]
fn a_topic_loads_few() {
    for language in ["en", "de", "es", "zh", "ar"] {
        let scripts = scripts(language);
        // The page names the first two; `reader.js` loads the others on a topic's page.
        let mut waiting = vec!["theme.js", "reader.js", "marks.js", "keys.js", "topic.js"];
        let mut loaded = BTreeSet::new();
        let mut bytes = 0;
        while let Some(name) = waiting.pop() {
            if loaded.insert(name) {
                let text = &scripts[name];
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(text.as_bytes()).unwrap();
                bytes += encoder.finish().unwrap().len();
                waiting.extend(imports(text));
            }
        }
        assert!(loaded.contains("store.js") && loaded.contains("words.js"), "{loaded:?}");
        assert!(bytes <= MOST, "{language}: {bytes} bytes in {loaded:?}");
    }
}
