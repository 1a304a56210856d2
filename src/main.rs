//! The command line program. All there is to see is in [`roadbook::cli`].

use std::process::ExitCode;

/// A build allocates tens of millions of small texts; the system's allocator takes a fifth of its time for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    roadbook::cli::run()
}
