//! Whatever an author writes, the program answers with a report or a site, never with a panic: sites of the
//! other tests, cut, doubled and salted at random, compiled, rendered and reported in both forms.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use roadbook::build::{self, Options};
use roadbook::diagnostic::human::{self, Style};
use roadbook::diagnostic::{Checked, Diagnostics, json};
use roadbook::host::folder;
use roadbook::source::Folder;

/// Things that parsers trip over.
const SALT: [&str; 28] = [
    "---\n",
    "\n",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\t",
    "\r\n",
    "\u{feff}",
    "\0",
    "é",
    "🦀",
    "#",
    "[[",
    "]]",
    "requires: [",
    "any: [http]",
    "part_of: http\n",
    "effort: 6-4 weeks\n",
    "for: [a]",
    "$\\frac{",
    "```rust\n",
    "<script>",
];

/// The texts of a site: `site.toml`, and content by path.
type Texts = (String, Vec<(String, String)>);

static SITES: LazyLock<Vec<Texts>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/reports")).unwrap().map(|entry| entry.unwrap().path().join("site"));
    let mut sites: Vec<_> = cases.filter(|site| site.join("site.toml").is_file()).collect();
    sites.sort();
    sites.iter().map(|site| texts(&folder::read(site).unwrap().value)).collect()
});

fn texts(folder: &Folder) -> Texts {
    let source = |file| folder.sources.get(file);
    let content = folder.content.iter().map(|file| (source(*file).path.to_string(), source(*file).text.to_string()));
    (source(folder.config).text.to_string(), content.collect())
}

/// One change: which file, where (both as fractions), and what.
#[derive(Clone, Debug)]
struct Edit {
    file: usize,
    at: usize,
    length: usize,
    kind: u8,
    salt: usize,
}

fn edit() -> impl Strategy<Value = Edit> {
    (any::<usize>(), any::<usize>(), 0_usize..20, 0_u8..4, 0..SALT.len())
        .prop_map(|(file, at, length, kind, salt)| Edit { file, at, length, kind, salt })
}

fn apply(text: &str, edit: &Edit) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = edit.at % (chars.len() + 1);
    let end = (at + edit.length).min(chars.len());
    let (before, piece, after) = (&chars[..at], &chars[at..end], &chars[end..]);
    let middle: String = match edit.kind {
        0 => String::new(),
        1 => piece.iter().chain(piece).collect(),
        2 => SALT[edit.salt].repeat(1 + edit.length % 3),
        _ => piece.iter().collect::<String>() + SALT[edit.salt],
    };
    before.iter().collect::<String>() + &middle + &after.iter().collect::<String>()
}

/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases: 100, ..usual } }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_makes_it_panic(site in any::<usize>(), edits in prop::collection::vec(edit(), 1..8)) {
        let (mut config, mut content) = SITES[site % SITES.len()].clone();
        for edit in &edits {
            match edit.file % (content.len() + 1) {
                0 => config = apply(&config, edit),
                file => content[file - 1].1 = apply(&content[file - 1].1, edit),
            }
        }
        let folder = Checked { value: Folder::of_texts(&config, content), diagnostics: Diagnostics::default() };
        let compiled = build::compile(folder, &Options { highlight: true, ..Options::default() });
        let report = compiled.report(build::check_pages(&compiled.site));
        let printed = human::print(&report, &compiled.site.sources, Style { colour: false });
        prop_assert_eq!(printed.is_empty(), report.is_empty());
        let data: serde_json::Value = serde_json::from_str(&json::print(&report, &compiled.site.sources)).unwrap();
        prop_assert_eq!(data["diagnostics"].as_array().unwrap().len(), report.len());
        for diagnostic in &report {
            prop_assert!(diagnostic.help.is_some(), "no help: {}", diagnostic.message);
            let text = &compiled.site.sources.get(diagnostic.span.file).text;
            prop_assert!(diagnostic.span.end as usize <= text.len(), "{diagnostic:?}");
        }
    }
}
