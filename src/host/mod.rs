//! The one place that touches disk, network and signals. It knows nothing of the pipeline: folders come in
//! as texts and names, sites go out as paths and bytes.

pub mod browser;
pub mod cache;
pub mod clock;
pub mod edit;
pub mod folder;
pub mod live;
pub mod memory;
pub mod output;
mod plain;
pub mod server;
pub mod starter;
pub mod watch;
pub mod web;
