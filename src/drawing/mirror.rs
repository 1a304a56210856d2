//! The same map somewhere else, or for readers from right to left.
//!
//! In: a [`Drawing`] or parts of one. Out: the same moved, or with left and right exchanged. It refuses to
//! lay out anew.

use super::{Drawing, Rect, Route};

impl Drawing {
    /// The map mirrored: what is learned first stands at the right. Twice mirrored is the same again.
    #[must_use]
    pub fn mirrored(&self) -> Drawing {
        let rects = |rects: &[Rect]| rects.iter().map(|rect| self.flip_rect(rect)).collect();
        let routes = |routes: &[Route]| routes.iter().map(|route| self.flip_route(route)).collect();
        Drawing {
            width: self.width,
            height: self.height,
            nodes: rects(&self.nodes),
            edges: routes(&self.edges),
            forks: rects(&self.forks),
            parents: routes(&self.parents),
        }
    }

    /// The place of a rectangle in the mirrored map; what has no size stays as it is.
    pub(super) fn flip_rect(&self, rect: &Rect) -> Rect {
        if rect.width == 0.0 && rect.height == 0.0 && rect.x == 0.0 {
            return *rect;
        }
        Rect { x: self.width - rect.x - rect.width, ..*rect }
    }

    fn flip_route(&self, route: &Route) -> Route {
        mapped(route, |x| self.width - x, |y| y)
    }
}

/// The same line somewhere else.
pub(super) fn mapped(route: &Route, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> Route {
    let points = route.points.iter().map(|point| [x(point[0]), y(point[1])]).collect();
    Route { points, path: map_path(&route.path, x, y), ..*route }
}

/// Moves path data of our own making: absolute commands, each followed by pairs of numbers.
fn map_path(path: &str, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
    let mut mapped = String::with_capacity(path.len());
    let mut is_x = true;
    for piece in path.split_inclusive(|c: char| c == ' ' || c.is_ascii_alphabetic()) {
        let number = piece.trim_end_matches(|c: char| c == ' ' || c.is_ascii_alphabetic());
        if let Ok(value) = number.parse::<f64>() {
            mapped.push_str(&(if is_x { x(value) } else { y(value) }).to_string());
        }
        is_x ^= !number.is_empty();
        mapped.push_str(&piece[number.len()..]);
    }
    mapped
}
