//! `--timings`: where the time of a build goes, stage by stage, and which templates and pages take most of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

use crate::publish::Made;

/// So many of the slowest pages are named.
const SLOWEST: usize = 8;

/// The stages of one run, each measured from the end of the one before.
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration, String)>,
}

impl Timings {
    /// Begins now.
    pub fn new() -> Self {
        Timings { last: Instant::now(), stages: Vec::new() }
    }

    /// A stage has ended; `count` says how much there was of it.
    pub fn end(&mut self, stage: &'static str, count: &str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last, count.to_owned()));
        self.last = now;
    }

    /// The report.
    pub fn text(&self, made: &[Made]) -> String {
        let mut out = String::new();
        let stages = self.stages.iter().map(|(stage, time, count)| (*stage, *time, count.clone()));
        table(&mut out, "stage", stages.collect());
        let mut kinds: BTreeMap<&str, (Duration, usize)> = BTreeMap::new();
        for file in made {
            let (time, count) = kinds.entry(&file.kind).or_default();
            *time += file.time;
            *count += 1;
        }
        let mut kinds: Vec<_> =
            kinds.into_iter().map(|(kind, (time, count))| (kind, time, count.to_string())).collect();
        kinds.sort_by_key(|(kind, time, _)| (std::cmp::Reverse(*time), *kind));
        table(&mut out, "template or file, all threads", kinds);
        let mut slowest: Vec<&Made> = made.iter().collect();
        slowest.sort_by_key(|file| (std::cmp::Reverse(file.time), &file.path));
        slowest.truncate(SLOWEST);
        table(&mut out, "slowest", slowest.iter().map(|file| (file.path.as_str(), file.time, String::new())).collect());
        out
    }
}

fn table(out: &mut String, title: &str, rows: Vec<(&str, Duration, String)>) {
    if rows.is_empty() {
        return;
    }
    let width = rows.iter().map(|(name, ..)| name.width()).chain([title.width()]).max().unwrap_or(0);
    out.push_str(&format!("{title}{}        ms\n", " ".repeat(width - title.width())));
    for (name, time, count) in rows {
        let pad = " ".repeat(width - name.width());
        let line = format!("{name}{pad}  {:>8.1}  {count}", time.as_secs_f64() * 1000.0);
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_longest_comes_first() {
        let ms = Duration::from_millis;
        let timings = Timings {
            last: Instant::now(),
            stages: vec![("read", ms(12), "3 files".into()), ("pages", ms(1234), String::new())],
        };
        let made = [("topic.html", "topics/a/", 3), ("topic.html", "topics/日本/", 4), ("tag.html", "tags/x/", 9)];
        let made = made.map(|(kind, path, time)| Made { kind: kind.into(), path: path.into(), time: ms(time) });
        let expected = "\
stage        ms
read       12.0  3 files
pages    1234.0
template or file, all threads        ms
tag.html                            9.0  1
topic.html                          7.0  2
slowest             ms
tags/x/            9.0
topics/日本/       4.0
topics/a/          3.0
";
        assert_eq!(timings.text(&made), expected);
    }
}
