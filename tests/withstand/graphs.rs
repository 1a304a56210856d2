//! Graphs of every bad shape and size. Debug builds are tested, so ten thousand stands for a hundred thousand where pages
//! are made; the order itself is tested at full size in `tests/graph.rs`.

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

#[test]
fn a_circle_of_ten_thousand_is_told_once_and_in_short() {
    let site = Site::new();
    let count = 10_000;
    (0..count).for_each(|n| site.topic(&format!("t{n}"), requires([(n + 1) % count])));
    let problems = site.check();
    assert_eq!(problems.len(), 1);
    problems[0].expect("cycle", &format!("{STAGE}/t0.md:3:12"), "`t0` → `t1` → ");
    assert_eq!(problems[0].related, count - 1);
    assert!(problems[0].message.chars().count() < 1000, "{} characters", problems[0].message.chars().count());
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

/// All in one stage, too.
#[test]
fn chains_of_ten_thousand_need_no_recursion() {
    let site = Site::new();
    (0..10_000_usize).for_each(|n| site.topic(&format!("t{n}"), requires(n.checked_sub(1))));
    assert!(site.check().is_empty());
    let site = Site::new();
    for n in 0..2_000 {
        let parent = if n == 0 { String::new() } else { format!("part_of: t{}\n", n - 1) };
        site.topic(&format!("t{n}"), topic("Case", &parent));
    }
    assert!(site.check().is_empty());
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
