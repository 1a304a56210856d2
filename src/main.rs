//! The command line program. All there is to see is in [`roadbook::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    roadbook::cli::run()
}
