//! The program under test, and a small site to run it on.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Variables that change what the program says or how it works.
const NOT_INHERITED: [&str; 9] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "TERM",
    "RAYON_NUM_THREADS",
    "ROADBOOK_EDITOR",
    "SOURCE_DATE_EPOCH",
    "TZ",
];

/// A site of one roadmap, two stages and two topics that builds without a warning.
const SMALL_SITE: [(&str, &str); 6] = [
    ("site.toml", "title = \"Roads\"\n"),
    ("content/tea/_index.md", "---\ntitle: Tea\nsummary: From leaf to cup.\n---\n"),
    ("content/tea/01-water/_index.md", "---\ntitle: Water\nsummary: Soft and hot.\n---\n"),
    ("content/tea/01-water/boiling.md", "---\ntitle: Boiling\nsummary: Bubbles.\neffort: 1h\n---\n\nHeat it.\n"),
    ("content/tea/02-leaves/_index.md", "---\ntitle: Leaves\nsummary: Green or black.\n---\n"),
    (
        "content/tea/02-leaves/steeping.md",
        "---\ntitle: Steeping\nsummary: Patience.\nrequires: [boiling]\neffort: 2h\n---\n\nWait after [[boiling]].\n",
    ),
];

/// `roadbook`, to be run in a folder, free of what the tester's own shell says.
pub fn roadbook(folder: &Path) -> Command {
    let mut roadbook = command(env!("CARGO_BIN_EXE_roadbook"));
    roadbook.current_dir(folder);
    roadbook
}

/// A program that is free of what the tester's own shell says.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end and takes it as a failure of the test if it fails.
pub fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} ends with {}:\n{said}", output.status);
    output
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes the small site into a folder.
pub fn write_small_site(folder: &Path) {
    for (path, text) in SMALL_SITE {
        write(&folder.join(path), text);
    }
}
