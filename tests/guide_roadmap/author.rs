//! The reader of the guide: a folder that goes away, and the commands that the guide uses in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What stands in the guide for the folder in which its reader begins.
const HOME: &str = "/home/ada";

/// Variables that change what the program says.
const NOT_INHERITED: [&str; 6] = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "TERM", "SOURCE_DATE_EPOCH"];

/// `roadbook`, to be run in a folder, free of what the tester's own shell says.
pub fn roadbook(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.current_dir(folder);
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command
}

/// Somebody who does what the guide says.
pub struct Author {
    _folder: TempDir,
    home: PathBuf,
    here: PathBuf,
    commands: usize,
}

impl Author {
    /// In an empty folder.
    pub fn new() -> Author {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().canonicalize().unwrap();
        Author { _folder: folder, here: home.clone(), home, commands: 0 }
    }

    /// The folder that commands are run in.
    pub fn folder(&self) -> &Path {
        &self.here
    }

    /// How many commands were run.
    pub fn commands(&self) -> usize {
        self.commands
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a command; its answer, as a terminal shows it.
    pub fn run(&mut self, command: &str) -> Result<Vec<String>, String> {
        self.commands += 1;
        let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('"')).collect();
        let path = |at: usize| self.here.join(words[at]);
        let unlucky = |error: std::io::Error| format!("`{command}`: {error}");
        match words[..] {
            ["roadbook", ..] => return self.roadbook(&words[1..]),
            ["cd", _] => self.here = path(1).canonicalize().map_err(unlucky)?,
            ["mkdir", "-p", _] => fs::create_dir_all(path(2)).map_err(unlucky)?,
            ["rm", "-r", _] => fs::remove_dir_all(path(2)).map_err(unlucky)?,
            ["mv", _, _] => fs::rename(path(1), path(2)).map_err(unlucky)?,
            ["ls", _] => return names(&path(1)).map_err(unlucky),
            _ => return Err(format!("`{command}` is no command of this test")),
        }
        Ok(Vec::new())
    }

    fn roadbook(&self, arguments: &[&str]) -> Result<Vec<String>, String> {
        let output = roadbook(&self.here).args(arguments).env("HOME", &self.home).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("the program writes UTF-8");
        let said = said.replace(&*self.home.to_string_lossy(), HOME);
        let lines: Vec<String> = said.lines().map(|line| line.trim_end().to_owned()).collect();
        let complains = lines.iter().any(|line| line.starts_with("error") || line.starts_with("warning"));
        if !output.status.success() && !complains {
            return Err(format!("`roadbook {}` ends with {}: {said}", arguments.join(" "), output.status));
        }
        Ok(lines)
    }
}

/// As `ls` lists them, a name a line.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = entries.collect::<std::io::Result<_>>()?;
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}

/// The lines without what differs from day to day: how many files a build wrote and how long it took. That
/// nothing has changed is worth knowing.
pub fn masked(lines: &[String]) -> Vec<String> {
    let mask = |word: &str| {
        let number = word.trim_start_matches('(');
        let figure = number.parse::<f64>().is_ok() && number != "0";
        if figure { word.replace(number, "N") } else { word.to_owned() }
    };
    let line = |line: &String| match line.starts_with("built ") {
        true => line.split(' ').map(mask).collect::<Vec<_>>().join(" "),
        false => line.clone(),
    };
    lines.iter().map(line).collect()
}

#[test]
fn figures_of_a_build_are_masked() {
    let lines = ["built 9 files into /a in 0.03 s (9 changed, 0 removed)", "2 errors"].map(str::to_owned);
    assert_eq!(masked(&lines), ["built N files into /a in N s (N changed, 0 removed)", "2 errors"]);
}
