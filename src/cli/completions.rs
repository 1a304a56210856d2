//! `roadbook completions`: commands and options, for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Failure, print_out};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "roadbook", &mut script);
    print_out(&script)
}
