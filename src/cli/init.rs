//! `roadbook init`: a new site with a small starter roadmap.

use std::path::{Path, PathBuf};

use super::report::Terminal;
use super::{Common, Failure, unwritten};
use crate::host::starter::{WriteError, write_new};

macro_rules! starter {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("starter/", $path)))),*] };
}

/// The starter site: paths below its root, and texts.
const STARTER: &[(&str, &str)] = starter![
    "site.toml"
    "content/_index.md"
    "content/bread/_index.md"
    "content/bread/01-flour-and-water/_index.md"
    "content/bread/01-flour-and-water/flour.md"
    "content/bread/01-flour-and-water/hydration.md"
    "content/bread/01-flour-and-water/spelt-flour.md"
    "content/bread/01-flour-and-water/wheat-flour.md"
    "content/bread/02-first-loaf/_index.md"
    "content/bread/02-first-loaf/baking.md"
    "content/bread/02-first-loaf/kneading.md"
    "content/bread/02-first-loaf/shaping.md"
    "content/bread/02-first-loaf/yeast.md"
    "content/bread/03-sourdough/_index.md"
    "content/bread/03-sourdough/long-fermentation.md"
    "content/bread/03-sourdough/starter.md"
    "content/bread/04-beyond/_index.md"
    "content/bread/04-beyond/scoring.md"
];

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the new site; it is made if it does not exist [default: this one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let folder = &arguments.folder.clone().or_else(|| common.root.clone()).unwrap_or_else(|| ".".into());
    write_new(folder, STARTER).map_err(|error| match error {
        WriteError::Exists(path) => Failure::Usage(
            format!("`{}` exists already; nothing was written", path.display()),
            Some("choose an empty folder: `roadbook init my-roadmaps`".into()),
        ),
        other => unwritten(other),
    })?;
    let enter = if folder.as_os_str() == "." { String::new() } else { format!("cd {} && ", quoted(folder)) };
    terminal.say(&format!("wrote a new site of {} files into {}", STARTER.len(), folder.display()));
    terminal.say(&format!("see it with: {enter}roadbook serve"));
    Ok(())
}

/// A folder as a shell takes it.
fn quoted(folder: &Path) -> String {
    let name = folder.display().to_string();
    let plain = name.chars().all(|c| c.is_alphanumeric() || "/._-+".contains(c));
    if plain { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
