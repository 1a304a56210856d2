//! `roadbook new`: a new topic, stage or roadmap.

use clap::Subcommand;

use super::report::Terminal;
use super::{Common, Failure, site, unwritten};
use crate::build::Options;
use crate::host::starter::write_one;
use crate::scaffold::{self, Refusal, Wanted};
use crate::site::Site;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A topic, in a stage or in `content/topics/`
    Topic(TopicArguments),
    /// A stage at the end of a roadmap
    Stage(StageArguments),
    /// A roadmap, in a folder of its own
    Roadmap(NameArguments),
}

#[derive(Debug, clap::Args)]
struct TopicArguments {
    #[command(flatten)]
    name: NameArguments,
    /// The roadmap that it belongs to [default: the only one, or that of the stage]
    #[arg(long, value_name = "R")]
    roadmap: Option<String>,
    /// The stage that it belongs to [default: the only one, or none]
    #[arg(long, value_name = "S")]
    stage: Option<String>,
}

#[derive(Debug, clap::Args)]
struct StageArguments {
    #[command(flatten)]
    name: NameArguments,
    /// The roadmap that it belongs to [default: the only one]
    #[arg(long, value_name = "R")]
    roadmap: Option<String>,
}

#[derive(Debug, clap::Args)]
struct NameArguments {
    /// Its id: lower-case letters, digits and `-`
    id: String,
    /// Its title [default: made from the id]
    #[arg(long, value_name = "T", value_parser = title)]
    title: Option<String>,
}

impl NameArguments {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { id: &self.id, title: self.title.as_deref() }
    }
}

fn title(text: &str) -> Result<String, &'static str> {
    let title = text.trim();
    let one_line = !title.is_empty() && !title.chars().any(char::is_control);
    if one_line { Ok(title.into()) } else { Err("write a title of one line") }
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    // What is wrong with the content is for `check` to say: nothing of it is in the way of a new file.
    let compiled = site::compile(&root, &Options { drafts: true, ..Options::default() }, terminal)?;
    let file = match &arguments.command {
        Command::Topic(topic) => {
            let roadmap = topic.roadmap.as_deref().map(|id| site::roadmap(&compiled.site, Some(id))).transpose()?;
            scaffold::topic(&compiled.site, &topic.name.wanted(), roadmap, topic.stage.as_deref())
        }
        Command::Stage(stage) => {
            let roadmap = of_stage(&compiled.site, stage)?;
            scaffold::stage(&compiled.site, &stage.name.wanted(), roadmap)
        }
        Command::Roadmap(name) => scaffold::roadmap(&compiled.site, &name.wanted()),
    };
    let file = file.map_err(|Refusal { message, help }| Failure::Usage(message, help))?;
    write_one(&root, &file.path, &file.text).map_err(unwritten)?;
    terminal.say(&format!("wrote {}", file.path));
    if let Some(note) = &file.note {
        terminal.say(note);
    }
    Ok(())
}

/// A stage without a roadmap has to wait for one.
fn of_stage(site: &Site, arguments: &StageArguments) -> Result<usize, Failure> {
    match (&arguments.roadmap, site.roadmaps.roadmaps.len()) {
        (None, 0) => Err(Failure::Usage(
            "the site has no roadmap for a stage".into(),
            Some("make one first: `roadbook new roadmap ID`".into()),
        )),
        (id, _) => site::roadmap(site, id.as_deref()),
    }
}
