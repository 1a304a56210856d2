//! The timeline: when the stages of a roadmap are done.

use super::{About, Maker, date, words};
use crate::plan::Interval;
use crate::plan::day_after;
use crate::site::views::{Tick, TimelinePage, TimelineRow, TimelineView};
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn timeline_page(&self, at: usize) -> TimelinePage {
        let road = self.road(at);
        let page = self.page_view(About {
            kind: "timeline",
            title: self.fill("timeline_page", &[("road", &road.title)]),
            document: None,
            breadcrumbs: vec![self.link(road.title.clone(), &path::roadmap(&road.id))],
            subject: None,
        });
        TimelinePage {
            site: self.site_view(&page),
            page,
            roadmap: road,
            facts: self.facts(at),
            timeline: self.timeline(at),
        }
    }

    /// `None` when no effort of the roadmap is known.
    pub(super) fn timeline(&self, at: usize) -> Option<TimelineView> {
        let (roadmap, plan) = (self.map_of(at), &self.site.plans[at]);
        if !plan.has_times() {
            return None;
        }
        let end = |interval: Interval| interval.max.unwrap_or(interval.min * 1.15 + 1.0);
        let axis = plan.stages.iter().map(|stage| end(stage.weeks.end)).fold(1.0, f64::max);
        let rows = (0..roadmap.stages.len()).map(|stage| self.row(at, stage, axis)).collect();
        let unknown: usize = plan.stages.iter().map(|stage| stage.effort.unknown).sum();
        Some(TimelineView {
            pace: words::pace(self.words(), roadmap),
            first_day: self.site.start_of(at).map(|day| day.to_string()).unwrap_or_default(),
            rows,
            ticks: ticks(axis),
            bonus: roadmap.stages.iter().any(|stage| stage.is_bonus()),
            caveat: words::some(self.words(), "n_left_out", unknown),
        })
    }

    fn row(&self, at: usize, stage: usize, axis: f64) -> TimelineRow {
        let plan = &self.site.plans[at].stages[stage];
        let (start, end) = (plan.weeks.start, plan.weeks.end);
        let percent = |weeks: f64| (weeks / axis * 100.0).clamp(0.0, 100.0);
        let known = plan.effort.known;
        let text = self.stage_effort(at, stage).text;
        let short = if known { self.stage_effort_short(at, stage) } else { String::new() };
        let whole = end.max.map_or(axis, |latest| latest) - start.min;
        TimelineRow {
            id: self.map_of(at).stages[stage].id.clone(),
            stage: self.stage_ref(at, stage),
            text,
            short,
            start: percent(start.min),
            solid: if known { percent(end.min - start.min) } else { 0.0 },
            whole: if known { percent(whole) } else { 0.0 },
            open: end.max.is_none(),
            starts: if known { self.after(at, start) } else { String::new() },
            ends: if known { self.after(at, end) } else { String::new() },
            unknown_text: words::unknown(self.words(), plan.effort.unknown),
        }
    }

    /// `weeks 2–7`: from the first week of the earliest start to the last of the latest end.
    pub(super) fn stage_weeks(&self, at: usize, stage: usize) -> String {
        let plan = &self.site.plans[at].stages[stage];
        if !plan.effort.known {
            return String::new();
        }
        let first = plan.weeks.start.min.floor() + 1.0;
        match plan.weeks.end.max.map(|end| (end - 1e-9).ceil().max(first)) {
            None => self.fill("from_week", &[("n", &first.to_string())]),
            Some(last) if last == first => self.fill("in_week", &[("n", &first.to_string())]),
            Some(last) => self.fill("in_weeks", &[("a", &first.to_string()), ("b", &last.to_string())]),
        }
    }

    /// `2–3 wk`, `~4 mo`, `3 h`
    fn stage_effort_short(&self, at: usize, stage: usize) -> String {
        let roadmap = self.map_of(at);
        match &roadmap.stages[stage].effort {
            Some(effort) => words::stated_short(self.words(), &effort.value),
            None => {
                let hours = self.site.plans[at].stages[stage].effort.hours;
                words::time_short(self.words(), hours, roadmap.hours_per_week)
            }
        }
    }

    /// `at once`, `after 1 week`, `after 5–7 weeks`; the dates, where the roadmap has a first day.
    fn after(&self, at: usize, weeks: Interval) -> String {
        if let Some(first) = self.site.start_of(at) {
            let text = |weeks: f64| date(self.words(), day_after(first, weeks)).text;
            return match weeks.max {
                Some(max) if max != weeks.min => words::range(self.words(), &text(weeks.min), &text(max)),
                _ => text(weeks.min),
            };
        }
        if weeks == Interval::ZERO {
            return self.word("at_once");
        }
        self.fill("after", &[("time", &words::interval(self.words(), "weeks", weeks))])
    }
}

/// At most ten marks, a round number of weeks apart.
fn ticks(axis: f64) -> Vec<Tick> {
    const STEPS: [f64; 9] = [1.0, 2.0, 4.0, 5.0, 10.0, 13.0, 26.0, 52.0, 104.0];
    let step = STEPS.into_iter().find(|step| axis / step <= 10.0).unwrap_or_else(|| (axis / 10.0).ceil());
    let marks = std::iter::successors(Some(0.0), |at| Some(at + step)).take_while(|at| *at <= axis);
    marks.map(|at| Tick { at: at / axis * 100.0, text: format!("{at}") }).collect()
}
