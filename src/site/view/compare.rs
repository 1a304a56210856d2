//! The comparison: which topic is on which roadmap, and where two roadmaps disagree about the order.

use super::{About, Maker, words};
use crate::roadmap::{PlacementIx, TopicIx};
use crate::site::views::{CompareCell, CompareColumn, CompareGroup, ComparePage, CompareRow, Disagreement, Link};

/// As many disagreements as a reader looks at.
const MOST_DISAGREEMENTS: usize = 30;

impl Maker<'_> {
    pub(super) fn compare(&self) -> ComparePage {
        let page =
            self.page_view(About { kind: "compare", title: "Compare".into(), document: None, breadcrumbs: Vec::new() });
        let roads = 0..self.site.roadmaps.roadmaps.len();
        let (disagreements, more) = self.disagreements();
        ComparePage {
            site: self.site_view(&page),
            page,
            columns: roads.map(|at| CompareColumn { road: self.road(at), facts: self.facts(at) }).collect(),
            groups: self.compare_groups(),
            disagreements,
            more_disagreements: if more == 0 {
                String::new()
            } else {
                format!("and {}", words::count(more, "more pair", "more pairs"))
            },
        }
    }

    fn compare_groups(&self) -> Vec<CompareGroup> {
        let roads = self.site.roadmaps.roadmaps.len();
        let mut groups = Vec::new();
        for n in (2..=roads).rev() {
            let title = match (n, roads) {
                (2, 2) => "On both roadmaps".to_owned(),
                (n, roads) if n == roads => format!("On all {n} roadmaps"),
                (n, roads) => format!("On {n} of {roads} roadmaps"),
            };
            let topics = self.in_order(|places| places.len() == n);
            groups.extend(self.compare_group(format!("on-{n}"), title, topics, None));
        }
        for at in 0..roads {
            let road = self.road(at);
            let topics = self.in_order(|places| places.len() == 1 && places[0].0 == at);
            groups.extend(self.compare_group(
                format!("only-{}", road.id),
                format!("Only on {}", road.title),
                topics,
                Some(at),
            ));
        }
        groups
    }

    /// The topics with such places, in the order of the first roadmap that places them.
    fn in_order(&self, wanted: impl Fn(&[(usize, PlacementIx)]) -> bool) -> Vec<TopicIx> {
        let places = &self.site.index.places;
        let mut topics: Vec<TopicIx> = (0..places.len()).filter(|t| wanted(&places[*t])).map(TopicIx).collect();
        topics.sort_by_key(|topic| places[topic.0].first().map(|(at, ix)| (*at, self.index_of(*at).at[ix.0])));
        topics
    }

    fn compare_group(
        &self,
        id: String,
        title: String,
        topics: Vec<TopicIx>,
        only: Option<usize>,
    ) -> Option<CompareGroup> {
        if topics.is_empty() {
            return None;
        }
        let roads: Vec<usize> = only.map_or_else(|| (0..self.site.roadmaps.roadmaps.len()).collect(), |at| vec![at]);
        let row = |topic: &TopicIx| CompareRow {
            title: self.site.topic_title(*topic).into(),
            url: self.topic_url(*topic),
            cells: roads.iter().map(|at| self.compare_cell(*at, *topic)).collect(),
        };
        Some(CompareGroup {
            id,
            title,
            count: words::count(topics.len(), "topic", "topics"),
            only: only.map(|at| self.road(at)),
            rows: topics.iter().map(row).collect(),
        })
    }

    fn compare_cell(&self, at: usize, topic: TopicIx) -> Option<CompareCell> {
        let ix = *self.map_of(at).placed.get(&topic)?;
        let placement = self.map_of(at).placement(ix);
        Some(CompareCell {
            stage: self.stage_ref(at, placement.stage),
            level: placement.level.name().into(),
            effort: self.effort_of(at, ix).text,
        })
    }

    /// Pairs of shared topics that two roadmaps have in stages of opposite order, those farthest apart
    /// first; each topic is named once, so that one that wandered does not fill the list. How many more
    /// topics would have had a pair is the second value.
    fn disagreements(&self) -> (Vec<Disagreement>, usize) {
        let mut found: Vec<(usize, TopicIx, TopicIx, usize, usize)> = Vec::new();
        for a in 0..self.site.roadmaps.roadmaps.len() {
            for b in a + 1..self.site.roadmaps.roadmaps.len() {
                found.extend(self.crossed(a, b).into_iter().map(|(gap, one, other)| (gap, one, other, a, b)));
            }
        }
        found.sort_by_key(|(gap, one, other, a, b)| (usize::MAX - gap, *one, *other, *a, *b));
        let left = found.len().saturating_sub(MOST_DISAGREEMENTS);
        let link = |topic: TopicIx| Link { title: self.site.topic_title(topic).into(), url: self.topic_url(topic) };
        let shown = found.into_iter().take(MOST_DISAGREEMENTS).map(|(_, one, other, a, b)| Disagreement {
            one: link(one),
            other: link(other),
            one_first: vec![self.road(a)],
            other_first: vec![self.road(b)],
        });
        (shown.collect(), left)
    }

    /// For each topic that both roads have, the partner that it is most clearly crossed with: `one` comes
    /// in an earlier stage on `a` and in a later one on `b`. Sorting by the stage on `a` and keeping the
    /// farthest seen on `b` finds the partner in one pass.
    fn crossed(&self, a: usize, b: usize) -> Vec<(usize, TopicIx, TopicIx)> {
        let stage = |at: usize, topic: TopicIx| {
            let roadmap = self.map_of(at);
            roadmap.placed.get(&topic).map(|ix| roadmap.placement(*ix).stage)
        };
        let mut shared: Vec<(usize, usize, TopicIx)> = self
            .map_of(a)
            .placed
            .keys()
            .filter_map(|topic| Some((stage(a, *topic)?, stage(b, *topic)?, *topic)))
            .collect();
        shared.sort();
        let mut farthest: Option<(usize, usize, TopicIx)> = None;
        let mut pending: Option<(usize, usize, TopicIx)> = None;
        let mut found = Vec::new();
        for (on_a, on_b, topic) in shared {
            // Only stages that are really earlier count.
            if pending.is_some_and(|(stage, ..)| stage < on_a) && pending.map(|p| p.1) > farthest.map(|f| f.1) {
                farthest = pending;
            }
            if let Some((early, late, partner)) = farthest
                && late > on_b
                && early < on_a
            {
                found.push(((late - on_b) + (on_a - early), partner, topic));
            }
            if pending.is_none_or(|(_, late, _)| on_b > late) {
                pending = Some((on_a, on_b, topic));
            }
        }
        found
    }
}
