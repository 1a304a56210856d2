//! Where a transcript is played: a folder that goes away, and the commands there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{roadbook, write, write_small_site};
use crate::transcript::{Step, answer};
use crate::tree::{self, Tree};

/// A folder, and what is known about it.
pub struct Scene {
    _folder: TempDir,
    root: PathBuf,
    here: PathBuf,
    kept: BTreeMap<String, Tree>,
}

impl Scene {
    /// An empty folder.
    pub fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        Scene { _folder: folder, here: root.clone(), root, kept: BTreeMap::new() }
    }

    /// Does what a step asks for. The answer is a transcript's, with `[ROOT]` for the folder.
    pub fn play(&mut self, step: &Step) -> Vec<String> {
        let command = step.command.replace("[ROOT]", &self.root.to_string_lossy());
        let words: Vec<&str> = command.split_whitespace().collect();
        let named = words.iter().position(|word| !word.contains('=')).expect("a command");
        let (variables, words) = words.split_at(named);
        let input: String = step.input.iter().map(|line| format!("{line}\n")).collect();
        match words {
            ["roadbook", arguments @ ..] => self.roadbook(variables, arguments),
            [name, path, rest @ ..] => answer("1|", &self.file_command(name, path, rest, &input)),
            _ => panic!("`{command}` is no command of a transcript"),
        }
    }

    fn roadbook(&self, variables: &[&str], arguments: &[&str]) -> Vec<String> {
        let variables = variables.iter().filter_map(|variable| variable.split_once('='));
        let arguments = arguments.iter().map(|argument| if *argument == "''" { "" } else { argument });
        let mut command = roadbook(&self.here);
        command.env("HOME", self.root.join("home")).envs(variables).args(arguments);
        let output = command.output().unwrap();
        let status = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
        let mut lines = vec![format!("= {status}")];
        lines.extend(answer("1|", &self.readable(&output.stdout)));
        lines.extend(answer("2|", &self.readable(&output.stderr)));
        lines
    }

    /// What the program wrote, with signs for what does not show.
    fn readable(&self, bytes: &[u8]) -> String {
        let text = str::from_utf8(bytes).expect("the program writes UTF-8");
        text.replace(&*self.root.to_string_lossy(), "[ROOT]").replace('\x1b', "␛")
    }

    fn file_command(&mut self, name: &str, path: &str, rest: &[&str], input: &str) -> String {
        let full = self.here.join(path);
        match name {
            "small-site" => write_small_site(&full),
            "write" => write(&full, input),
            "append" => append(&full, input),
            "folder" => fs::create_dir_all(&full).unwrap(),
            "remove" => remove(&full),
            "enter" => self.here = full.canonicalize().unwrap(),
            "list" => return tree::read(&full).keys().map(|path| format!("{path}\n")).collect(),
            "show" => return fs::read_to_string(&full).unwrap(),
            "has" => return has(&full, &rest.join(" ")),
            "keep" => drop(self.kept.insert(path.to_owned(), tree::read(&full))),
            "compare" => return compare(&self.kept[path], &tree::read(&full)),
            _ => panic!("`{name}` is no command of a transcript"),
        }
        String::new()
    }
}

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).unwrap();
    fs::write(path, before + text).unwrap();
}

fn remove(path: &Path) {
    if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

fn has(path: &Path, text: &str) -> String {
    let yes = fs::read_to_string(path).unwrap().contains(text);
    if yes { "yes\n".into() } else { "no\n".into() }
}

fn compare(before: &Tree, after: &Tree) -> String {
    let differences = tree::differences(before, after);
    if differences.is_empty() { "the same\n".into() } else { differences }
}
