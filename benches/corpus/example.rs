//! Writes a corpus as the site of one generator, with its templates:
//! `cargo run --release --example corpus -- DIR --topics 1000 --shape roads --for hugo`

#[path = "mod.rs"]
mod corpus;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Parser;
use clap::builder::PossibleValuesParser;
use corpus::sites::{self, Generator};
use corpus::{Corpus, Shape};
use walkdir::WalkDir;

#[derive(Parser)]
#[command(about = "Writes a benchmark's site")]
struct Arguments {
    /// The folder of the site; it is made, and must not hold anything
    folder: PathBuf,
    /// How many topics
    #[arg(long, default_value_t = 1000)]
    topics: usize,
    /// The same seed makes the same site
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How topics lie in roadmaps
    #[arg(long, default_value = "roads", value_parser = PossibleValuesParser::new(Shape::ALL.map(|(name, _)| name)))]
    shape: String,
    /// The generator
    #[arg(long = "for", default_value = "roadbook",
          value_parser = PossibleValuesParser::new(Generator::ALL.map(|(name, _)| name)))]
    generator: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let (_, shape) = Shape::ALL.into_iter().find(|(name, _)| *name == arguments.shape).ok_or("no such shape")?;
    let (name, generator) =
        Generator::ALL.into_iter().find(|(name, _)| *name == arguments.generator).ok_or("no such generator")?;
    fs::create_dir_all(&arguments.folder)?;
    if fs::read_dir(&arguments.folder)?.next().is_some() {
        return Err(format!("{} is not empty", arguments.folder.display()).into());
    }
    let corpus = Corpus::new(shape, arguments.topics, arguments.seed);
    for (path, text) in sites::content(&corpus, generator) {
        write(&arguments.folder.join(path), text.as_bytes())?;
    }
    match generator {
        Generator::Roadbook => write(&arguments.folder.join("site.toml"), sites::SITE_TOML.as_bytes())?,
        _ => copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/sites").join(name), &arguments.folder)?,
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        if entry.file_type().is_file() {
            write(&to.join(entry.path().strip_prefix(from)?), &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
