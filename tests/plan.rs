//! The order, the efforts and the timeline, rule by rule, on sites of a few lines.

use roadbook::build::{self, Compiled, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::plan::{Interval, Plan};
use roadbook::source::Folder;

/// A site from its files: `== PATH` begins one. Topics may be written as `== topic ID` and live in no stage.
fn compile(files: &str) -> Compiled {
    compile_with("hours_per_week = 10\n", files)
}

/// The same, with lines for `site.toml`.
fn compile_with(site: &str, files: &str) -> Compiled {
    let part = |part: &str| {
        let (name, text) = part.split_once('\n').unwrap();
        let path = match name.strip_prefix("topic ") {
            Some(id) => format!("topics/{id}.md"),
            None => name.to_owned(),
        };
        (format!("content/{path}"), format!("---\ntitle: {name}\n{}---\n", text.trim_start_matches('\n')))
    };
    let content = files.split("== ").skip(1).map(part).collect();
    let folder = Folder::of_texts(&format!("title = \"T\"\n{site}"), content);
    let compiled = build::compile(Checked { value: folder, diagnostics: Diagnostics::default() }, &Options::default());
    let report = compiled.report(Diagnostics::default());
    assert!(!build::has_errors(&report), "{report:#?}");
    compiled
}

fn plan(compiled: &Compiled) -> &Plan {
    &compiled.site.plans[0]
}

fn ids(compiled: &Compiled, order: &[roadbook::roadmap::PlacementIx]) -> String {
    let roadmap = &compiled.site.roadmaps.roadmaps[0];
    let id =
        |ix: &roadbook::roadmap::PlacementIx| compiled.site.roadmaps.topic(roadmap.placement(*ix).topic).id.clone();
    order.iter().map(id).collect::<Vec<_>>().join(" ")
}

fn order(files: &str) -> String {
    let compiled = compile(files);
    ids(&compiled, &plan(&compiled).order)
}

/// The effort of the first stage: hours from and to, unknown.
fn effort(files: &str) -> (f64, Option<f64>, usize) {
    let compiled = compile(files);
    let cost = &plan(&compiled).stages[0].effort;
    (cost.hours.min, cost.hours.max, cost.unknown)
}

const STAGE: &str = "== r/_index.md\n== r/1-s/_index.md\n";

#[test]
fn ties_go_by_order_then_list_then_file_name() {
    let files = "== r/_index.md\n== r/1-s/_index.md\ntopics: [d, c]\n== topic c\n== topic d\n== r/1-s/b.md\n== r/1-s/a.md\n== r/1-s/z.md\norder: 1\n";
    assert_eq!(order(files), "z d c a b");
}

#[test]
fn a_sub_topic_follows_its_parent_where_prerequisites_allow() {
    let files = format!(
        "{STAGE}== r/1-s/a.md\npart_of: p\n== r/1-s/b.md\npart_of: p\n== r/1-s/p.md\nrequires: [b]\n== r/1-s/q.md\n"
    );
    assert_eq!(order(&files), "b p a q");
}

#[test]
fn a_placement_can_take_a_topic_out_of_its_parent() {
    let stage = |part_of: &str| {
        format!(
            "== r/_index.md\n== r/1-s/_index.md\ntopics: [p, {{topic: a{part_of}}}]\n== topic a\npart_of: p\neffort: 2h\n== topic p\neffort: 3h\n"
        )
    };
    assert_eq!(effort(&stage("")), (3.0, Some(3.0), 0), "a part is within its parent's effort");
    assert_eq!(effort(&stage(", part_of: null")), (5.0, Some(5.0), 0));
}

#[test]
fn a_pace_that_nobody_states_is_assumed() {
    let road = |pace: &str| format!("== r/_index.md\n{pace}== r/1-s/_index.md\n== r/1-s/a.md\neffort: 1 week\n");
    let assumed = |site: &str, pace: &str| {
        let content = road(pace);
        compile_with(site, &content).site.roadmaps.roadmaps[0].pace_is_assumed
    };
    assert!(assumed("", ""));
    assert!(!assumed("hours_per_week = 10\n", ""));
    assert!(!assumed("", "hours_per_week: 10\n"));
}

#[test]
fn one_alternative_is_enough() {
    let late = "== r/_index.md\n== r/1-s/_index.md\n== r/2-t/_index.md\n== r/1-s/x.md\nrequires: [{any: [y, z]}]\n== r/1-s/z.md\n== r/2-t/y.md\n";
    assert_eq!(order(late), "z x y");
}

#[test]
fn a_required_choice_means_all_of_its_options() {
    let files = "== r/_index.md\n== r/1-s/_index.md\nchoices: [{id: pick, pick: 1, of: [m, n]}]\n== r/1-s/a.md\nrequires: [pick]\n== topic m\n== topic n\n";
    assert_eq!(order(files), "m n a");
}

#[test]
fn a_late_prerequisite_leaves_the_order() {
    let files = "== r/_index.md\n== r/1-s/_index.md\ntopics: [{topic: a, late: [b]}]\n== r/1-s/a.md\nrequires: [b]\n== r/2-t/_index.md\n== r/2-t/b.md\n";
    assert_eq!(order(files), "a b");
}

#[test]
fn a_flat_roadmap_gets_its_stages_from_the_longest_chain() {
    let files = "== r/_index.md\n== r/a.md\n== r/b.md\nrequires: [a]\n== r/c.md\nrequires: [a, b]\n== r/d.md\n";
    let compiled = compile(files);
    let stages: Vec<String> = plan(&compiled).stages.iter().map(|stage| ids(&compiled, &stage.order)).collect();
    assert_eq!(stages, ["a d", "b", "c"]);
}

#[test]
fn a_stage_is_its_parts_and_counts_what_is_unknown() {
    let files = format!(
        "{STAGE}== r/1-s/a.md\neffort: 2-3h\n== r/1-s/b.md\neffort: 90 minutes\n== r/1-s/c.md\n== r/1-s/d.md\nlevel: optional\neffort: 9h\n"
    );
    assert_eq!(effort(&files), (3.5, Some(4.5), 1));
}

#[test]
fn the_authors_figure_comes_before_the_parts() {
    let files = "== r/_index.md\n== r/1-s/_index.md\neffort: 2 weeks\n== r/1-s/a.md\neffort: 20h\n== r/1-s/b.md\n";
    assert_eq!(effort(files), (20.0, Some(20.0), 0));
}

#[test]
fn a_parent_is_its_own_figure_or_the_sum_of_its_parts() {
    let own =
        format!("{STAGE}== r/1-s/p.md\neffort: 5h\n== r/1-s/a.md\npart_of: p\neffort: 5h\n== r/1-s/b.md\npart_of: p\n");
    assert_eq!(effort(&own), (5.0, Some(5.0), 0));
    let sum = format!(
        "{STAGE}== r/1-s/p.md\n== r/1-s/a.md\npart_of: p\neffort: 2h\n== r/1-s/b.md\npart_of: a\neffort: 2h\n== r/1-s/c.md\npart_of: p\n"
    );
    assert_eq!(effort(&sum), (2.0, Some(2.0), 1));
}

const CHOICE: &str = "== topic m\neffort: 1-2h\n== topic n\neffort: 4-8h\nlevel: optional\n== topic o\neffort: 3+ h\n";

#[test]
fn a_choice_counts_once_from_the_smallest_minima_to_the_largest_maxima() {
    let pick = |pick: &str, of: &str| {
        format!("== r/_index.md\n== r/1-s/_index.md\nchoices: [{{id: c, pick: {pick}, of: [{of}]}}]\n{CHOICE}")
    };
    assert_eq!(effort(&pick("1", "m, n")), (1.0, Some(8.0), 0));
    assert_eq!(effort(&pick("1-2", "m, n")), (1.0, Some(10.0), 0));
    assert_eq!(effort(&pick("2", "m, n")), (5.0, Some(10.0), 0));
    assert_eq!(effort(&pick("1", "m, o")), (1.0, None, 0));
}

#[test]
fn an_option_costs_what_is_for_it_too() {
    let files = format!(
        "== r/_index.md\n== r/1-s/_index.md\nchoices:\n  - {{id: c, pick: 1, of: [m, n]}}\n  - {{id: d, pick: 1, of: [x], for: [n]}}\ntopics: [{{topic: y, for: [m]}}]\n{CHOICE}== topic x\neffort: 10h\n== topic y\neffort: 1h\n"
    );
    assert_eq!(effort(&files), (2.0, Some(18.0), 0));
}

#[test]
fn what_is_for_an_earlier_choice_is_counted_as_that_choice() {
    let files = format!(
        "== r/_index.md\n== r/1-s/_index.md\nchoices: [{{id: c, pick: 1, of: [m, n]}}]\n== r/2-t/_index.md\ntopics: [{{topic: x, for: [m]}}, {{topic: y, for: [n]}}]\n{CHOICE}== topic x\neffort: 10h\n== topic y\neffort: 4h\n"
    );
    let compiled = compile(&files);
    assert_eq!(plan(&compiled).stages[1].effort.hours, Interval { min: 4.0, max: Some(10.0) });
}

#[test]
fn a_bonus_stage_is_summed_apart_and_delays_nobody() {
    let files = "== r/_index.md\n== r/1-s/_index.md\neffort: 1-2 weeks\n== r/2-b/_index.md\nlevel: optional\neffort: 3 weeks\n== r/3-t/_index.md\neffort: 1 week\n";
    let compiled = compile(files);
    let plan = plan(&compiled);
    assert_eq!(plan.total.hours, Interval { min: 20.0, max: Some(30.0) });
    assert_eq!(plan.optional.hours, Interval { min: 30.0, max: Some(30.0) });
    assert_eq!(plan.stages[1].weeks.start, Interval { min: 1.0, max: Some(2.0) });
    assert_eq!(plan.stages[2].weeks.end, Interval { min: 2.0, max: Some(3.0) });
}

#[test]
fn an_open_end_stays_open() {
    let files = "== r/_index.md\n== r/1-s/_index.md\neffort: 1+ weeks\n== r/2-t/_index.md\neffort: 1 week\n";
    let compiled = compile(files);
    assert_eq!(plan(&compiled).total.hours, Interval { min: 20.0, max: None });
    assert_eq!(plan(&compiled).stages[1].weeks.start, Interval { min: 1.0, max: None });
}

#[test]
fn the_critical_path_is_the_longest_chain_of_what_is_not_optional() {
    let files = format!(
        "{STAGE}== r/1-s/a.md\neffort: 1h\n== r/1-s/b.md\nrequires: [a]\neffort: 2-9h\n== r/1-s/c.md\neffort: 4h\n== r/1-s/d.md\nrequires: [c, b]\neffort: 1h\n== r/1-s/e.md\nrequires: [d]\nlevel: optional\neffort: 99h\n"
    );
    let compiled = compile(&files);
    assert_eq!(ids(&compiled, &plan(&compiled).critical_path), "a b d");
}

#[test]
fn a_roadmap_s_line_can_be_chosen_and_no_two_share_one_by_chance() {
    let files = "== a/_index.md\nextra: {line: 7}\n== b/_index.md\nextra: {line: 99}\n== c/_index.md\n== d/_index.md\n";
    let lines = compile(files).site.index.lines.clone();
    assert_eq!(lines[0], 7);
    let different: std::collections::BTreeSet<u8> = lines.iter().copied().collect();
    assert_eq!(different.len(), 4, "{lines:?}");
    assert!(lines.iter().all(|line| (1..=12).contains(line)));
}

#[test]
fn a_day_is_counted_in_weeks_of_seven_days() {
    let date = jiff::civil::date;
    let after = |weeks: f64| roadbook::plan::day_after(date(2027, 12, 27), weeks);
    assert_eq!(after(0.0), date(2027, 12, 27));
    assert_eq!(after(1.0), date(2028, 1, 3), "over the end of the year");
    assert_eq!(after(9.0), date(2028, 2, 28));
    assert_eq!(after(9.1), date(2028, 2, 29), "a day begun counts, and leap years have one more");
    assert_eq!(after(1e300), jiff::civil::Date::MAX);
}
