//! Writes a line twice: as SVG path data, and as points close to it.
//!
//! In: strokes. Out: a [`Route`]. Nothing is refused, but a stroke of no length is left out.

use std::fmt::Write as _;

use super::Route;
use super::route::rounded;

/// Straight pieces that stand for one curve.
const PIECES: usize = 12;

/// The radius of a square connector's corners.
const RADIUS: f64 = 8.0;

/// A line being drawn, with where it is now and the straight stroke not written yet.
pub(super) struct Pen {
    path: String,
    points: Vec<[f64; 2]>,
    here: [f64; 2],
    written: [f64; 2],
}

impl Pen {
    /// Starts a line.
    pub(super) fn at(x: f64, y: f64) -> Self {
        let here = [rounded(x), y];
        let path = format!("M{} {}", here[0], here[1]);
        Pen { path, points: vec![here], here, written: here }
    }

    /// A straight stroke. Strokes that go on in the same direction are written as one.
    pub(super) fn line_to(&mut self, x: f64, y: f64) {
        let level = self.written[1] == self.here[1] && self.here[1] == y;
        if !level {
            self.flush();
        }
        self.here = [x, y];
    }

    /// A curve that leaves and arrives level: where the heights agree, a straight stroke.
    pub(super) fn swing_to(&mut self, x: f64, y: f64) {
        if y == self.here[1] {
            return self.line_to(x, y);
        }
        self.flush();
        let [x0, y0] = self.here;
        let half = rounded(f64::midpoint(x0, x));
        let _ = write!(self.path, "C{half} {y0} {half} {y} {x} {y}");
        for piece in 1..=PIECES {
            let t = piece as f64 / PIECES as f64;
            let s = 1.0 - t;
            let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
            self.points.push([a * x0 + (b + c) * half + d * x, (a + b) * y0 + (c + d) * y]);
        }
        self.here = [x, y];
        self.written = self.here;
    }

    /// Level and upright strokes by way of some corners, which are rounded.
    pub(super) fn square_to(&mut self, corners: &[[f64; 2]], end: [f64; 2]) {
        for (at, &corner) in corners.iter().enumerate() {
            let next = corners.get(at + 1).copied().unwrap_or(end);
            let room = length(self.here, corner).min(length(corner, next) / 2.0);
            let radius = RADIUS.min(room);
            let turns = (self.here[0] == corner[0]) != (corner[0] == next[0]);
            if !turns || radius < 1.0 {
                self.line_to(corner[0], corner[1]);
                continue;
            }
            let before = towards(corner, self.here, radius);
            let after = towards(corner, next, radius);
            self.line_to(before[0], before[1]);
            self.flush();
            let [[cx, cy], [x, y]] = [corner, after];
            let _ = write!(self.path, "Q{cx} {cy} {x} {y}");
            let bow = |at: usize| 0.25 * before[at] + 0.5 * corner[at] + 0.25 * after[at];
            self.points.extend([[bow(0), bow(1)], after]);
            self.here = after;
            self.written = after;
        }
        self.line_to(end[0], end[1]);
    }

    /// Ends the line.
    pub(super) fn finish(mut self, from: usize, to: usize) -> Route {
        self.flush();
        let points = self.points.iter().map(|point| point.map(rounded)).collect();
        Route { from, to, points, path: self.path }
    }

    fn flush(&mut self) {
        if self.here != self.written {
            let [x, y] = self.here;
            let _ = write!(self.path, "L{x} {y}");
            self.points.push(self.here);
            self.written = self.here;
        }
    }
}

fn length(from: [f64; 2], to: [f64; 2]) -> f64 {
    (from[0] - to[0]).abs() + (from[1] - to[1]).abs()
}

/// The point at a distance from one point on the way to another.
fn towards(from: [f64; 2], to: [f64; 2], distance: f64) -> [f64; 2] {
    let part = distance / length(from, to).max(distance);
    [0, 1].map(|at| rounded(from[at] + (to[at] - from[at]) * part))
}
