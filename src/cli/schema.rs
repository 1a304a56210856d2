//! `roadbook schema`: what editors complete and explain.

use clap::ValueEnum;

use super::{Failure, print_out};
use crate::schema::{self, File};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The kind of file [default: one schema for the front matter of any file]
    #[arg(value_enum)]
    kind: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Topic,
    Stage,
    Roadmap,
    Page,
    Site,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let schema = match arguments.kind {
        Some(Kind::Topic) => schema::of(File::Topic),
        Some(Kind::Stage) => schema::of(File::Stage),
        Some(Kind::Roadmap) => schema::of(File::Roadmap),
        Some(Kind::Page) => schema::of(File::Page),
        Some(Kind::Site) => schema::of(File::Site),
        None => schema::of_any_front_matter(),
    };
    print_out(format!("{schema:#}\n").as_bytes())
}
