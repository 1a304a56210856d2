//! What must be true of every plan.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;
use roadbook::build::Compiled;
use roadbook::export::roadmap_json;
use roadbook::plan::personal::road::{Road, Target};
use roadbook::plan::personal::{Answer, Item, Question, answer};
use roadbook::plan::{Cost, Interval};
use serde_json::{Value, json};

use crate::{random, road};

fn road(compiled: &Compiled) -> Road {
    let site = &compiled.site;
    Road::new(&site.roadmaps, &site.roadmaps.roadmaps[0], &site.plans[0])
}

fn listed(answer: &Answer) -> BTreeSet<usize> {
    let topic = |item| match item {
        Item::Topic(topic) => Some(topic),
        Item::Stage(_) => None,
    };
    answer.steps.iter().filter_map(|step| topic(step.item)).collect()
}

/// Some of the topics: every `of`-th, as bits say.
fn some(road: &Road, bits: u32) -> BTreeSet<String> {
    let topics = road.topics.iter().enumerate().filter(|(at, _)| bits >> (at % 32) & 1 == 1);
    topics.map(|(_, topic)| topic.id.clone()).collect()
}

fn targets(road: &Road, bits: u32) -> Vec<Target> {
    some(road, bits).iter().map(|id| road.find(id)).collect()
}

fn near(a: Interval, b: Interval) -> bool {
    // The plan reckons with the two decimals of the data file.
    let near = |a: f64, b: f64| (a - b).abs() < 0.2;
    near(a.min, b.min) && a.max.is_none() == b.max.is_none() && a.max.zip(b.max).is_none_or(|(a, b)| near(a, b))
}

fn sum(costs: impl Iterator<Item = Cost>) -> Interval {
    costs.map(|cost| cost.hours).fold(Interval::ZERO, Interval::plus)
}

/// Optional itself or below an optional topic, or in a bonus stage.
fn is_apart(road: &Road, topic: usize) -> bool {
    let mut above = std::iter::successors(Some(topic), |at| road.topics[*at].part_of);
    road.stages[road.topics[topic].stage].bonus || above.any(|at| road.topics[at].optional)
}

/// The data file with marks at the figures that authors state.
fn marked(compiled: &Compiled, road: &Road) -> Value {
    let mut graph: Value = serde_json::from_str(&roadmap_json::render(&compiled.site, 0)).unwrap();
    for (stage, data) in graph["stages"].as_array_mut().unwrap().iter_mut().zip(&road.stages) {
        stage["stated"] = json!(data.effort.is_some());
    }
    for (topic, data) in graph["topics"].as_array_mut().unwrap().iter_mut().zip(&road.topics) {
        topic["stated"] = json!(data.effort.is_some());
    }
    graph
}

proptest! {
    #![proptest_config(Config { cases: 200, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_list_is_in_order_closed_and_free_of_what_is_known(
        files in prop_oneof![random::site(true, false), random::site(true, true)],
        known in any::<u32>(),
        to in any::<u32>(),
        all in any::<bool>(),
    ) {
        let compiled = random::compile(&files);
        let road = road(&compiled);
        let known = some(&road, known);
        let to = if all { Vec::new() } else { targets(&road, to) };
        let question = Question { known: known.clone(), to, ..Question::default() };
        let answer = answer(&road, &question);
        let listed = listed(&answer);
        let order: Vec<usize> = answer.steps.iter().filter_map(|step| match step.item {
            Item::Topic(topic) => Some(topic),
            Item::Stage(_) => None,
        }).collect();
        prop_assert!(order.is_sorted(), "{order:?}");
        let there = |at: usize| listed.contains(&at) || known.contains(&road.topics[at].id);
        for topic in &listed {
            prop_assert!(!known.contains(&road.topics[*topic].id));
            for need in &road.topics[*topic].requires {
                let met = |target: &Target| match target {
                    Target::Topic(at) => there(*at),
                    Target::Choice(at) => answer.picks[*at].iter().all(|option| there(*option)),
                    Target::Elsewhere(_) => true,
                };
                let enough = if need.any { need.of.iter().any(met) } else { need.of.iter().all(met) };
                prop_assert!(enough, "{} lacks {need:?}\n{files}", road.topics[*topic].id);
            }
        }
        // Nothing is there without a reason: each is wanted, or something listed needs it.
        if !question.to.is_empty() {
            for topic in &listed {
                let wanted = question.to.contains(&Target::Topic(*topic));
                let needs = |other: &usize| road.topics[*other].requires.iter().flat_map(|need| &need.of)
                    .any(|target| match target {
                        Target::Topic(at) => at == topic,
                        Target::Choice(at) => answer.picks[*at].contains(topic),
                        Target::Elsewhere(_) => false,
                    });
                prop_assert!(wanted || listed.iter().any(needs), "nothing needs {}\n{files}", road.topics[*topic].id);
            }
        }
    }

    #[test]
    fn everything_takes_what_the_roadmap_says(files in random::site(true, false)) {
        let compiled = random::compile(&files);
        let (road, plan) = (road(&compiled), &compiled.site.plans[0]);
        let order: Vec<&str> = plan.order.iter().map(|ix| {
            let placement = compiled.site.roadmaps.roadmaps[0].placement(*ix);
            compiled.site.roadmaps.topic(placement.topic).id.as_str()
        }).collect();
        prop_assert_eq!(order, road.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>());

        let default = answer(&road, &Question::default());
        let apart = |item: &Item| matches!(item, Item::Topic(topic) if is_apart(&road, *topic));
        let core = default.steps.iter().filter(|step| !apart(&step.item));
        let core = sum(core.map(|step| step.cost.clone()));
        prop_assert!(near(core, plan.total.hours), "{core:?} {:?}\n{files}", plan.total);
        let unknown = default.unknown.iter().filter(|topic| !is_apart(&road, **topic)).count();
        prop_assert_eq!(unknown, plan.total.unknown, "{}", files);

        // Wanted by name, optional ones too: a figure of a stage without other topics has no topic to name.
        let has_core = |stage: usize| {
            let mut own = road.topics.iter().enumerate().filter(|(_, topic)| topic.stage == stage);
            own.any(|(at, _)| !std::iter::successors(Some(at), |at| road.topics[*at].part_of).any(|at| road.topics[at].optional))
        };
        let lost = road.stages.iter().enumerate().filter(|(at, _)| !has_core(*at)).filter_map(|(_, stage)| stage.effort);
        let lost = lost.fold(Interval::ZERO, Interval::plus);
        let every = (0..road.topics.len()).map(Target::Topic).collect();
        let all = answer(&road, &Question { to: every, ..Question::default() });
        let (found, expected) = (all.total.hours.plus(lost), plan.total.hours.plus(plan.optional.hours));
        prop_assert!(near(found, expected), "{found:?} {expected:?}\n{files}");
        let steps = sum(all.steps.iter().map(|step| step.cost.clone()));
        prop_assert_eq!(steps, all.total.hours);
    }

    #[test]
    fn picks_take_what_the_roadmap_leaves_room_for(files in random::site(false, true), go in any::<bool>()) {
        let compiled = random::compile(&files);
        let (road, total) = (road(&compiled), &compiled.site.plans[0].total);
        prop_assume!(total.unknown == 0);
        let option = |choice: usize| road.choices[choice].of[usize::from(go)];
        let picks = (0..road.choices.len()).map(|choice| (choice, vec![option(choice)])).collect();
        let answer = answer(&road, &Question { picks, ..Question::default() });
        // What is optional and needed all the same is in no sum of the roadmap.
        let apart = |item: &Item| matches!(item, Item::Topic(topic) if is_apart(&road, *topic));
        let core = sum(answer.steps.iter().filter(|step| !apart(&step.item)).map(|step| step.cost.clone()));
        prop_assert!(core.min >= total.hours.min - 0.2, "{core:?} {total:?}\n{files}");
        let most = total.hours.max.unwrap_or(f64::INFINITY);
        prop_assert!(core.max.unwrap_or(f64::INFINITY) <= most + 0.2, "{core:?} {total:?}\n{files}");
    }

    #[test]
    fn who_knows_more_has_less_to_learn(
        files in random::site(false, false),
        known in any::<u32>(),
        more in any::<u32>(),
        to in any::<u32>(),
        all in any::<bool>(),
    ) {
        let road = road(&random::compile(&files));
        let to = if all { Vec::new() } else { targets(&road, to) };
        let ask = |bits| answer(&road, &Question { known: some(&road, bits), to: to.clone(), ..Question::default() });
        let (less, most) = (ask(known | more), ask(known));
        prop_assert!(listed(&less).is_subset(&listed(&most)));
        prop_assert!(less.unknown.iter().all(|topic| most.unknown.contains(topic)));
        prop_assert!(less.total.hours.min <= most.total.hours.min + 1e-6, "{less:?} {most:?}\n{files}");
        let max = |answer: &Answer| answer.total.hours.max.unwrap_or(f64::INFINITY);
        prop_assert!(max(&less) <= max(&most) + 1e-6, "{less:?} {most:?}\n{files}");
    }

    #[test]
    fn the_data_file_makes_the_same_road(files in prop_oneof![random::site(true, false), random::site(true, true)]) {
        let compiled = random::compile(&files);
        let own = road(&compiled);
        let mut read = road::read(&marked(&compiled, &own));
        // The file names each plain prerequisite once, and all of them before alternatives.
        let sorted = |road: &Road| {
            let mut road = road.clone();
            for topic in &mut road.topics {
                topic.requires.sort_by_key(|need| (need.any, format!("{need:?}")));
                topic.requires.dedup();
            }
            road
        };
        read = sorted(&read);
        prop_assert_eq!(read, sorted(&own));
    }
}
