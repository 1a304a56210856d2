//! What the commands say on the terminal.

use std::io::{IsTerminal, Write};

use super::Colour;
use crate::diagnostic::fix::Edit;
use crate::diagnostic::human::{self, Style};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Where and how to speak: reports and progress go to standard error.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    style: Style,
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    /// Colours on a terminal unless `NO_COLOR` is set or the author says otherwise.
    pub fn new(colour: Colour, quiet: bool, verbose: bool) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !no_color && std::io::stderr().is_terminal(),
        };
        Terminal { style: Style { colour }, quiet, verbose }
    }

    /// Whether the author wants to hear of what went wrong alone.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// News, unless the author wants quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.write(&format!("{text}\n"));
        }
    }

    /// More than most want to know.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.write(&format!("{text}\n"));
        }
    }

    /// A failure that is no diagnostic.
    pub fn error(&self, message: &str, help: Option<&str>) {
        let (red, bold, off) = if self.style.colour { ("\x1b[1;91m", "\x1b[1m", "\x1b[0m") } else { ("", "", "") };
        self.write(&format!("{red}error{off}{bold}: {message}{off}\n"));
        if let Some(help) = help {
            self.write(&format!("  help: {help}\n"));
        }
    }

    /// What was mended, unless the author wants quiet.
    pub fn mended(&self, fixes: &[(Diagnostic, Edit)], sources: &Sources) {
        if !self.quiet {
            self.write(&human::print_fixes(fixes, sources, self.style));
        }
    }

    /// The report of a run and its count.
    pub fn report(&self, report: &[Diagnostic], sources: &Sources) {
        self.write(&human::print(report, sources, self.style));
        if let Some(count) = count(report) {
            self.write(&format!("{count}\n"));
        }
    }

    fn write(&self, text: &str) {
        // A closed terminal is no reason to fail.
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
}

/// `2 errors, 1 warning`; nothing when there is nothing to count.
pub fn count(report: &[Diagnostic]) -> Option<String> {
    let of = |severity, word: &str| {
        let n = report.iter().filter(|d| d.severity == severity).count();
        (n > 0).then(|| plural(n, word))
    };
    let parts: Vec<String> =
        [of(Severity::Error, "error"), of(Severity::Warning, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 topic`, `2 topics`
pub fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
