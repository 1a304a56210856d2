//! Arguments → options → [`crate::build`] and [`crate::host`]; one file a command.

mod build;
mod check;
mod completions;
mod explain;
mod graph;
mod init;
mod manual;
mod new;
mod plan;
mod progress;
mod report;
mod schema;
mod serve;
mod site;
mod stats;
mod theme;
mod timings;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::host::starter::WriteError;
use crate::stack;
use report::Terminal;

/// Compiles Markdown topic files into a dependency-ordered learning roadmap and publishes it as a site.
#[derive(Debug, Parser)]
#[command(name = "roadbook", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Clone, Debug, clap::Args)]
struct Common {
    /// The site's folder [default: the nearest one upwards with a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a new site with a small starter roadmap
    Init(init::Arguments),
    /// Write a new topic, stage or roadmap with its front matter filled in
    New(new::Arguments),
    /// Build the static site
    Build(build::Arguments),
    /// Serve the site on this machine, rebuilt and reloaded as files change
    Serve(serve::Arguments),
    /// Report every problem of the content; writes nothing
    Check(check::Arguments),
    /// Say what the code of a report means, with an example and the cure
    Explain(explain::Arguments),
    /// Draw a roadmap, as a picture or for other programs
    Graph(graph::Arguments),
    /// List the themes, or copy one out to start from
    Theme(theme::Arguments),
    /// Print what to learn in which order, and how long it takes
    Plan(plan::Arguments),
    /// Print how much there is, how deep it goes, and what most topics wait for
    Stats(stats::Arguments),
    /// Print the JSON Schema of front matter or site.toml, for editors
    Schema(schema::Arguments),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Arguments),
    /// Print the manual page of all commands, as `man` reads it
    Man,
}

/// Why a command did not do what it was asked for.
#[derive(Debug)]
enum Failure {
    /// The content has errors; they have been reported.
    Content,
    /// The command was used wrongly: what is wrong, and what to do.
    Usage(String, Option<String>),
    /// The machine refused: disk, permission, port.
    Machine(String),
}

/// Runs the command line; the exit status is 0, or 1 for bad content, 2 for wrong usage, 3 for the machine.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    stack::prepare();
    let common = &arguments.common;
    let terminal = Terminal::new(common.color, common.quiet, common.verbose);
    let result = match &arguments.command {
        Command::Init(arguments) => init::run(arguments, common, &terminal),
        Command::New(arguments) => new::run(arguments, common, &terminal),
        Command::Build(arguments) => build::run(arguments, common, &terminal),
        Command::Serve(arguments) => serve::run(arguments, common, &terminal),
        Command::Check(arguments) => check::run(arguments, common, &terminal),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Graph(arguments) => graph::run(arguments, common, &terminal),
        Command::Theme(arguments) => theme::run(arguments, common, &terminal),
        Command::Plan(arguments) => plan::run(arguments, common, &terminal),
        Command::Stats(arguments) => stats::run(arguments, common, &terminal),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man => manual::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Content) => ExitCode::from(1),
        Err(Failure::Usage(message, help)) => {
            terminal.error(&message, help.as_deref());
            ExitCode::from(2)
        }
        Err(Failure::Machine(message)) => {
            terminal.error(&message, None);
            ExitCode::from(3)
        }
    }
}

/// Why a new file was not written.
fn unwritten(error: WriteError) -> Failure {
    match error {
        WriteError::Exists(path) => {
            Failure::Usage(format!("`{}` exists already; nothing was written", path.display()), None)
        }
        WriteError::Link(path) => Failure::Usage(
            format!("`{}` is a link, and may lead out of the site; nothing was written", path.display()),
            Some("put a folder there".into()),
        ),
        WriteError::Machine(path, error) => {
            Failure::Machine(format!("`{}` cannot be written: {error}", path.display()))
        }
    }
}

/// What programs and readers asked for, on standard output. Whoever stops reading has had enough.
fn print_out(bytes: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Machine(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
