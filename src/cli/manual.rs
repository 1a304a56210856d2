//! `roadbook man`: one manual page for all commands, from the definitions that the help is made of.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Failure, print_out};

pub fn run() -> Result<(), Failure> {
    let page = page(super::Arguments::command());
    print_out(&page.map_err(|error| Failure::Machine(format!("the manual cannot be made: {error}")))?)
}

/// The program as a whole, and a section for each command that does something.
fn page(program: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(program.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for (name, command) in commands(program.get_name(), &program) {
        section(&name, command, &mut page)?;
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// `roadbook build`, `roadbook theme list`: the commands that have none below them.
fn commands<'a>(above: &str, command: &'a Command) -> Vec<(String, &'a Command)> {
    let below = command.get_subcommands().filter(|command| command.get_name() != "help");
    below
        .flat_map(|command| {
            let name = format!("{above} {}", command.get_name());
            let deeper = commands(&name, command);
            if deeper.is_empty() { vec![(name, command)] } else { deeper }
        })
        .collect()
}

/// A page of its own, whose sections become parts of one.
fn section(name: &str, command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let mut own = Vec::new();
    let man = Man::new(command.clone().bin_name(name).display_name(name).disable_version_flag(true));
    man.render_description_section(&mut own)?;
    man.render_synopsis_section(&mut own)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut own)?;
    }
    let parts = String::from_utf8_lossy(&own)
        .lines()
        .map(|line| match line.strip_prefix(".SH ") {
            Some("DESCRIPTION") => format!(".SH \"{}\"\n", name.to_uppercase()),
            Some(title) => format!(".SS {title}\n"),
            None => format!("{line}\n"),
        })
        .collect::<String>();
    page.extend_from_slice(parts.as_bytes());
    Ok(())
}
