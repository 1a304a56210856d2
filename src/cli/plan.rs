//! `roadbook plan`: a reader's own plan.

use std::collections::BTreeMap;

use clap::ValueEnum;
use jiff::civil::Date;

use super::report::Terminal;
use super::{Common, Failure, print_out, site};
use crate::build::{Options, has_errors};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::suggest::nearest;
use crate::export::personal::{Sheet, csv, ics, json, table};
use crate::plan::personal::road::{Road, Target};
use crate::plan::personal::{Question, answer};
use crate::site::Site;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The roadmap, by its id; a site with one needs none
    #[arg(value_name = "ROADMAP")]
    roadmap: Option<String>,
    /// Only what this topic or choice needs [default: all that is not optional]
    #[arg(long, value_name = "TOPIC")]
    to: Vec<String>,
    /// A topic that you know already
    #[arg(long, value_name = "TOPIC")]
    known: Vec<String>,
    /// The option that you pick of a choice [default: the choice's own, or the first]
    #[arg(long, value_name = "CHOICE=OPTION")]
    pick: Vec<String>,
    /// Your hours a week [default: those of the roadmap]
    #[arg(long, value_name = "N", value_parser = pace)]
    hours_per_week: Option<f64>,
    /// The first day, such as 2027-03-01; without it the plan counts weeks
    #[arg(long, value_name = "DATE", value_parser = date)]
    start: Option<Date>,
    /// How to print the plan; ics needs --start
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Ics,
    Csv,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    if arguments.format == Format::Ics && arguments.start.is_none() {
        let cure = "name the first day: `--start 2027-03-01`".into();
        return Err(Failure::Usage("a calendar needs a first day".into(), Some(cure)));
    }
    let root = site::root(common)?;
    let compiled = site::compile(&root, &Options::default(), terminal)?;
    let report = compiled.report(Diagnostics::default());
    terminal.report(&report, &compiled.site.sources);
    if has_errors(&report) {
        return Err(Failure::Content);
    }
    let site = &compiled.site;
    let roadmap = roadmap(site, arguments.roadmap.as_deref())?;
    let road = Road::new(&site.roadmaps, &site.roadmaps.roadmaps[roadmap], &site.plans[roadmap]);
    let question = question(arguments, site, roadmap, &road)?;
    let answer = answer(&road, &question);
    let sheet = Sheet { site, roadmap, road: &road, question: &question, answer: &answer, start: arguments.start };
    let text = match (arguments.format, arguments.start) {
        (Format::Table, _) => table::render(&sheet),
        (Format::Json, _) => json::render(&sheet),
        (Format::Csv, _) => csv::render(&sheet),
        (Format::Ics, start) => ics::render(&sheet, start.unwrap_or_default(), site::today()?)
            .ok_or_else(|| no_calendar(answer.steps.is_empty()))?,
    };
    print_out(text.as_bytes())
}

fn no_calendar(is_empty: bool) -> Failure {
    let (message, cure) = match is_empty {
        true => ("there is nothing left to learn", "leave out a `--known`, or name more with `--to`"),
        false => ("no effort in this plan is known", "`--format table` lists its topics without times"),
    };
    Failure::Usage(format!("{message}, and so there is no calendar"), Some(cure.into()))
}

fn pace(text: &str) -> Result<f64, String> {
    let hours = text.parse().ok().filter(|hours| *hours > 0.0 && *hours <= 168.0);
    hours.ok_or_else(|| "write a number above 0 and at most 168".into())
}

fn date(text: &str) -> Result<Date, String> {
    let day: Option<Date> = text.parse().ok();
    // The parser takes other spellings and times of the day too.
    let day = day.filter(|day| day.to_string() == text && day.year() >= 1);
    day.ok_or_else(|| "write a day of the calendar such as 2027-03-01".into())
}

/// The roadmap with this id, or the only one.
fn roadmap(site: &Site, id: Option<&str>) -> Result<usize, Failure> {
    let ids: Vec<&str> = site.roadmaps.roadmaps.iter().map(|roadmap| roadmap.id.as_str()).collect();
    let names = || ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match id {
        None if ids.len() == 1 => Ok(0),
        None if ids.is_empty() => Err(Failure::Usage("this site has no roadmap".into(), None)),
        None => Err(Failure::Usage("which roadmap?".into(), Some(format!("name one of {}", names())))),
        Some(id) => ids.iter().position(|known| *known == id).ok_or_else(|| {
            let cure = nearest(id, ids.iter().copied()).map_or_else(|| format!("there are {}", names()), did_you_mean);
            Failure::Usage(format!("there is no roadmap `{id}`"), Some(cure))
        }),
    }
}

fn did_you_mean(id: &str) -> String {
    format!("did you mean `{id}`?")
}

/// An id that is not there, with the nearest that is.
fn unknown(what: &str, id: &str, names: &[&str], otherwise: String) -> Failure {
    let cure = nearest(id, names.iter().copied()).map_or(otherwise, did_you_mean);
    Failure::Usage(format!("there is no {what} `{id}`"), Some(cure))
}

/// The options of a choice, or the choices of a road.
fn one_of(what: &str, names: &[&str]) -> String {
    match names {
        [] => format!("there are no {what}"),
        names => format!("the {what} are `{}`", names.join("`, `")),
    }
}

fn question(arguments: &Arguments, site: &Site, roadmap: usize, road: &Road) -> Result<Question, Failure> {
    let mut question = Question { hours_per_week: arguments.hours_per_week, ..Question::default() };
    let list = || format!("`roadbook plan {} --format csv` lists ids", site.roadmaps.roadmaps[roadmap].id);
    let topics: Vec<&str> = site.roadmaps.topics.iter().map(|topic| topic.id.as_str()).collect();
    for id in &arguments.known {
        if site.roadmaps.find(id).is_none() {
            return Err(unknown("topic", id, &topics, list()));
        }
        question.known.insert(id.clone());
    }
    let own = road.topics.iter().map(|topic| topic.id.as_str());
    let names: Vec<&str> = own.chain(road.choices.iter().map(|choice| choice.id.as_str())).collect();
    for id in &arguments.to {
        match road.find(id) {
            Target::Elsewhere(_) if site.roadmaps.find(id).is_some() => return Err(elsewhere(site, roadmap, id)),
            Target::Elsewhere(_) => return Err(unknown("topic or choice", id, &names, list())),
            target if question.to.contains(&target) => {}
            target => question.to.push(target),
        }
    }
    question.picks = picks(&arguments.pick, road)?;
    Ok(question)
}

/// A topic of the site that is not on this road.
fn elsewhere(site: &Site, roadmap: usize, id: &str) -> Failure {
    let all = &site.roadmaps.roadmaps;
    let holds = |topic| all.iter().filter(move |roadmap| roadmap.placed.contains_key(&topic));
    let homes: Vec<String> =
        site.roadmaps.find(id).into_iter().flat_map(holds).map(|roadmap| format!("`{}`", roadmap.id)).collect();
    let cure = (!homes.is_empty()).then(|| format!("it is in {}", homes.join(", ")));
    Failure::Usage(format!("`{id}` is not in the roadmap `{}`", all[roadmap].id), cure)
}

fn picks(given: &[String], road: &Road) -> Result<BTreeMap<usize, Vec<usize>>, Failure> {
    let mut picks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pick in given {
        let Some((choice, option)) = pick.split_once('=') else {
            let cure = "write the choice and the option: `--pick language=python`".into();
            return Err(Failure::Usage(format!("`{pick}` is no pick"), Some(cure)));
        };
        let Some(at) = road.find_choice(choice) else {
            let names: Vec<&str> = road.choices.iter().map(|choice| choice.id.as_str()).collect();
            return Err(unknown("choice", choice, &names, one_of("choices of this roadmap", &names)));
        };
        let of = &road.choices[at].of;
        let Some(option) = of.iter().copied().find(|topic| road.topics[*topic].id == option) else {
            let names: Vec<&str> = of.iter().map(|topic| road.topics[*topic].id.as_str()).collect();
            let cure = nearest(option, names.iter().copied()).map_or_else(|| one_of("options", &names), did_you_mean);
            return Err(Failure::Usage(format!("`{option}` is not an option of `{choice}`"), Some(cure)));
        };
        let options = picks.entry(at).or_default();
        if !options.contains(&option) {
            options.push(option);
        }
        let most = road.choices[at].pick.1;
        if options.len() > most {
            let message = format!("{} options of `{choice}` are picked, and it takes {most}", options.len());
            return Err(Failure::Usage(message, Some(format!("pick {most}"))));
        }
    }
    Ok(picks)
}
