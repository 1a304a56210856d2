//! The same map for readers from right to left.
//!
//! In: a [`Drawing`]. Out: the drawing with left and right exchanged. It refuses to lay out anew.

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

    fn flip_rect(&self, rect: &Rect) -> Rect {
        if rect.width == 0.0 && rect.height == 0.0 && rect.x == 0.0 {
            return *rect;
        }
        Rect { x: self.width - rect.x - rect.width, ..*rect }
    }

    fn flip_route(&self, route: &Route) -> Route {
        let points = route.points.iter().map(|&[x, y]| [self.width - x, y]).collect();
        Route { points, path: flip_path(&route.path, self.width), ..*route }
    }
}

/// Mirrors path data of our own making: absolute commands, each followed by pairs of numbers.
fn flip_path(path: &str, width: f64) -> String {
    let mut flipped = String::with_capacity(path.len());
    let mut is_x = true;
    for piece in path.split_inclusive(|c: char| c == ' ' || c.is_ascii_alphabetic()) {
        let number = piece.trim_end_matches(|c: char| c == ' ' || c.is_ascii_alphabetic());
        match number.parse::<f64>() {
            Ok(x) if is_x => flipped.push_str(&(width - x).to_string()),
            _ => flipped.push_str(number),
        }
        is_x ^= !number.is_empty();
        flipped.push_str(&piece[number.len()..]);
    }
    flipped
}
