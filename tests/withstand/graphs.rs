//! Graphs of every bad shape, and of a hundred thousand topics or edges.

use std::fs;

use crate::site::{STAGE, Site, topic};

fn requires(ids: impl IntoIterator<Item = usize>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| format!("t{id}")).collect();
    topic("Case", &format!("requires: [{}]\n", ids.join(", ")))
}

#[test]
fn a_topic_that_needs_itself_is_told() {
    Site::of_topic(topic("Case", "requires: [case]\n")).refuse(
        "cycle",
        &format!("{STAGE}/case.md:3:12"),
        "requires itself",
    );
    Site::of_topic(topic("Case", "part_of: case\n")).refuse(
        "cycle",
        &format!("{STAGE}/case.md:3:10"),
        "part of itself",
    );
}

#[test]
fn a_circle_of_two_is_told_with_both_places() {
    let site = Site::new();
    site.topic("t0", requires([1]));
    site.topic("t1", requires([0]));
    let problems = site.build();
    assert_eq!(problems.len(), 1);
    problems[0].expect("cycle", &format!("{STAGE}/t0.md:3:12"), "`t0` → `t1` → `t0`");
    assert_eq!(problems[0].related, 1);
}

/// As many as fill a site of the largest size: half of it is one circle, the other half is pairs.
const MANY: usize = 100_000;

#[test]
fn many_circles_and_one_of_many_are_each_told_once_and_in_short() {
    let site = Site::new();
    let half = MANY / 2;
    (0..half).for_each(|n| site.topic(&format!("t{n}"), requires([(n + 1) % half])));
    (half..MANY).for_each(|n| site.topic(&format!("t{n}"), requires([n ^ 1])));
    let problems = site.check();
    assert_eq!(problems.len(), 1 + half / 2);
    let large = problems.iter().find(|problem| problem.related > 1).expect("a circle of many");
    large.expect("cycle", &format!("{STAGE}/t0.md:3:12"), "`t0` → `t1` → ");
    assert_eq!(large.related, half - 1);
    assert!(large.message.chars().count() < 1000, "{} characters", large.message.chars().count());
    assert!(problems.iter().all(|problem| problem.code == "cycle"));
}

#[test]
fn of_many_circles_the_shortest_is_told() {
    let site = Site::new();
    let count = 500;
    for n in 0..count {
        let back = (n == 250).then(|| n - 1);
        site.topic(&format!("t{n}"), requires(back.into_iter().chain([(n + 1) % count])));
    }
    let problems = site.check();
    assert!(problems[0].message.contains("`t249` → `t250` → `t249`"), "{}", problems[0].message);
}

/// Deep enough for the end of any stack.
const DEEP: usize = 20_000;

/// In one stage, and where each topic comes to have a stage of its own.
#[test]
fn chains_of_many_need_no_recursion() {
    for count in [MANY, DEEP] {
        let site = Site::new();
        (0..count).for_each(|n| site.topic(&format!("t{n}"), requires(n.checked_sub(1))));
        if count == DEEP {
            fs::rename(site.path(STAGE), site.path("content/other")).unwrap();
            site.write("content/other/_index.md", topic("Other", ""));
        }
        assert!(site.check().is_empty());
    }
}

#[test]
fn topics_inside_each_other_need_no_recursion() {
    let site = Site::new();
    for n in 0..DEEP {
        let parent = n.checked_sub(1).map(|n| format!("part_of: t{n}\n")).unwrap_or_default();
        site.topic(&format!("t{n}"), topic("Case", &parent));
        site.topic(&format!("leaf-{n}"), topic("Case", &format!("part_of: t{n}\n")));
    }
    assert!(site.check().is_empty());
}

#[test]
fn chains_through_many_stages_are_built() {
    let site = Site::new();
    for n in 0..300_usize {
        let before = n.checked_sub(1).map(|n| format!("requires: [t{n}]\npart_of: t{n}\n")).unwrap_or_default();
        site.write(&format!("content/road/{n}-s{n}/_index.md"), topic("Stage", ""));
        site.write(&format!("content/road/{n}-s{n}/t{n}.md"), topic("Case", &before));
    }
    site.succeed();
}

#[test]
fn a_hundred_thousand_edges_are_ordered() {
    let site = Site::new();
    (0..450).for_each(|n| site.topic(&format!("t{n}"), requires(0..n)));
    assert!(site.check().is_empty());
}
