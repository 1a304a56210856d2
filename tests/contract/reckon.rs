//! Efforts and times, reckoned anew from what the author wrote.

use serde_json::Number;

use crate::data::{self, Amount, Level, Range};
use crate::effort::{self, Hours, Sum};
use crate::report::Report;
use crate::source::{Choice, Placement, Roadmap};

/// Rounding to two decimals, and what binary fractions add to it.
const TOLERANCE: f64 = 0.005 + 1e-6;

/// How to read the contract where it leaves room; a roadmap must follow one reading throughout.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// A stage whose author gives a figure has no unknown topics even among the optional ones, which are summed apart.
    figure_leaves_none_unknown: bool,
    /// What is `for` an option of an earlier stage is a choice here as it was there, rather than summed.
    follows_earlier_choice: bool,
    /// A parent all of whose sub-topics are counted elsewhere (optional ones, those `for` an option) is unknown
    /// itself, rather than the sum of nothing.
    emptied_parent_is_unknown: bool,
}

impl Reading {
    fn all() -> impl Iterator<Item = Self> {
        (0..8).map(|bits: u32| {
            let on = |bit: u32| bits & (1 << bit) != 0;
            Self { figure_leaves_none_unknown: on(0), follows_earlier_choice: on(1), emptied_parent_is_unknown: on(2) }
        })
    }
}

/// When a bonus stage begins; the contract leaves it open.
#[derive(Clone, Copy, PartialEq)]
enum Bonus {
    /// Where the stage before it ends, and the next stage waits for it.
    HoldsUp,
    /// Where the last stage that is not a bonus ends; nothing waits for it.
    Beside,
    /// Where the reader stands who does every stage; the others are timed for one who does no bonus stage.
    AfterAll,
}

/// How far a reader has come without the bonus stages, and with them.
struct Clock {
    core: Sum,
    all: Sum,
}

/// A stage of the source, or of those derived for a flat roadmap.
struct Stage<'a> {
    level: Level,
    figure: Option<Hours>,
    placements: Vec<&'a Placement>,
    choices: Vec<&'a Choice>,
    /// The choices of the stages before it.
    earlier: Vec<&'a Choice>,
    hours_per_week: f64,
}

/// What a stage adds up to.
#[derive(Clone, Copy)]
struct Account {
    effort: Sum,
    /// Its optional placements.
    apart: Sum,
}

/// Checks every effort and every week of a roadmap's data.
pub fn check(source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    let stages = stages(source, data);
    let mut best: Option<Report> = None;
    for reading in Reading::all() {
        let mut attempt = Report::default();
        check_reading(&stages, data, reading, &mut attempt);
        if best.as_ref().is_none_or(|best| attempt.count() < best.count()) {
            best = Some(attempt);
        }
    }
    report.extend(best.unwrap_or_default());
    for (stage, shown) in stages.iter().zip(&data.stages) {
        report.within(&format!("stage {}", shown.id), |report| check_topics(stage, data, report));
    }
}

/// The stages as they are in the source, or as the data derived them.
fn stages<'a>(source: &'a Roadmap, data: &data::Roadmap) -> Vec<Stage<'a>> {
    let hours_per_week = source.hours_per_week;
    let mut earlier: Vec<&Choice> = Vec::new();
    let mut stages = Vec::new();
    for stage in &source.stages {
        let choices: Vec<&Choice> = stage.choices.iter().collect();
        stages.push(Stage {
            level: stage.level,
            figure: stage.effort.as_ref().map(|text| effort::parse(text, hours_per_week)),
            placements: stage.placements.iter().collect(),
            choices: choices.clone(),
            earlier: earlier.clone(),
            hours_per_week,
        });
        earlier.extend(choices);
    }
    let derived = data.stages.iter().filter(|_| source.stages.is_empty());
    stages.extend(derived.map(|stage| Stage {
        level: stage.level,
        figure: None,
        placements: stage.topics.iter().filter_map(|id| source.placement(id)).collect(),
        choices: Vec::new(),
        earlier: Vec::new(),
        hours_per_week,
    }));
    stages
}

fn check_reading(stages: &[Stage], data: &data::Roadmap, reading: Reading, report: &mut Report) {
    let accounts: Vec<Account> = stages.iter().map(|stage| stage.account(reading)).collect();
    let pace = data.hours_per_week.as_f64().unwrap_or_default();
    for (account, shown) in accounts.iter().zip(&data.stages) {
        report.within(&format!("stage {}", shown.id), |report| {
            check_amount("effort", &shown.effort, account.effort, pace, report);
        });
    }
    let levels = stages.iter().map(|stage| stage.level);
    let (bonus, core): (Vec<_>, Vec<_>) = levels.zip(&accounts).partition(|(level, _)| *level == Level::Optional);
    let total = core.iter().map(|(_, account)| account.effort).sum();
    check_amount("effort", &data.effort, total, pace, report);
    let apart: Sum = accounts.iter().map(|account| account.apart).sum();
    let optional = apart.plus(bonus.iter().map(|(_, account)| account.effort).sum());
    check_amount("optional_effort", &data.optional_effort, optional, pace, report);
    check_timeline(stages, &accounts, data, report);
}

/// Each stage begins where the one before it ends; whether bonus stages hold up the others is open.
fn check_timeline(stages: &[Stage], accounts: &[Account], data: &data::Roadmap, report: &mut Report) {
    let pace = data.hours_per_week.as_f64().unwrap_or_default();
    let misfit = |bonus: Bonus| {
        let mut clock = Clock { core: Sum::ZERO, all: Sum::ZERO };
        stages.iter().zip(accounts).zip(&data.stages).find_map(|((stage, account), shown)| {
            let (start, end) = clock.pass(stage.level, account.effort, bonus);
            let held = near(&shown.start_week, start, pace) && near(&shown.end_week, end, pace);
            (!held).then(|| {
                let (start, end) = (weeks(start, pace), weeks(end, pace));
                let (from, to) = (&shown.start_week, &shown.end_week);
                format!("stage {}: expected weeks {start:?} to {end:?}, got {from:?} to {to:?}", shown.id)
            })
        })
    };
    let readings = [Bonus::HoldsUp, Bonus::Beside, Bonus::AfterAll];
    let misfits: Option<Vec<String>> = readings.into_iter().map(misfit).collect();
    if let Some(problem) = misfits.and_then(|mut all| all.pop()) {
        report.fail(problem);
    }
}

impl Clock {
    /// Passes a stage; returns its start and its end.
    fn pass(&mut self, level: Level, effort: Sum, bonus: Bonus) -> (Hours, Hours) {
        let is_bonus = level == Level::Optional;
        let start = match bonus {
            Bonus::HoldsUp => self.all,
            Bonus::AfterAll if is_bonus => self.all,
            _ => self.core,
        };
        self.all = self.all.plus(effort);
        if !is_bonus {
            self.core = self.core.plus(effort);
        }
        (start.hours, start.plus(effort).hours)
    }
}

/// Checks the effort that each topic of a stage shows: its own, or what its sub-topics add up to.
fn check_topics(stage: &Stage, data: &data::Roadmap, report: &mut Report) {
    let pace = stage.hours_per_week;
    for placement in &stage.placements {
        let Some(shown) = data.topic(&placement.id).map(|topic| &topic.effort) else { continue };
        report.within(&placement.id, |report| match (placement.hours(pace), shown) {
            (Some(hours), Some(shown)) => check_amount("effort", shown, Sum { hours, unknown: 0 }, pace, report),
            (Some(_), None) => report.fail("its effort is null although it is known"),
            (None, Some(shown)) if stage.parts(placement).next().is_none() => {
                report.fail(format!("its effort is {shown:?}, not null, although nothing is known"));
            }
            (None, Some(shown)) => check_sum_of_parts(stage, placement, shown, report),
            (None, None) => {}
        });
    }
}

/// A parent may show the sum of all its sub-topics, or of those alone that are not optional.
///
/// How it counts those that are options, or `for` one, is open.
fn check_sum_of_parts(stage: &Stage, placement: &Placement, shown: &Amount, report: &mut Report) {
    report.check(near(&shown.weeks, hours_of(shown), stage.hours_per_week), || format!("its weeks: {shown:?}"));
    if stage.has_choice_below(placement) {
        return;
    }
    let fits = |expected: Sum| expected.unknown == shown.unknown && near(&shown.hours, expected.hours, 1.0);
    let expected = [stage.sum_of_parts(placement, false), stage.sum_of_parts(placement, true)];
    report.check(expected.into_iter().any(fits), || {
        format!("the sum of its parts: expected {:?}, got {shown:?}", expected[0])
    });
}

/// What a parent that states no effort takes: the sum of its sub-topics, or what the data shows where choices are
/// among them.
pub fn hours_of_parts(source: &Roadmap, data: &data::Roadmap, placement: &Placement) -> Option<Hours> {
    let shown = data.topic(&placement.id)?;
    let stages = stages(source, data);
    let stage = stages.iter().zip(&data.stages).find(|(_, stage)| stage.id == shown.stage)?.0;
    if stage.has_choice_below(placement) {
        return shown.effort.as_ref().map(hours_of);
    }
    Some(stage.sum_of_parts(placement, false).hours)
}

/// The hours that an amount shows.
fn hours_of(amount: &Amount) -> Hours {
    let number = |number: &Number| number.as_f64().unwrap();
    Hours { low: number(&amount.hours.0), high: amount.hours.1.as_ref().map(number) }
}

fn check_amount(what: &str, shown: &Amount, expected: Sum, pace: f64, report: &mut Report) {
    report.check(near(&shown.hours, expected.hours, 1.0), || format!("{what}: expected {expected:?}, got {shown:?}"));
    report.check(near(&shown.weeks, expected.hours, pace), || {
        format!("{what}: expected {:?} weeks, got {:?}", weeks(expected.hours, pace), shown.weeks)
    });
    report.equal(&format!("{what}: unknown"), &shown.unknown, &expected.unknown);
}

/// Whether a range shows these hours, divided by `unit`.
fn near(shown: &Range, hours: Hours, unit: f64) -> bool {
    let close = |shown: &Number, hours: f64| (shown.as_f64().unwrap() - hours / unit).abs() <= TOLERANCE;
    close(&shown.0, hours.low)
        && match (&shown.1, hours.high) {
            (Some(shown), Some(high)) => close(shown, high),
            (shown, high) => shown.is_none() && high.is_none(),
        }
}

fn weeks(hours: Hours, pace: f64) -> (f64, Option<f64>) {
    (hours.low / pace, hours.high.map(|high| high / pace))
}

impl<'a> Stage<'a> {
    /// What the stage adds up to by the contract's rules.
    fn account(&self, reading: Reading) -> Account {
        let apart = self
            .placements
            .iter()
            .filter(|topic| self.is_apart(topic))
            .map(|topic| self.topic_cost(topic, reading))
            .sum();
        let Some(hours) = self.figure else { return Account { effort: self.sum(reading), apart } };
        let unknown = if reading.figure_leaves_none_unknown { 0 } else { apart.unknown };
        Account { effort: Sum { hours, unknown: 0 }, apart: Sum { unknown, ..apart } }
    }

    /// The sum over the essential and recommended placements, each choice once.
    fn sum(&self, reading: Reading) -> Sum {
        let alone = |serves: &[String]| self.option_served(serves).is_none();
        let later = |serves: &[String]| reading.follows_earlier_choice && self.earlier_served(serves).is_some();
        let topics = self.placements.iter().filter(|topic| {
            alone(&topic.serves) && !later(&topic.serves) && !self.is_option(topic) && self.parent(topic).is_none()
        });
        let topics: Sum =
            topics.filter(|topic| topic.level != Level::Optional).map(|topic| self.topic_cost(topic, reading)).sum();
        let choices = self.choices.iter().filter(|choice| alone(&choice.serves) && !later(&choice.serves));
        let choices: Sum = choices.map(|choice| self.choice_cost(choice, reading)).sum();
        let later: Sum = self
            .earlier
            .iter()
            .filter(|_| reading.follows_earlier_choice)
            .map(|choice| self.later_cost(choice, reading))
            .sum();
        topics.plus(choices).plus(later)
    }

    /// What this stage holds for the options of an earlier stage's choice.
    fn later_cost(&self, choice: &Choice, reading: Reading) -> Sum {
        let options: Vec<Sum> = choice.of.iter().map(|option| self.serving_cost(option, reading)).collect();
        effort::pick(choice.pick, &options)
    }

    /// A topic's own effort, else the sum of its sub-topics that are counted through it.
    fn topic_cost(&self, placement: &Placement, reading: Reading) -> Sum {
        let own = placement.hours(self.hours_per_week);
        let counted = |part: &&&Placement| {
            part.level != Level::Optional && !self.is_option(part) && self.option_served(&part.serves).is_none()
        };
        let emptied = reading.emptied_parent_is_unknown && self.is_emptied(placement);
        if own.is_some() || self.parts(placement).next().is_none() || emptied {
            return Sum::of(own);
        }
        self.parts(placement).filter(counted).map(|part| self.topic_cost(part, reading)).sum()
    }

    /// Whether every sub-topic is summed apart, or is `for` an option that its parent is not for.
    fn is_emptied(&self, placement: &Placement) -> bool {
        self.parts(placement).all(|part| {
            let with_parent = part.serves.iter().any(|id| *id == placement.id || placement.serves.contains(id));
            let elsewhere = self.option_served(&part.serves).is_some() && !with_parent;
            let apart = part.level == Level::Optional && placement.level != Level::Optional;
            !self.is_option(part) && (apart || elsewhere)
        })
    }

    /// A topic's own effort, else the sum of all its sub-topics, or of those that are not optional.
    fn sum_of_parts(&self, placement: &Placement, optional: bool) -> Sum {
        let own = placement.hours(self.hours_per_week);
        if own.is_some() || self.parts(placement).next().is_none() {
            return Sum::of(own);
        }
        let parts = self.parts(placement).filter(|part| optional || part.level != Level::Optional);
        parts.map(|part| self.sum_of_parts(part, optional)).sum()
    }

    fn has_choice_below(&self, placement: &Placement) -> bool {
        self.parts(placement).any(|part| self.is_option(part) || !part.serves.is_empty() || self.has_choice_below(part))
    }

    fn choice_cost(&self, choice: &Choice, reading: Reading) -> Sum {
        let cost = |id: &String| {
            let own = self.placements.iter().find(|placement| placement.id == *id);
            own.map_or(Sum::ZERO, |option| self.topic_cost(option, reading)).plus(self.serving_cost(id, reading))
        };
        let options: Vec<Sum> = choice.of.iter().map(cost).collect();
        effort::pick(choice.pick, &options)
    }

    /// The stage's topics and choices that are `for` an option.
    fn serving_cost(&self, option: &str, reading: Reading) -> Sum {
        let serves = |ids: &[String]| ids.iter().any(|id| id == option);
        let topics = self.placements.iter().filter(|topic| serves(&topic.serves) && !self.is_option(topic));
        let topics: Sum =
            topics.filter(|topic| topic.level != Level::Optional).map(|topic| self.topic_cost(topic, reading)).sum();
        let choices = self.choices.iter().filter(|choice| serves(&choice.serves));
        topics.plus(choices.map(|choice| self.choice_cost(choice, reading)).sum())
    }

    /// Optional placements that no choice counts.
    fn is_apart(&self, placement: &Placement) -> bool {
        placement.level == Level::Optional && !self.is_option(placement)
    }

    /// The sub-topics that lie in this stage.
    fn parts(&self, placement: &Placement) -> impl Iterator<Item = &&'a Placement> {
        self.placements.iter().filter(move |part| part.part_of.as_ref() == Some(&placement.id))
    }

    fn parent(&self, placement: &Placement) -> Option<&'a Placement> {
        let parent = placement.part_of.as_ref()?;
        self.placements.iter().find(|other| other.id == *parent).copied()
    }

    fn is_option(&self, placement: &Placement) -> bool {
        self.choices.iter().any(|choice| choice.of.contains(&placement.id))
    }

    /// A choice of this stage that one of the ids is an option of.
    fn option_served(&self, serves: &[String]) -> Option<&&'a Choice> {
        self.choices.iter().find(|choice| serves.iter().any(|id| choice.of.contains(id)))
    }

    /// A choice of an earlier stage that one of the ids is an option of.
    fn earlier_served(&self, serves: &[String]) -> Option<&&'a Choice> {
        self.earlier.iter().find(|choice| serves.iter().any(|id| choice.of.contains(id)))
    }
}
