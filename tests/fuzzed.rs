//! Every input that fuzzing has kept (`fuzz/corpus`) and every one that once did harm (`fuzz/regressions`), held
//! against the properties that fuzzing searches with; and ten thousand topics of hostile markup.

#[path = "fuzzed/mod.rs"]
mod properties;

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
