//! Orders the boxes within their columns so that few edges cross.
//!
//! In: a [`Layered`] component in reading order. Out: the same with its columns reordered; members of a
//! choice stay side by side. It refuses to trade reading order for nothing: ties keep it.
//!
//! Barycentre sweeps (Sugiyama et al. 1981) with exchanges of neighbours and the best order kept
//! (Gansner et al. 1993); crossings are counted with a sum tree (Barth, Jünger & Mutzel 2004).

use super::layered::Layered;

/// Sweeps without improvement before giving up.
const PATIENCE: usize = 12;

/// Vertices visited in all, about: bounds the sweeps over a large component.
const BUDGET: usize = 60_000;

/// Reorders the columns: from the reading order, and from that in which a walk meets the vertices. The
/// reading order wins where both come out the same.
pub(super) fn minimise(layered: &mut Layered) {
    let reading = layered.order.clone();
    let fewest = sweep(layered);
    if fewest == 0 {
        return;
    }
    let found = std::mem::replace(&mut layered.order, reading);
    walk(layered);
    if sweep(layered) >= fewest {
        layered.order = found;
    }
}

/// Sweeps until nothing gets better, and keeps the best. Returns the crossings left.
fn sweep(layered: &mut Layered) -> u64 {
    let vertices = layered.column.len();
    let mut at = places(layered);
    let mut best = layered.order.clone();
    let mut fewest = crossings(layered, &at);
    let sweeps = (BUDGET / vertices.max(1)).clamp(4, 60);
    let mut patience = PATIENCE;
    for sweep in 0..sweeps {
        if fewest == 0 || patience == 0 {
            break;
        }
        sweep_once(layered, &mut at, sweep);
        let now = crossings(layered, &at);
        patience -= 1;
        if now < fewest {
            fewest = now;
            best.clone_from(&layered.order);
            patience = PATIENCE;
        }
    }
    layered.order = best;
    fewest
}

/// Sorts the columns by when a depth-first walk meets the vertices: what hangs together comes together.
fn walk(layered: &mut Layered) {
    let vertices = layered.column.len();
    let mut met = vec![f64::INFINITY; vertices];
    let mut count = 0.0;
    for root in layered.order.concat() {
        let mut stack = vec![root];
        while let Some(vertex) = stack.pop() {
            if met[vertex].is_finite() {
                continue;
            }
            met[vertex] = count;
            count += 1.0;
            let near = layered.left.of(vertex).iter().chain(layered.right.of(vertex));
            stack.extend(near.rev().filter(|&&other| met[other].is_infinite()));
        }
    }
    let mut at = places(layered);
    for column in 0..layered.order.len() {
        sort(layered, &mut at, column, |vertex| met[vertex]);
    }
}

/// The place of each vertex in its column.
pub(super) fn places(layered: &Layered) -> Vec<usize> {
    let mut at = vec![0; layered.column.len()];
    for column in &layered.order {
        for (place, &vertex) in column.iter().enumerate() {
            at[vertex] = place;
        }
    }
    at
}

/// One pass over all columns, to the right and to the left in turns: each is sorted by the one before
/// it, then neighbours are exchanged. Every other pair of sweeps exchanges also where nothing is won,
/// which leads out of dead ends.
fn sweep_once(layered: &mut Layered, at: &mut [usize], sweep: usize) {
    let columns = layered.order.len();
    let rightwards = sweep.is_multiple_of(2);
    let mut least = if sweep % 4 > 1 { 0 } else { 1 };
    for step in 1..columns {
        let column = if rightwards { step } else { columns - 1 - step };
        let fixed = if rightwards { column - 1 } else { column + 1 };
        let key = barycentres(layered, at, column, fixed);
        let from = at.to_vec();
        sort(layered, at, column, |vertex| key[from[vertex]]);
    }
    for _ in 0..3 {
        let mut better = false;
        for column in 0..columns {
            better |= exchange(layered, at, column, least);
        }
        least = 1;
        if !better {
            break;
        }
    }
}

/// For each place in a column, the mean place of its neighbours in the fixed column, both as parts of
/// the whole column, so that a vertex without neighbours can keep its own.
fn barycentres(layered: &Layered, at: &[usize], column: usize, fixed: usize) -> Vec<f64> {
    let neighbours = if fixed < column { &layered.left } else { &layered.right };
    let length = layered.order[fixed].len() as f64;
    let own = layered.order[column].len() as f64;
    let mean = |(place, &vertex): (usize, &usize)| {
        let list = neighbours.of(vertex);
        if list.is_empty() {
            return (place as f64 + 0.5) / own;
        }
        let sum: f64 = list.iter().map(|&other| at[other] as f64 + 0.5).sum();
        sum / list.len() as f64 / length
    };
    layered.order[column].iter().enumerate().map(mean).collect()
}

/// Sorts a column by a key, the members of a choice together at their mean. Equal keys keep their order.
fn sort(layered: &mut Layered, at: &mut [usize], column: usize, key: impl Fn(usize) -> f64) {
    let mut units = units(&layered.order[column], &layered.fork);
    for unit in &mut units {
        unit.sort_by(|&a, &b| key(a).total_cmp(&key(b)));
    }
    let mean = |unit: &Vec<usize>| unit.iter().map(|&v| key(v)).sum::<f64>() / unit.len() as f64;
    units.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
    settle(layered, at, column, units);
}

/// The column cut into what moves as one: single vertices, and the members of a choice, which the
/// first order put side by side.
fn units(order: &[usize], fork: &[Option<usize>]) -> Vec<Vec<usize>> {
    let same = |a: &usize, b: &usize| fork[*a].is_some() && fork[*a] == fork[*b];
    order.chunk_by(same).map(<[usize]>::to_vec).collect()
}

fn settle(layered: &mut Layered, at: &mut [usize], column: usize, units: Vec<Vec<usize>>) {
    let order = units.concat();
    for (place, &vertex) in order.iter().enumerate() {
        at[vertex] = place;
    }
    layered.order[column] = order;
}

/// Exchanges neighbours in a column where that saves at least so many crossings on both its sides
/// together. Returns whether any were saved.
fn exchange(layered: &mut Layered, at: &mut [usize], column: usize, least: i64) -> bool {
    for &vertex in &layered.order[column] {
        layered.left.of_mut(vertex).sort_unstable_by_key(|&other| at[other]);
        layered.right.of_mut(vertex).sort_unstable_by_key(|&other| at[other]);
    }
    let mut units = units(&layered.order[column], &layered.fork);
    let mut better = false;
    let mut worth = |gain: i64| {
        better |= gain > 0;
        gain >= least
    };
    for place in 1..units.len() {
        if worth(gain(layered, at, &units[place - 1], &units[place])) {
            units.swap(place - 1, place);
        }
    }
    for unit in units.iter_mut().filter(|unit| unit.len() > 1) {
        for place in 1..unit.len() {
            if worth(saved(layered, at, unit[place - 1], unit[place])) {
                unit.swap(place - 1, place);
            }
        }
    }
    settle(layered, at, column, units);
    better
}

/// Crossings saved by exchanging two units.
fn gain(layered: &Layered, at: &[usize], above: &[usize], below: &[usize]) -> i64 {
    let pairs = above.iter().flat_map(|&a| below.iter().map(move |&b| (a, b)));
    pairs.map(|(a, b)| saved(layered, at, a, b)).sum()
}

/// Crossings between the edges of two vertices saved by exchanging them.
fn saved(layered: &Layered, at: &[usize], above: usize, below: usize) -> i64 {
    let side = |above: &[usize], below: &[usize]| pairs(above, below, at) - pairs(below, above, at);
    side(layered.left.of(above), layered.left.of(below)) + side(layered.right.of(above), layered.right.of(below))
}

/// How many pairs of a first and a second neighbour cross when the first list belongs to the upper
/// vertex. Both lists are sorted by place.
fn pairs(upper: &[usize], lower: &[usize], at: &[usize]) -> i64 {
    let mut less = 0;
    let mut sum = 0;
    for &neighbour in upper {
        while less < lower.len() && at[lower[less]] < at[neighbour] {
            less += 1;
        }
        sum += less as i64;
    }
    sum
}

/// All crossings between neighbouring columns.
fn crossings(layered: &Layered, at: &[usize]) -> u64 {
    let mut sum = 0;
    for column in 1..layered.order.len() {
        let mut tree = vec![0u64; layered.order[column].len() + 1];
        let mut seen = 0;
        for &vertex in &layered.order[column - 1] {
            let mut ends: Vec<_> = layered.right.of(vertex).iter().map(|&to| at[to]).collect();
            ends.sort_unstable();
            sum += ends.iter().map(|&end| seen - up_to(&tree, end)).sum::<u64>();
            seen += ends.len() as u64;
            ends.iter().for_each(|&end| add_one(&mut tree, end));
        }
    }
    sum
}

fn up_to(tree: &[u64], place: usize) -> u64 {
    let mut sum = 0;
    let mut at = place + 1;
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn add_one(tree: &mut [u64], place: usize) {
    let mut at = place + 1;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
