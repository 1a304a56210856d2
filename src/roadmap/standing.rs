//! How a prerequisite stands to the topic that needs it, on one road.

use super::{Placement, PlacementIx, Requirement, Roadmap, Roadmaps, Target};

/// Where the target of a prerequisite is on a road, seen from the topic that needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the same or an earlier stage: the topic, or the options of the choice.
    Before(Vec<PlacementIx>),
    /// In a later stage: the order leaves it out.
    Late(Vec<PlacementIx>),
    /// Not on this road.
    Outside,
}

/// The prerequisites of a placement: its topic's own, then those of this road.
pub fn requirements<'a>(site: &'a Roadmaps, placement: &'a Placement) -> impl Iterator<Item = &'a Requirement> {
    site.topic(placement.topic).requires.iter().chain(&placement.requires)
}

/// How one target stands to one placement.
pub fn standing(roadmap: &Roadmap, placement: &Placement, target: &Target) -> Standing {
    let places: Vec<PlacementIx> = match target {
        Target::Topic(topic) => roadmap.placed.get(topic).copied().into_iter().collect(),
        Target::Choice(id) => roadmap.find_choice(id).map_or_else(Vec::new, |ix| roadmap.choice(ix).of.clone()),
    };
    if places.is_empty() {
        return Standing::Outside;
    }
    if places.iter().any(|ix| roadmap.placement(*ix).stage > placement.stage) {
        return Standing::Late(places);
    }
    Standing::Before(places)
}

/// Whether a placement's author says that this prerequisite comes later.
pub fn is_said_late(roadmap: &Roadmap, placement: &Placement, target: &Target) -> bool {
    placement.late.iter().any(|late| late.value == *target || is_option(roadmap, &late.value, target))
}

/// Whether `late` is an option of the choice that `target` names.
fn is_option(roadmap: &Roadmap, late: &Target, target: &Target) -> bool {
    let (Target::Topic(topic), Target::Choice(id)) = (late, target) else { return false };
    let choice = roadmap.find_choice(id).map(|ix| roadmap.choice(ix));
    choice.is_some_and(|choice| choice.of.iter().any(|ix| roadmap.placement(*ix).topic == *topic))
}
