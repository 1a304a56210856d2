//! Which part of a stage is counted inside which other: the graph that the sums follow.

use std::collections::{BTreeMap, BTreeSet};

use crate::roadmap::{ChoiceIx, PlacementIx, Roadmap, TopicIx};

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A placement.
    Topic(PlacementIx),
    /// A choice of this stage.
    Choice(ChoiceIx),
    /// What is `for` options of an earlier stage's choice, below one parent.
    Echo(ChoiceIx, Option<PlacementIx>),
}

/// What is counted inside what. A topic's own parts and what is `for` it as an option are kept apart.
#[derive(Debug, Default)]
pub struct Parts {
    /// Below a topic, or `None` for the stage itself.
    pub inside: BTreeMap<Option<PlacementIx>, Vec<Part>>,
    /// The options of the stage's choices.
    pub options: BTreeMap<Part, Vec<PlacementIx>>,
    /// What is `for` an option; for an echo, its options stand for topics of an earlier stage.
    pub extras: BTreeMap<(Part, PlacementIx), Vec<Part>>,
}

/// Sorts the placements and choices of one stage into each other.
pub fn parts(roadmap: &Roadmap, stage: usize) -> Parts {
    let builder = Builder::new(roadmap, stage);
    let mut parts = Parts::default();
    for choice in &roadmap.stages[stage].choices {
        parts.options.insert(Part::Choice(*choice), builder.own_options(*choice));
    }
    for choice in &roadmap.stages[stage].choices {
        let below = builder.common_parent(*choice);
        let wanted = &roadmap.choice(*choice).for_options;
        builder.put(&mut parts, Part::Choice(*choice), below, wanted);
    }
    for ix in &roadmap.stages[stage].placements {
        if !builder.option_of.contains_key(ix) {
            let placement = roadmap.placement(*ix);
            let wanted = builder.own_condition(*ix);
            builder.put(&mut parts, Part::Topic(*ix), placement.part_of, wanted);
        }
    }
    parts
}

struct Builder<'a> {
    roadmap: &'a Roadmap,
    stage: usize,
    /// The choice of this stage that each option of this stage belongs to.
    option_of: BTreeMap<PlacementIx, ChoiceIx>,
}

impl<'a> Builder<'a> {
    fn new(roadmap: &'a Roadmap, stage: usize) -> Self {
        let mut option_of = BTreeMap::new();
        for choice in &roadmap.stages[stage].choices {
            for option in &roadmap.choice(*choice).of {
                if roadmap.placement(*option).stage == stage {
                    option_of.entry(*option).or_insert(*choice);
                }
            }
        }
        Builder { roadmap, stage, option_of }
    }

    fn own_options(&self, choice: ChoiceIx) -> Vec<PlacementIx> {
        let of = &self.roadmap.choice(choice).of;
        of.iter().copied().filter(|option| self.option_of.get(option) == Some(&choice)).collect()
    }

    /// `for` of a placement, unless it only repeats that of a topic it is a part of.
    fn own_condition(&self, ix: PlacementIx) -> &'a [TopicIx] {
        let placement = self.roadmap.placement(ix);
        let mut parent = placement.part_of;
        while let Some(at) = parent {
            let above = self.roadmap.placement(at);
            if placement.for_options.contains(&above.topic) || above.for_options == placement.for_options {
                return &[];
            }
            parent = above.part_of;
        }
        &placement.for_options
    }

    /// Puts a part where it is counted: below the options it is `for`, or else below its parent.
    fn put(&self, parts: &mut Parts, part: Part, below: Option<PlacementIx>, wanted: &[TopicIx]) {
        let mut options: BTreeSet<(Part, PlacementIx)> = BTreeSet::new();
        for option in wanted.iter().filter_map(|topic| self.roadmap.placed.get(topic)) {
            if let Some(choice) = self.option_of.get(option) {
                options.insert((Part::Choice(*choice), *option));
            } else if let Some(choice) = self.earlier_choice(*option) {
                options.insert((Part::Echo(choice, below), *option));
            }
        }
        if options.is_empty() {
            parts.inside.entry(below).or_default().push(part);
            return;
        }
        for (holder, option) in options {
            if let Part::Echo(choice, below) = holder
                && parts.options.insert(holder, self.roadmap.choice(choice).of.clone()).is_none()
            {
                parts.inside.entry(below).or_default().push(holder);
            }
            parts.extras.entry((holder, option)).or_default().push(part);
        }
    }

    /// The choice of another stage that offers this option.
    fn earlier_choice(&self, option: PlacementIx) -> Option<ChoiceIx> {
        let offers = |ix: &usize| {
            let choice = &self.roadmap.choices[*ix];
            choice.stage != self.stage && choice.of.contains(&option)
        };
        (0..self.roadmap.choices.len()).find(offers).map(ChoiceIx)
    }

    /// The nearest topic that all options of a choice are parts of.
    fn common_parent(&self, choice: ChoiceIx) -> Option<PlacementIx> {
        let ancestors = |ix: &PlacementIx| -> Vec<PlacementIx> {
            std::iter::successors(self.roadmap.placement(*ix).part_of, |at| self.roadmap.placement(*at).part_of)
                .collect()
        };
        let options = self.own_options(choice);
        let (first, rest) = options.split_first()?;
        let others: Vec<BTreeSet<PlacementIx>> = rest.iter().map(|ix| ancestors(ix).into_iter().collect()).collect();
        // A topic that is an option itself does not hold its own question.
        let holds = |ix: &PlacementIx| others.iter().all(|set| set.contains(ix)) && !options.contains(ix);
        ancestors(first).into_iter().find(holds)
    }
}
