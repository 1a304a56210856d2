//! The reader's plan: hand-worked cases in `shared/plan/*.json` (their README tells the format), and what must be
//! true of every plan on random sites.

#[path = "personal/cases.rs"]
mod cases;
#[path = "personal/properties.rs"]
mod properties;
#[path = "personal/random.rs"]
mod random;
#[path = "personal/road.rs"]
mod road;
