//! A reader's own plan, one format a file.

pub mod csv;
pub mod ics;
pub mod json;
pub mod table;

use jiff::civil::Date;

use crate::plan::personal::days::{Days, days};
use crate::plan::personal::road::{Road, Target};
use crate::plan::personal::{Answer, Item, Question, Step};
use crate::roadmap::{Roadmap, TopicIx};
use crate::site::{Site, choice_title};
use crate::urls::path;

/// A plan and all that its formats say about it.
pub struct Sheet<'a> {
    /// The site.
    pub site: &'a Site,
    /// The roadmap, by its place in the site.
    pub roadmap: usize,
    /// The roadmap as the plan sees it.
    pub road: &'a Road,
    /// What was asked.
    pub question: &'a Question,
    /// The plan.
    pub answer: &'a Answer,
    /// The first day, if there is one.
    pub start: Option<Date>,
}

impl<'a> Sheet<'a> {
    fn roadmap(&self) -> &'a Roadmap {
        &self.site.roadmaps.roadmaps[self.roadmap]
    }

    fn topic_ix(&self, topic: usize) -> TopicIx {
        self.roadmap().placement(self.site.plans[self.roadmap].order[topic]).topic
    }

    fn topic_title(&self, topic: usize) -> &'a str {
        self.site.topic_title(self.topic_ix(topic))
    }

    fn id(&self, item: Item) -> Option<&'a str> {
        match item {
            Item::Topic(topic) => Some(&self.road.topics[topic].id),
            Item::Stage(_) => None,
        }
    }

    fn title(&self, item: Item) -> &'a str {
        match item {
            Item::Topic(topic) => self.topic_title(topic),
            Item::Stage(stage) => &self.roadmap().stages[stage].title,
        }
    }

    fn stage(&self, item: Item) -> usize {
        match item {
            Item::Topic(topic) => self.road.topics[topic].stage,
            Item::Stage(stage) => stage,
        }
    }

    fn stage_id(&self, item: Item) -> &'a str {
        &self.roadmap().stages[self.stage(item)].id
    }

    fn stage_title(&self, item: Item) -> &'a str {
        &self.roadmap().stages[self.stage(item)].title
    }

    fn path(&self, item: Item) -> String {
        match item {
            Item::Topic(topic) => path::topic(&self.road.topics[topic].id),
            Item::Stage(stage) => path::stage(&self.roadmap().id, &self.roadmap().stages[stage].id),
        }
    }

    fn target_id(&self, target: &'a Target) -> &'a str {
        match target {
            Target::Topic(topic) => &self.road.topics[*topic].id,
            Target::Choice(choice) => &self.road.choices[*choice].id,
            Target::Elsewhere(id) => id,
        }
    }

    /// The first and the last day of a step.
    fn days(&self, step: &Step) -> Option<(Days, Days)> {
        self.start.map(|first| days(first, step.start, step.end))
    }

    /// The last day of all.
    fn end(&self) -> Option<Days> {
        let last = self.answer.steps.last()?;
        self.days(last).map(|(_, end)| end)
    }

    /// The choices that decide what is in the plan: where a picked option is listed or known.
    fn picks(&self) -> impl Iterator<Item = (usize, &'a [usize])> {
        let answer = self.answer;
        let is_there = move |option: &usize| {
            answer.steps.iter().any(|step| step.item == Item::Topic(*option))
                || self.question.known.contains(&self.road.topics[*option].id)
        };
        let picks = answer.picks.iter().map(Vec::as_slice).enumerate();
        picks.filter(move |(_, options)| options.iter().any(is_there))
    }

    fn choice_title(&self, choice: usize) -> String {
        let id = &self.road.choices[choice].id;
        self.roadmap().find_choice(id).map_or_else(|| id.clone(), |ix| choice_title(self.roadmap().choice(ix)))
    }
}
