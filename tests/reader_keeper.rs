//! What readers keep: the state in the browser's storage, the dialog, the marks, the keys. The tests run the theme's
//! modules in Node, and the last one in Chromium, with `npm ci` in `tests/browser`; without them they are skipped, unless
//! the environment says `CI`: then they fail.

#[path = "reader/tools.rs"]
mod tools;

use std::path::Path;

use tools::{build, node, program, repository};

#[test]
fn what_is_kept_is_not_lost() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    // A folder that says that its files are modules, as a server does by their type.
    std::fs::write(temp.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
    for name in ["store.js", "progress-changes.js"] {
        std::fs::copy(repository().join("themes/default/static").join(name), temp.path().join(name)).unwrap();
    }
    let (held, said) = node(&program, "reader/store.mjs", &[temp.path()]);
    assert!(held, "{said}");
}

#[test]
fn what_readers_keep_holds_in_a_browser() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let Some(chromium) = tools::program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return tools::missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    build(&repository().join("tests/reader/site"), temp.path());
    let (held, said) = node(&program, "reader/keeper.mjs", &[&chromium, temp.path(), Path::new("/some/path/")]);
    assert!(held, "{said}");
}
