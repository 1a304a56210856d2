//! Gives each band what is its own.
//!
//! In: a [`Road`]. Out: a [`Share`] for each band, and the edges between bands. It refuses to draw twice
//! what other edges imply, within bands and between them.

use super::super::{Edge, Fork, Graph, Node, transitive_reduction};
use super::Road;

/// What lies in one band.
#[derive(Default)]
pub(super) struct Share {
    /// Its boxes.
    pub(super) nodes: Vec<usize>,
    /// Its choices.
    pub(super) forks: Vec<usize>,
    /// Its boxes, edges and choices, by their places in these lists.
    pub(super) graph: Graph,
    /// The boxes, by place, that edges to other bands leave.
    pub(super) exits: Vec<usize>,
    /// The edges from other bands: a box of the whole, and one of the band by place.
    pub(super) entries: Vec<Edge>,
}

/// An edge from band to band.
#[derive(Clone, Copy)]
pub(super) struct Between {
    /// The edge.
    pub(super) edge: Edge,
    /// The band that it leaves, and the one that it enters.
    pub(super) bands: (usize, usize),
}

/// Shares everything out.
pub(super) fn shares(road: &Road) -> (Vec<Share>, Vec<Between>) {
    let count = road.graph.nodes.len();
    let mut place: Vec<Option<(usize, usize)>> = vec![None; count];
    let mut shares: Vec<Share> = road.bands.iter().map(|_| Share::default()).collect();
    for (band, listed) in road.bands.iter().enumerate() {
        for &node in &listed.nodes {
            if let Some(slot @ None) = place.get_mut(node) {
                *slot = Some((band, shares[band].nodes.len()));
                shares[band].nodes.push(node);
            }
        }
    }
    for share in &mut shares {
        let own = |node: usize| Node { parent: parent(road, &place, node), ..road.graph.nodes[node].clone() };
        share.graph.nodes = share.nodes.iter().map(|&node| own(node)).collect();
    }
    share_forks(road, &place, &mut shares);
    let between = share_edges(road, &place, &mut shares);
    (shares, between)
}

/// The place of a box's whole, when it lies in the same band.
fn parent(road: &Road, place: &[Option<(usize, usize)>], node: usize) -> Option<usize> {
    let (band, at) = (*place.get(road.graph.nodes[node].parent?)?)?;
    (place[node]?.0 == band).then_some(at)
}

/// A choice lies in the band of its first member.
fn share_forks(road: &Road, place: &[Option<(usize, usize)>], shares: &mut [Share]) {
    for (at, fork) in road.graph.forks.iter().enumerate() {
        let mut placed = fork.members.iter().filter_map(|&member| *place.get(member)?).peekable();
        let Some(&(band, _)) = placed.peek() else { continue };
        let members = placed.filter(|member| member.0 == band).map(|member| member.1).collect();
        shares[band].forks.push(at);
        shares[band].graph.forks.push(Fork { members, label_width: fork.label_width });
    }
}

fn share_edges(road: &Road, place: &[Option<(usize, usize)>], shares: &mut [Share]) -> Vec<Between> {
    let ends = |edge: &Edge| Some(((*place.get(edge.from)?)?, (*place.get(edge.to)?)?));
    let onwards = |edge: &&Edge| ends(edge).is_some_and(|(from, to)| from.0 <= to.0);
    let edges: Vec<Edge> = road.graph.edges.iter().filter(onwards).copied().collect();
    let mut between = Vec::new();
    for edge in transitive_reduction(place.len(), &edges) {
        let Some((from, to)) = ends(&edge) else { continue };
        if from.0 == to.0 {
            shares[from.0].graph.edges.push(Edge { from: from.1, to: to.1 });
        } else {
            shares[from.0].exits.push(from.1);
            shares[to.0].entries.push(Edge { from: edge.from, to: to.1 });
            between.push(Between { edge, bands: (from.0, to.0) });
        }
    }
    for share in shares {
        share.exits.sort_unstable();
        share.exits.dedup();
    }
    between
}
