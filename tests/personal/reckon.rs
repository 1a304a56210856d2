//! The theme's arithmetic (`reckon.js` and what it imports) comes to the program's answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use roadbook::build::{self, Compiled, Content, Options};
use roadbook::export::personal::{Sheet, ics, table};
use roadbook::host::folder;
use roadbook::plan::personal::days::{Days, days, one};
use roadbook::plan::personal::road::{Road, Target};
use roadbook::plan::personal::{Answer, Item, Question, answer};
use roadbook::plan::{Cost, Interval};
use roadbook::site::Site;
use roadbook::site::pages::Page;
use roadbook::urls::path;
use serde_json::{Value, json};

use crate::node::{modules, node, program, repository};
use crate::random;
use crate::wild::{self, Dice};

const MODULES: &[&str] = &[
    "calendar.js",
    "reckon.js",
    "reckon-days.js",
    "reckon-heap.js",
    "reckon-needs.js",
    "reckon-picks.js",
    "reckon-shares.js",
];

fn pair(range: Interval) -> Value {
    json!([range.min, range.max])
}

fn cost(cost: &Cost) -> Value {
    json!([cost.hours.min, cost.hours.max, cost.unknown])
}

fn day_pair(days: Days) -> Value {
    json!([days.0.to_string(), days.1.map(|day| day.to_string())])
}

fn item(item: Item) -> Value {
    match item {
        Item::Topic(topic) => json!({"topic": topic}),
        Item::Stage(stage) => json!({"stage": stage}),
    }
}

/// The answer with its days: those of the plan, and the slow ones of a calendar (see `export::personal::ics`).
fn answered(answer: &Answer, first: Date) -> Value {
    let mut hours = 0.0;
    let steps = answer.steps.iter().map(|step| {
        let begin = hours / answer.hours_per_week;
        hours += step.cost.hours.max.unwrap_or(step.cost.hours.min);
        let slow = one(first, begin, hours / answer.hours_per_week);
        let (start, end) = days(first, step.start, step.end);
        json!({
            "item": item(step.item), "cost": cost(&step.cost), "start": pair(step.start), "end": pair(step.end),
            "first": day_pair(start), "last": day_pair(end), "slow": [slow.0.to_string(), slow.1.to_string()],
        })
    });
    json!({
        "hoursPerWeek": answer.hours_per_week, "steps": steps.collect::<Vec<_>>(), "total": cost(&answer.total),
        "unknown": answer.unknown, "picks": answer.picks,
    })
}

fn asked(road: &Road, question: &Question, first: Date) -> Value {
    let id = |topic: &usize| road.topics[*topic].id.clone();
    let to = question.to.iter().map(|target| match target {
        Target::Topic(topic) => id(topic),
        Target::Choice(choice) => road.choices[*choice].id.clone(),
        Target::Elsewhere(id) => id.clone(),
    });
    let picks = question.picks.iter().map(|(choice, of)| (&road.choices[*choice].id, of.iter().map(id).collect()));
    json!({
        "known": question.known, "to": to.collect::<Vec<_>>(), "picks": picks.collect::<BTreeMap<_, Vec<_>>>(),
        "hoursPerWeek": question.hours_per_week, "start": first.to_string(),
        "answer": answered(&answer(road, question), first),
    })
}

/// Questions of all kinds about one road: nothing, and some that the dice make up.
fn questions(road: &Road, dice: &mut Dice) -> Vec<(Question, Date)> {
    let mut all = vec![(Question::default(), Date::constant(2027, 3, 1))];
    for _ in 0..4 {
        let mut question = Question::default();
        if dice.roll(3) > 0 {
            let known = road.topics.iter().map(|topic| topic.id.clone()).chain((0..3).map(|at| format!("far{at}")));
            question.known = known.filter(|_| dice.roll(4) == 0).collect();
        }
        if dice.roll(3) > 0 {
            let wanted = road.topics.iter().map(|topic| &topic.id).chain(road.choices.iter().map(|choice| &choice.id));
            let wanted: Vec<&String> = wanted.filter(|_| dice.roll(5) == 0).collect();
            question.to = wanted.into_iter().map(|id| road.find(id)).collect();
        }
        for (at, choice) in road.choices.iter().enumerate().filter(|_| dice.roll(2) == 0).collect::<Vec<_>>() {
            let turn = dice.roll(choice.of.len());
            let most = (1 + dice.roll(choice.pick.1)).min(choice.of.len());
            question.picks.insert(at, choice.of.iter().cycle().skip(turn).take(most).copied().collect());
        }
        question.hours_per_week = [None, Some(3.3), Some(12.0), Some(0.25)][dice.roll(4)];
        let day = Date::constant(2027, 12, 20).checked_add(jiff::Span::new().days(dice.roll(900) as i64));
        all.push((question, day.unwrap()));
    }
    all
}

/// A case of the file: numbers stay as they were written.
fn case(road: &str, site: &Value, questions: &[Value]) -> String {
    format!("{{\"road\":{},\"site\":{site},\"questions\":{}}}", road.trim(), json!(questions))
}

fn road_json(site: &Site, at: usize) -> String {
    let output = site.outputs.iter().find(|output| output.page == Page::RoadJson(at)).expect("there is a road");
    assert_eq!(output.path, format!("/{}/plan/road.json", site.roadmaps.roadmaps[at].id));
    let Ok(Content::Bytes(bytes)) = build::render(site, output) else { panic!("no road") };
    String::from_utf8(bytes).unwrap()
}

/// All roads of a site, each with questions; with calendars when asked for.
fn of_site(compiled: &Compiled, dice: &mut Dice, with_calendars: bool) -> Vec<String> {
    let site = &compiled.site;
    let of_road = |at: usize| {
        let roadmap = &site.roadmaps.roadmaps[at];
        let road = Road::new(&site.roadmaps, roadmap, &site.plans[at]);
        let questions = questions(&road, dice).into_iter().map(|(question, first)| {
            let mut value = asked(&road, &question, first);
            let answer = answer(&road, &question);
            let sheet =
                Sheet { site, roadmap: at, road: &road, question: &question, answer: &answer, start: Some(first) };
            if let Some(text) = ics::render(&sheet, first, first).filter(|_| with_calendars) {
                value["ics"] = json!(text);
                value["events"] = answer.steps.iter().map(|step| event(&sheet, step)).collect();
            }
            value
        });
        let questions: Vec<Value> = questions.collect();
        let title = site.title(roadmap.document);
        let about = json!({"title": title, "site": site.urls.base_url, "roadmap": roadmap.id});
        case(&road_json(site, at), &about, &questions)
    };
    (0..site.roadmaps.roadmaps.len()).map(of_road).collect()
}

/// What a page knows of a step.
fn event(sheet: &Sheet, step: &roadbook::plan::personal::Step) -> Value {
    let (site, roadmap) = (sheet.site, &sheet.site.roadmaps.roadmaps[sheet.roadmap]);
    let (id, title, stage, page) = match step.item {
        Item::Topic(topic) => {
            let id = &sheet.road.topics[topic].id;
            let ix = site.roadmaps.find(id).unwrap();
            (id.clone(), site.topic_title(ix), sheet.road.topics[topic].stage, path::topic(id))
        }
        Item::Stage(at) => {
            let stage = &roadmap.stages[at];
            (format!("stage.{}", stage.id), stage.title.as_str(), at, path::stage(&roadmap.id, &stage.id))
        }
    };
    let summary = format!("{}: {}", roadmap.stages[stage].title, table::effort(step));
    json!({"id": id, "title": title, "url": site.urls.canonical(&page).unwrap_or_default(), "summary": summary})
}

fn compare(cases: &[String]) {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("cases.json");
    std::fs::write(&file, format!("[{}]", cases.join(",\n"))).unwrap();
    let (same, said) = node(&program, "personal/reckon.mjs", &[&modules(temp.path(), MODULES), &file], &[]);
    assert!(same, "{said}");
}

#[test]
fn a_browser_reckons_the_hand_worked_cases_alike() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let cases = repository().join("tests/shared/plan");
    let (same, said) = node(&program, "personal/reckon-shared.mjs", &[&modules(temp.path(), MODULES), &cases], &[]);
    assert!(same, "{said}");
}

#[test]
fn a_browser_reckons_random_sites_alike() {
    let mut runner = TestRunner::deterministic();
    let mut dice = Dice(1);
    let mut cases = Vec::new();
    for at in 0..320 {
        let files = random::site(at % 2 == 0, at % 3 == 0).new_tree(&mut runner).unwrap().current();
        cases.extend(of_site(&random::compile(&files), &mut dice, false));
    }
    assert!(cases.len() >= 300);
    compare(&cases);
}

#[test]
fn a_browser_reckons_wild_roads_alike() {
    let mut dice = Dice(2);
    let wild = (0..400).map(|_| {
        let road = wild::road(&mut dice);
        let questions: Vec<Value> =
            questions(&road, &mut dice).iter().map(|(question, first)| asked(&road, question, *first)).collect();
        case(&wild::form(&road).to_string(), &Value::Null, &questions)
    });
    compare(&wild.collect::<Vec<_>>());
}

#[test]
fn a_browser_reckons_the_example_site_alike() {
    let folder = folder::read(repository()).unwrap_or_else(|_| panic!("the example site can be read"));
    let compiled = build::compile(folder, &Options::default());
    let cases = of_site(&compiled, &mut Dice(3), true);
    assert_eq!(cases.len(), compiled.site.roadmaps.roadmaps.len());
    let calendars: usize = cases.iter().map(|case| case.matches("BEGIN:VCALENDAR").count()).sum();
    assert!(calendars >= 8, "{calendars} calendars");
    compare(&cases);
}

#[test]
fn days_are_the_same_in_every_time_zone() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let modules = modules(temp.path(), MODULES);
    let in_zone = |zone| {
        let (went_well, said) = node(&program, "personal/reckon-zones.mjs", &[&modules], &[("TZ", zone)]);
        assert!(went_well, "{said}");
        said
    };
    let days = in_zone("UTC");
    assert!(days.contains("2027-03-14") && days.ends_with("UTC\n"), "{days}");
    for zone in ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"] {
        let mut expected = days.clone();
        expected.truncate(days.len() - "UTC\n".len());
        let _ = writeln!(expected, "elsewhere");
        assert_eq!(in_zone(zone), expected, "{zone}");
    }
}

#[test]
fn a_large_road_takes_no_time() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let (fast, said) = node(&program, "personal/reckon-speed.mjs", &[&modules(temp.path(), MODULES)], &[]);
    assert!(fast, "{said}");
}
