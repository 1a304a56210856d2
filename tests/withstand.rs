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
#[path = "contract/xml.rs"]
mod xml;

#[cfg(unix)]
#[path = "withstand/determinism.rs"]
mod determinism;
#[path = "withstand/efforts.rs"]
mod efforts;
#[cfg(target_os = "linux")]
#[path = "withstand/faults.rs"]
mod faults;
#[cfg(unix)]
#[path = "withstand/files.rs"]
mod files;
#[path = "withstand/front_matter.rs"]
mod front_matter;
#[path = "withstand/graphs.rs"]
mod graphs;
#[path = "withstand/ids.rs"]
mod ids;
#[path = "withstand/limits.rs"]
mod limits;
#[path = "withstand/markdown.rs"]
mod markdown;
#[cfg(target_os = "linux")]
#[path = "withstand/network.rs"]
mod network;
#[cfg(unix)]
#[path = "withstand/publishing.rs"]
mod publishing;
#[path = "withstand/readers.rs"]
mod readers;
#[cfg(unix)]
#[path = "withstand/scene.rs"]
mod scene;
#[path = "withstand/serve.rs"]
mod serve;
#[path = "withstand/site.rs"]
mod site;
#[path = "withstand/themes.rs"]
mod themes;
