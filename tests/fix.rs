//! `check --fix` on every case of `tests/reports`: it leaves no more errors than there were, changes nothing in a second run,
//! and touches only what it says that it touches.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use roadbook::build::{self, Mended, Options, has_errors};
use roadbook::diagnostic::{Checked, Code, Severity};
use roadbook::host::folder;
use roadbook::source::Folder;

fn errors(folder: Checked<Folder>) -> usize {
    let compiled = build::compile(folder, &Options::default());
    let report = compiled.report(Default::default());
    report.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
}

fn sites() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path().join("site"));
    entries.filter(|site| site.is_dir()).collect()
}

#[test]
fn every_case_is_mended_where_it_is_said_and_nowhere_else() {
    let mut codes: BTreeSet<Code> = BTreeSet::new();
    for site in sites() {
        let before = folder::read(&site).unwrap();
        let mended = build::mend(before.clone(), &Options::default());
        only_shown_changes(&site, &before.value, &mended);
        codes.extend(mended.rounds.iter().flat_map(|round| &round.fixes).map(|(diagnostic, _)| diagnostic.code));
        if mended.rounds.is_empty() {
            continue;
        }
        assert!(errors(mended.folder.clone()) <= errors(before), "{}", site.display());
        let again = build::mend(mended.folder, &Options::default());
        assert!(again.rounds.is_empty(), "{}: {} more", site.display(), again.rounds[0].fixes.len());
    }
    let expected =
        [Code::UnknownKey, Code::WrongType, Code::UnknownTopic, Code::BrokenLink, Code::RedundantPrerequisite];
    assert_eq!(codes, BTreeSet::from(expected));
}

fn only_shown_changes(site: &Path, before: &Folder, mended: &Mended) {
    for (file, source) in before.sources.iter() {
        let now = &mended.folder.value.sources.get(file).text;
        assert_eq!(source.text != *now, mended.files.contains(&file), "{}: {}", site.display(), source.path);
    }
    let fixes = mended.rounds.iter().flat_map(|round| &round.fixes);
    let shown: isize = fixes.map(|(_, edit)| edit.text.len() as isize - edit.span.range().len() as isize).sum();
    let bytes = |folder: &Folder| folder.sources.iter().map(|(_, source)| source.text.len() as isize).sum::<isize>();
    assert_eq!(bytes(&mended.folder.value) - bytes(before), shown, "{}", site.display());
}

#[test]
fn a_cure_that_would_be_worse_is_left_and_the_others_are_made() {
    let texts = [
        ("content/web/_index.md", "title: Web"),
        // `http` is placed already: the certain spelling would place it twice.
        ("content/web/01-basics/_index.md", "title: Basics\ntopics: [http, htpp, tslx]"),
        // It requires `tlsx` already.
        ("content/topics/http.md", "title: HTTP\nsumary: x\nrequires: [tlsx, Tlsx]"),
        ("content/topics/tlsx.md", "title: TLS"),
    ];
    let texts = texts.map(|(path, text)| (path.to_owned(), format!("---\n{text}\n---\n"))).to_vec();
    let folder = Folder::of_texts("title = \"T\"\n", texts);
    let mended = build::mend(Checked { value: folder, diagnostics: Default::default() }, &Options::default());
    let text = |path: &str| {
        let mut files = mended.folder.value.sources.iter();
        files.find(|(_, source)| &*source.path == path).map(|(_, source)| source.text.to_string()).unwrap()
    };
    assert_eq!(text("content/web/01-basics/_index.md"), "---\ntitle: Basics\ntopics: [http, htpp, tlsx]\n---\n");
    assert_eq!(text("content/topics/http.md"), "---\ntitle: HTTP\nsummary: x\nrequires: [tlsx, Tlsx]\n---\n");
    assert!(has_errors(&build::compile(mended.folder, &Options::default()).report(Default::default())));
}
