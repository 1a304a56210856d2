//! What the reader picks, and which topics are for this reader.

use std::collections::BTreeSet;

use super::Question;
use super::road::{Road, RoadChoice, Target};

/// The answers to a road's choices.
pub struct Picks {
    /// By choice: the options picked; none where the choice is not asked.
    pub by_choice: Vec<Vec<usize>>,
    /// By topic: whether it is an option of any choice.
    pub is_option: Vec<bool>,
    /// By topic: whether it is picked.
    pub picked: Vec<bool>,
}

impl Picks {
    /// Asks every choice whose `for` is fulfilled. What the reader says comes first, then the options that are
    /// wanted by name or known, then the choice's default, then the first ones: as many as it asks for. What is
    /// wanted by name, or a choice that is answered, makes the option that it is `for` wanted too.
    pub fn new(road: &Road, question: &Question, known: &[bool]) -> Self {
        let mut preferred = known.to_vec();
        let answered = question.picks.keys().map(|choice| Target::Choice(*choice));
        let mut wanted: Vec<Target> = question.to.iter().cloned().chain(answered).collect();
        wanted.iter().filter_map(Target::topic).for_each(|topic| preferred[topic] = true);
        let mut offered = vec![Vec::new(); road.topics.len()];
        for choice in &road.choices {
            choice.of.iter().for_each(|option| offered[*option].push(choice));
        }
        loop {
            let picks = Picks::ask(road, question, &preferred);
            let conditions = wanted.iter().flat_map(|target| conditions(road, &offered, target));
            let missing = conditions.filter(|condition| !picks.serves(condition)).map(|condition| condition[0]);
            let more: BTreeSet<usize> = missing.filter(|option| !preferred[*option]).collect();
            if more.is_empty() {
                return picks;
            }
            more.iter().for_each(|option| preferred[*option] = true);
            wanted.extend(more.into_iter().map(Target::Topic));
        }
    }

    fn ask(road: &Road, question: &Question, preferred: &[bool]) -> Self {
        let mut picks = Picks {
            by_choice: vec![Vec::new(); road.choices.len()],
            is_option: vec![false; road.topics.len()],
            picked: vec![false; road.topics.len()],
        };
        road.choices.iter().flat_map(|choice| &choice.of).for_each(|option| picks.is_option[*option] = true);
        let mut open: Vec<usize> = (0..road.choices.len()).collect();
        loop {
            let (asked, rest): (Vec<usize>, Vec<usize>) =
                open.iter().partition(|at| picks.serves(&road.choices[**at].for_options));
            if asked.is_empty() {
                return picks;
            }
            for at in asked {
                let options = options(&road.choices[at], question.picks.get(&at), preferred);
                options.iter().for_each(|option| picks.picked[*option] = true);
                picks.by_choice[at] = options;
            }
            open = rest;
        }
    }

    /// Whether what is `for` these options is for this reader.
    pub fn serves(&self, for_options: &[usize]) -> bool {
        for_options.is_empty() || for_options.iter().any(|option| self.picked[*option])
    }

    /// Whether a topic, taken by itself, is for this reader: not `for` others, and no option left unpicked.
    pub fn applies(&self, road: &Road, topic: usize) -> bool {
        self.serves(&road.topics[topic].for_options) && (self.picked[topic] || !self.is_option[topic])
    }
}

/// What has to be picked for something to be for this reader: the `for` of a topic, of what it is a part of and
/// of the choices that offer it, or that of a choice.
fn conditions<'a>(road: &'a Road, offered: &[Vec<&'a RoadChoice>], target: &Target) -> Vec<&'a [usize]> {
    let mut conditions: Vec<&[usize]> = match target {
        Target::Topic(topic) => {
            let above = std::iter::successors(Some(*topic), |topic| road.topics[*topic].part_of);
            let own = above.map(|topic| road.topics[topic].for_options.as_slice());
            own.chain(offered[*topic].iter().map(|choice| choice.for_options.as_slice())).collect()
        }
        Target::Choice(choice) => vec![&road.choices[*choice].for_options],
        Target::Elsewhere(_) => Vec::new(),
    };
    conditions.retain(|condition| !condition.is_empty());
    conditions
}

fn options(choice: &RoadChoice, said: Option<&Vec<usize>>, preferred: &[bool]) -> Vec<usize> {
    let mut options: Vec<usize> = said.cloned().unwrap_or_default();
    let mut add = |option: usize, most: usize| {
        if options.len() < most && !options.contains(&option) {
            options.push(option);
        }
    };
    let most = if said.is_some() { choice.pick.0 } else { choice.pick.1 };
    choice.of.iter().filter(|option| preferred[**option]).for_each(|option| add(*option, most));
    let rest = choice.default.iter().chain(&choice.of);
    rest.for_each(|option| add(*option, choice.pick.0));
    options
}
