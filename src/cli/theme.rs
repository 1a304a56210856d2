//! `roadbook theme`: which themes there are, and one of them as files to start from.

use std::path::Path;

use clap::Subcommand;

use super::report::Terminal;
use super::{Common, Failure, print_out, site, unwritten};
use crate::config;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::policy::Policy;
use crate::host::folder;
use crate::host::starter::{WriteError, write_folder};
use crate::theme::names::{self, Known, summary};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Name the themes, where each comes from and what it is; `*` marks the one in use
    List,
    /// Write a theme of the program into `themes/`, as files to start from
    Copy(CopyArguments),
}

#[derive(Debug, clap::Args)]
struct CopyArguments {
    /// The theme
    name: String,
    /// Its name in the site [default: the same]
    #[arg(long = "as", value_name = "NEW")]
    new: Option<String>,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    match &arguments.command {
        Command::List => list(&root, terminal),
        Command::Copy(arguments) => copy(arguments, &root, terminal),
    }
}

fn list(root: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let folder = site::read(root)?.value;
    let mut problems = Diagnostics::default();
    let config = config::read(folder.config, folder.sources.get(folder.config), &mut problems);
    let in_use = names::chosen(&folder, &config, &mut problems).map(|theme| theme.name);
    print_out(table(&names::themes(&folder), in_use, root).as_bytes())?;
    let report = Policy::default().apply(problems, &folder.sources);
    terminal.report(&report, &folder.sources);
    if report.is_empty() { Ok(()) } else { Err(Failure::Content) }
}

/// A line a theme: whether it is in use, its name, where it comes from, what it is.
fn table(themes: &[Known], in_use: Option<&str>, root: &Path) -> String {
    let rows: Vec<_> = themes.iter().map(|theme| (theme.name, origin(theme), description(theme, root))).collect();
    let widest = |width: fn(&(&str, String, String)) -> usize| rows.iter().map(width).max().unwrap_or(0);
    let (name_width, origin_width) = (widest(|row| row.0.chars().count()), widest(|row| row.1.chars().count()));
    let line = |(name, origin, description): &(&str, String, String)| {
        let mark = if in_use == Some(*name) { '*' } else { ' ' };
        let line = format!("{mark} {name:name_width$}  {origin:origin_width$}  {description}");
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}

fn origin(theme: &Known) -> String {
    match (theme.in_folder, theme.builtin) {
        (false, _) => "built-in".into(),
        (true, None) => format!("themes/{}", theme.name),
        (true, Some(_)) => format!("themes/{} over built-in", theme.name),
    }
}

/// What the theme's own README says; a folder without one says what the theme of its name does.
fn description(theme: &Known, root: &Path) -> String {
    let own = || folder::read_file(&root.join("themes").join(theme.name).join("README.md")).ok();
    let own = theme.in_folder.then(own).flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    summary(own.as_deref().or(theme.builtin.map(|theme| theme.readme)).unwrap_or("")).to_owned()
}

fn copy(arguments: &CopyArguments, root: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let theme = names::find_builtin(&arguments.name)
        .map_err(|help| Failure::Usage(format!("there is no built-in theme `{}`", arguments.name), Some(help)))?;
    let name = arguments.new.as_deref().unwrap_or(theme.name);
    if !names::is_name(name) {
        let help = "use letters, digits, `-` and `_`, such as `my-theme`";
        return Err(Failure::Usage(format!("`{name}` cannot be the name of a theme"), Some(help.into())));
    }
    let files = theme.files();
    write_folder(&root.join("themes").join(name), &files).map_err(|error| failure(error, name, &arguments.name))?;
    for (path, _) in &files {
        terminal.detail(&format!("themes/{name}/{path}"));
    }
    terminal.say(&format!("wrote the theme `{}` of {} files into themes/{name}", theme.name, files.len()));
    terminal.say(&format!("use it with this line at the top of site.toml: theme = \"{name}\""));
    Ok(())
}

fn failure(error: WriteError, name: &str, copied: &str) -> Failure {
    match error {
        WriteError::Exists(_) => Failure::Usage(
            format!("`themes/{name}` exists already; nothing was written"),
            Some(format!("copy it under another name: `roadbook theme copy {copied} --as NEW`")),
        ),
        other => unwritten(other),
    }
}
