//! The comparison: which topic is on which roadmap, and where two roadmaps disagree about the order.

use super::{About, Maker, words};
use crate::roadmap::{PlacementIx, TopicIx};
use crate::site::views::{
    CompareCell, CompareColumn, CompareGroup, ComparePage, CompareRow, Disagreement, Link, OverlapRow,
};
use std::collections::BTreeMap;

/// As many disagreements as a reader looks at.
const MOST_DISAGREEMENTS: usize = 30;

/// With more roadmaps than this, a table that names a stage in every cell is wider than most screens.
const MOST_NAMED_COLUMNS: usize = 4;

/// A topic that two roads have, behind its stages on the first and on the second.
type InCommon = (usize, usize, TopicIx);

/// Which roadmaps teach `one` before `other`, and which the other way round; `gap` counts the stages between
/// the two, on both roads that show it best.
struct Divided {
    one: TopicIx,
    other: TopicIx,
    one_first: Vec<usize>,
    other_first: Vec<usize>,
    gap: usize,
}

impl Maker<'_> {
    pub(super) fn compare(&self) -> ComparePage {
        let page = self.page_view(About {
            kind: "compare",
            title: self.word("compare_page"),
            document: None,
            breadcrumbs: Vec::new(),
            subject: None,
        });
        let roads = 0..self.site.roadmaps.roadmaps.len();
        let (disagreements, more) = self.disagreements();
        ComparePage {
            site: self.site_view(&page),
            page,
            columns: roads.clone().map(|at| CompareColumn { road: self.road(at), facts: self.facts(at) }).collect(),
            overlaps: self.overlaps(),
            compact: roads.len() > MOST_NAMED_COLUMNS,
            groups: self.compare_groups(),
            disagreements,
            more_disagreements: words::some(self.words(), "and_more_pairs", more),
        }
    }

    fn compare_groups(&self) -> Vec<CompareGroup> {
        let roads = self.site.roadmaps.roadmaps.len();
        let (mut shared, mut only) = (vec![Vec::new(); roads + 1], vec![Vec::new(); roads]);
        for topic in self.in_order() {
            match self.site.index.places[topic.0].as_slice() {
                [] => {}
                [(at, _)] => only[*at].push(topic),
                places => shared[places.len()].push(topic),
            }
        }
        let mut groups = Vec::new();
        for (n, topics) in shared.into_iter().enumerate().skip(2).rev() {
            let title = match (n, roads) {
                (2, 2) => self.word("on_both"),
                (n, roads) if n == roads => self.fill("on_all", &[("all", &n.to_string())]),
                (n, roads) => self.fill("on_some", &[("n", &n.to_string()), ("all", &roads.to_string())]),
            };
            groups.extend(self.compare_group(format!("on-{n}"), title, topics, None));
        }
        for (at, topics) in only.into_iter().enumerate() {
            let road = self.road(at);
            groups.extend(self.compare_group(
                format!("only-{}", road.id),
                self.fill("on_one", &[("road", &road.title)]),
                topics,
                Some(at),
            ));
        }
        groups
    }

    /// All topics, in the order of the first roadmap that places them.
    fn in_order(&self) -> Vec<TopicIx> {
        let places = &self.site.index.places;
        let mut topics: Vec<TopicIx> = (0..places.len()).map(TopicIx).collect();
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
        let row = |topic: &TopicIx| {
            let cells: Vec<_> = roads.iter().map(|at| self.compare_cell(*at, *topic)).collect();
            CompareRow {
                title: self.site.topic_title(*topic).into(),
                url: self.topic_url(*topic),
                levels: cells.iter().map(sign).collect(),
                cells,
            }
        };
        Some(CompareGroup {
            id,
            title,
            count: words::topics(self.words(), topics.len()),
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

    /// How much of each roadmap the others cover. The cost is the sum over all topics of the square of the
    /// number of their roadmaps.
    fn overlaps(&self) -> Vec<OverlapRow> {
        let roads = self.site.roadmaps.roadmaps.len();
        let mut shared = vec![vec![0; roads]; roads];
        for places in &self.site.index.places {
            for (one, _) in places {
                places.iter().for_each(|(other, _)| shared[*one][*other] += 1);
            }
        }
        let cell = |at: usize, other: usize| (at != other).then(|| per_cent(shared[at][other], shared[other][other]));
        let row =
            |at: usize| OverlapRow { road: self.road(at), cells: (0..roads).map(|other| cell(at, other)).collect() };
        (0..roads).map(row).collect()
    }

    /// What the roadmaps are divided over, as far as it is worth reading, and how many more pairs there are.
    fn disagreements(&self) -> (Vec<Disagreement>, usize) {
        let mut found = self.divided();
        let left = found.len().saturating_sub(MOST_DISAGREEMENTS);
        found.truncate(MOST_DISAGREEMENTS);
        let link = |topic: TopicIx| Link { title: self.site.topic_title(topic).into(), url: self.topic_url(topic) };
        let roads = |roads: &[usize]| roads.iter().map(|at| self.road(*at)).collect();
        let mut groups: Vec<(Divided, Vec<Link>)> = Vec::new();
        for pair in found {
            let other = link(pair.other);
            let same = |(group, _): &&mut (Divided, Vec<Link>)| {
                group.one == pair.one && group.one_first == pair.one_first && group.other_first == pair.other_first
            };
            match groups.iter_mut().find(same) {
                Some((_, others)) => others.push(other),
                None => groups.push((pair, vec![other])),
            }
        }
        let shown = groups.into_iter().map(|(pair, others)| Disagreement {
            one: link(pair.one),
            others,
            one_first: roads(&pair.one_first),
            other_first: roads(&pair.other_first),
        });
        (shown.collect(), left)
    }

    /// Pairs of shared topics that roadmaps have in stages of opposite order: those first that divide the most
    /// roadmaps evenly, then those farthest apart.
    fn divided(&self) -> Vec<Divided> {
        let mut gaps: BTreeMap<(TopicIx, TopicIx), usize> = BTreeMap::new();
        for shared in self.in_common().into_values() {
            for (gap, one, other) in crossed(shared) {
                let best = gaps.entry((one.min(other), one.max(other))).or_default();
                *best = gap.max(*best);
            }
        }
        let mut found: Vec<Divided> =
            gaps.into_iter().map(|((one, other), gap)| self.sides_of(one, other, gap)).collect();
        let evenness = |pair: &Divided| pair.one_first.len().min(pair.other_first.len());
        found.sort_by_key(|pair| (usize::MAX - evenness(pair), usize::MAX - pair.gap, pair.one, pair.other));
        found
    }

    /// Who teaches which of two topics first; `one` is what most roadmaps begin with.
    fn sides_of(&self, one: TopicIx, other: TopicIx, gap: usize) -> Divided {
        let (mut one_first, mut other_first) = (Vec::new(), Vec::new());
        for at in 0..self.site.roadmaps.roadmaps.len() {
            match self.stage_of(at, one).zip(self.stage_of(at, other)) {
                Some((one, other)) if one < other => one_first.push(at),
                Some((one, other)) if one > other => other_first.push(at),
                _ => {}
            }
        }
        if one_first.len() < other_first.len() {
            return Divided { one: other, other: one, one_first: other_first, other_first: one_first, gap };
        }
        Divided { one, other, one_first, other_first, gap }
    }

    fn stage_of(&self, at: usize, topic: TopicIx) -> Option<usize> {
        let roadmap = self.map_of(at);
        roadmap.placed.get(&topic).map(|ix| roadmap.placement(*ix).stage)
    }

    /// For each two roads with topics in common: these, each with its stage on both.
    fn in_common(&self) -> BTreeMap<(usize, usize), Vec<InCommon>> {
        let mut shared: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (topic, places) in self.site.index.places.iter().enumerate() {
            let stage = |(at, ix): &(usize, PlacementIx)| (*at, self.map_of(*at).placement(*ix).stage);
            let places: Vec<(usize, usize)> = places.iter().map(stage).collect();
            for (one, (a, on_a)) in places.iter().enumerate() {
                for (b, on_b) in &places[one + 1..] {
                    shared.entry((*a, *b)).or_default().push((*on_a, *on_b, TopicIx(topic)));
                }
            }
        }
        shared
    }
}

/// For each topic that two roads have, with its stages on both, the partner that it is most clearly crossed with: `one`
/// comes in an earlier stage on the first and in a later one on the second. Sorting by the stage on the first and keeping
/// the farthest seen on the second finds the partner in one pass.
fn crossed(mut shared: Vec<InCommon>) -> Vec<(usize, TopicIx, TopicIx)> {
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

/// A level as one letter.
fn sign(cell: &Option<CompareCell>) -> char {
    cell.as_ref().and_then(|cell| cell.level.chars().next()).unwrap_or('-')
}

/// The share of a part in a whole, rounded, in per cent; 0 and 100 are kept for nothing and everything.
fn per_cent(part: usize, whole: usize) -> usize {
    match part {
        0 => 0,
        part if part >= whole => 100,
        part => ((part * 200 + whole) / (whole * 2)).clamp(1, 99),
    }
}

#[cfg(test)]
mod tests {
    use super::per_cent;

    #[test]
    fn a_share_is_nothing_or_everything_only_when_it_is() {
        assert_eq!(
            [(0, 0), (0, 7), (1, 300), (1, 2), (1, 3), (299, 300), (7, 7)].map(|(a, b)| per_cent(a, b)),
            [0, 0, 1, 50, 33, 99, 100]
        );
    }
}
