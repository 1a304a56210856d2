//! Transcripts: what was typed and what was answered, as text.
//!
//! A line that begins with `$ ` is a command. Lines behind it that begin with `< ` are the text it is given,
//! `= 0` is its exit status, `1| …` a line of its standard output, `2| …` one of its standard error. All
//! other lines are remarks.

use std::fmt::Write;

/// A transcript.
pub struct Transcript {
    steps: Vec<Step>,
    /// Remarks behind the last step.
    end: Vec<String>,
}

/// One command and its answer.
#[derive(Default)]
pub struct Step {
    /// Remarks before the command.
    remarks: Vec<String>,
    /// The command, without `$ `.
    pub command: String,
    /// The text it is given, without `< `.
    pub input: Vec<String>,
    /// The answer, as it stands in the file.
    pub answer: Vec<String>,
}

impl Transcript {
    /// Reads a transcript.
    pub fn parse(text: &str) -> Transcript {
        let (mut steps, mut remarks) = (Vec::<Step>::new(), Vec::new());
        for line in text.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                let remarks = std::mem::take(&mut remarks);
                steps.push(Step { remarks, command: command.to_owned(), ..Step::default() });
            } else if let (Some(step), Some(input)) = (steps.last_mut(), line.strip_prefix('<')) {
                step.input.push(input.strip_prefix(' ').unwrap_or(input).to_owned());
            } else if let (Some(step), true) = (steps.last_mut(), is_answer(line)) {
                step.answer.push(line.to_owned());
            } else {
                remarks.push(line.to_owned());
            }
        }
        Transcript { steps, end: remarks }
    }

    /// The steps, in order.
    pub fn steps(&mut self) -> impl Iterator<Item = &mut Step> {
        self.steps.iter_mut()
    }

    /// The transcript as text again.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for step in &self.steps {
            print_lines(&mut text, "", &step.remarks);
            writeln!(text, "$ {}", step.command).unwrap();
            print_lines(&mut text, "< ", &step.input);
            print_lines(&mut text, "", &step.answer);
        }
        print_lines(&mut text, "", &self.end);
        text
    }
}

/// Lines of an answer, each with what it begins with.
pub fn answer(prefix: &str, text: &str) -> Vec<String> {
    let whole = text.strip_suffix('\n');
    let mut lines: Vec<String> = match whole.unwrap_or(text) {
        "" if whole.is_none() => Vec::new(),
        text => text.split('\n').map(|line| format!("{prefix} {line}").trim_end().to_owned()).collect(),
    };
    if let (None, Some(last)) = (whole, lines.last_mut()) {
        last.push_str(" (no end of line)");
    }
    lines
}

fn is_answer(line: &str) -> bool {
    ["= ", "1|", "2|"].iter().any(|prefix| line.starts_with(prefix))
}

fn print_lines(text: &mut String, prefix: &str, lines: &[String]) {
    for line in lines {
        writeln!(text, "{}", format!("{prefix}{line}").trim_end()).unwrap();
    }
}

#[test]
fn a_transcript_is_printed_as_it_was_read() {
    let text = "# A remark.\n\n$ write a\n< one\n<\n$ roadbook check\n= 0\n1| out\n2|\n\n$ list .\n# The end.\n";
    assert_eq!(Transcript::parse(text).print(), text);
    assert_eq!(answer("1|", "a\n\nb\n"), ["1| a", "1|", "1| b"]);
    assert_eq!(answer("1|", "a"), ["1| a (no end of line)"]);
    assert!(answer("1|", "").is_empty());
}
