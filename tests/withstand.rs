//! Whatever roadbook is fed and whatever happens to it: it neither panics, hangs nor writes outside its output; every
//! bad input gets a diagnostic with its place and exit status 1; the output is the complete last site or the complete
//! new one. Shapes that are too large or too odd for `tests/reports/` are made here.

#![allow(dead_code, reason = "the helpers of other tests, which use more of them")]

#[path = "cli/http.rs"]
mod http;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/server.rs"]
mod server;
#[path = "cli/tree.rs"]
mod tree;

#[cfg(unix)]
#[path = "withstand/determinism.rs"]
mod determinism;
#[cfg(target_os = "linux")]
#[path = "withstand/network.rs"]
mod network;
#[cfg(unix)]
#[path = "withstand/publishing.rs"]
mod publishing;
#[path = "withstand/serve.rs"]
mod serve;
#[path = "withstand/site.rs"]
mod site;
