//! The reader's plan: hand-worked cases in `shared/plan/*.json` (their README tells the format), and what must be
//! true of every plan on random sites. The theme reckons plans in browsers: with Node, its answers are held against the
//! program's.

#[path = "personal/cases.rs"]
mod cases;
#[allow(dead_code, reason = "no page is opened here")]
#[path = "shared/node.rs"]
mod node;
#[path = "personal/properties.rs"]
mod properties;
#[path = "personal/random.rs"]
mod random;
#[path = "personal/reckon.rs"]
mod reckon;
#[path = "personal/road.rs"]
mod road;
#[path = "personal/road_file.rs"]
mod road_file;
#[path = "personal/wild.rs"]
mod wild;
