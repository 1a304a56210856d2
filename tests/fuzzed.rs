//! Every input that fuzzing has kept (`fuzz/corpus`) and every one that once did harm (`fuzz/regressions`), held
//! against the properties that fuzzing searches with; and ten thousand topics of hostile markup.

#[path = "fuzzed/mod.rs"]
mod properties;
#[path = "fuzzed/topics.rs"]
mod topics;

#[allow(dead_code, reason = "no page is opened here")]
#[path = "shared/node.rs"]
mod node;

use std::path::Path;

use properties::TARGETS;

/// The inputs in a folder, by name.
fn inputs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut inputs: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn kept_inputs_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (target, check) in TARGETS {
        let kept = inputs(&root.join("corpus").join(target));
        assert!(!kept.is_empty(), "no inputs for {target}");
        for (name, input) in kept.into_iter().chain(inputs(&root.join("regressions").join(target))) {
            let held = std::panic::catch_unwind(|| check(&input));
            assert!(held.is_ok(), "{name} does not hold");
        }
    }
}

/// Those whose HTML a browser would read with an element, an attribute or an address beyond the lists of
/// `fuzzed/allowed.rs`.
#[test]
fn ten_thousand_topics_of_strangers_are_harmless() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                for number in (first..10_000).step_by(threads) {
                    properties::markdown::sanitized(&topics::topic(number as u64));
                }
            });
        }
    });
}

#[test]
fn thousands_of_mistakes_are_reported_in_time() {
    properties::growth::MISTAKES.into_iter().for_each(properties::growth::many_mistakes);
}

/// Files and links of progress, links to plans, and notes.
#[test]
fn what_readers_bring_holds() {
    let Some(program) = node::program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let names: Vec<String> =
        inputs(&node::repository().join("themes/default/static")).into_iter().map(|(name, _)| name).collect();
    let scripts =
        names.iter().filter_map(|name| Path::new(name).file_name()?.to_str()).filter(|name| name.ends_with(".js"));
    let folder = node::modules(temp.path(), &scripts.collect::<Vec<_>>());
    let (held, said) = node::node(&program, "../fuzz/import/run.mjs", &[&folder], &[]);
    assert!(held, "{said}");
}
