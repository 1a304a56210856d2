//! `roadbook explain`: what a code means, a smallest example of it, and the cure.

use super::{Failure, print_out};
use crate::diagnostic::Code;
use crate::diagnostic::suggest::nearest;
use crate::tree::fields::quoted;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The code, as reports name it
    code: String,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let names = || Code::ALL.iter().map(|code| code.name());
    let Some(code) = Code::from_name(&arguments.code) else {
        let meant = nearest(&arguments.code, names()).map(|near| format!("did you mean `{near}`?"));
        let all = || format!("the codes: {}", quoted(&names().collect::<Vec<_>>()));
        let message = format!("there is no code `{}`", arguments.code);
        return Err(Failure::Usage(message, Some(meant.unwrap_or_else(all))));
    };
    let (name, summary, default) = (code.name(), code.summary(), code.default().name());
    print_out(format!("{name}: {summary} (default: {default})\n\n{}", code.explanation()).as_bytes())
}
