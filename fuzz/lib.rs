//! What the targets share: the properties, which `tests/fuzzed.rs` holds the kept inputs against as well.

#[path = "../tests/fuzzed/mod.rs"]
pub mod properties;

/// Holds one input against the property of a target.
pub fn check(target: &str, input: &[u8]) {
    let (_, check) = properties::TARGETS.iter().find(|(name, _)| *name == target).expect("a target of this name");
    check(input);
}

/// A panic ends a run, but for those of the converter of formulas, which the program catches as its users' builds do.
pub fn quiet() {
    let ends = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_caught = panic.location().is_some_and(|place| place.file().contains("math-core"));
        if !is_caught {
            ends(panic);
        }
    }));
}
