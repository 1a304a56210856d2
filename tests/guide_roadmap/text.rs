//! A topic of the guide as steps of its reader.
//!
//! | in the text | is |
//! | --- | --- |
//! | a fence below a line that is a path in code and a colon | that file of the reader's folder, as a whole |
//! | the same with a path that begins with `/` or `~` | a file of the reader's machine: shown, not written |
//! | a `console` fence | commands behind `$ `, each with its answer |
//! | a fence of another language | what is not done here: commands that need the network, or that do not end |
//!
//! What roadbook would read (Markdown, YAML, TOML, HTML, JSON) is always a file, so that nothing is shown that
//! does not work.

use std::ops::Range;

/// Languages of files that somebody reads: they have to be shown as files.
const FILES: [&str; 5] = ["markdown", "yaml", "toml", "html", "json"];

/// A topic's text.
pub struct Text {
    lines: Vec<String>,
    steps: Vec<Step>,
    /// Where the answer of each step is, in lines from 0; empty for files.
    answers: Vec<Range<usize>>,
}

/// What the reader does.
pub enum Step {
    /// Writes a file.
    File {
        /// Its path below the reader's folder.
        path: String,
        /// All of it.
        text: String,
    },
    /// Runs a command.
    Command {
        /// Without `$ `.
        command: String,
        /// What it answers.
        answer: Vec<String>,
        /// Its line, from 1.
        line: usize,
    },
}

impl Text {
    /// Reads a topic's text. What cannot be read comes back with its line.
    pub fn read(source: &str) -> Result<Text, String> {
        let lines: Vec<String> = source.lines().map(str::to_owned).collect();
        let mut text = Text { lines, steps: Vec::new(), answers: Vec::new() };
        let mut at = 0;
        let mut caption = None;
        while at < text.lines.len() {
            let line = &text.lines[at];
            let ticks: String = line.chars().take_while(|c| *c == '`').collect();
            if ticks.len() < 3 {
                caption = if line.is_empty() { caption } else { path_of(line) };
                at += 1;
                continue;
            }
            let language = line[ticks.len()..].to_owned();
            let length = text.lines[at + 1..].iter().position(|line| *line == ticks);
            let end = at + 1 + length.ok_or_else(|| format!("{}: a fence without an end", at + 1))?;
            text.fence(&language, caption.take(), at + 1..end)?;
            at = end + 1;
        }
        Ok(text)
    }

    fn fence(&mut self, language: &str, caption: Option<String>, inside: Range<usize>) -> Result<(), String> {
        match caption {
            _ if language == "console" => return self.session(inside),
            Some(path) if path.starts_with(['/', '~']) => {}
            Some(path) => {
                let text = self.lines[inside].iter().flat_map(|line| [line, "\n"]).collect();
                self.push(Step::File { path, text }, 0..0);
            }
            None if FILES.contains(&language) => {
                return Err(format!("{}: say above which file this is: `PATH`:", inside.start));
            }
            None => {}
        }
        Ok(())
    }

    fn session(&mut self, inside: Range<usize>) -> Result<(), String> {
        let mut at = inside.start;
        while at < inside.end {
            let Some(command) = self.lines[at].strip_prefix("$ ").map(str::to_owned) else {
                return Err(format!("{}: a session begins with a command", at + 1));
            };
            let answer =
                at + 1..(at + 1..inside.end).find(|line| self.lines[*line].starts_with("$ ")).unwrap_or(inside.end);
            let step = Step::Command { command, answer: self.lines[answer.clone()].to_vec(), line: at + 1 };
            at = answer.end;
            self.push(step, answer);
        }
        Ok(())
    }

    fn push(&mut self, step: Step, answer: Range<usize>) {
        self.steps.push(step);
        self.answers.push(answer);
    }

    /// The steps, in order.
    pub fn steps(&mut self) -> impl Iterator<Item = &mut Step> {
        self.steps.iter_mut()
    }

    /// The text again, with the answers as they are now.
    pub fn print(&self) -> String {
        let mut lines = self.lines.clone();
        for (step, range) in self.steps.iter().zip(&self.answers).rev() {
            if let Step::Command { answer, .. } = step {
                lines.splice(range.clone(), answer.iter().cloned());
            }
        }
        lines.iter().flat_map(|line| [line, "\n"]).collect()
    }
}

/// The path in a line that is a path in code and a colon.
fn path_of(line: &str) -> Option<String> {
    let path = line.strip_prefix('`')?.strip_suffix("`:")?;
    (!path.contains(['`', ' '])).then(|| path.to_owned())
}

#[test]
fn a_text_is_steps_and_prints_as_it_was_read() {
    let source = "Write\n\n`a/b.md`:\n\n````markdown\n```text\nx\n```\n````\n\nand\n\n```console\n$ one\nout\n\n$ two\n```\n\n`/etc/x`:\n\n```toml\na = 1\n```\n";
    let mut text = Text::read(source).unwrap();
    assert_eq!(text.print(), source);
    let steps: Vec<&mut Step> = text.steps().collect();
    assert!(matches!(&steps[0], Step::File { path, text } if path == "a/b.md" && text == "```text\nx\n```\n"));
    assert!(
        matches!(&steps[1], Step::Command { command, answer, line: 14 } if command == "one" && answer == &["out", ""])
    );
    assert!(matches!(&steps[2], Step::Command { command, answer, .. } if command == "two" && answer.is_empty()));
    assert_eq!(steps.len(), 3);
    assert!(Text::read("```toml\na = 1\n```\n").is_err() && Text::read("```console\nout\n```\n").is_err());
}
