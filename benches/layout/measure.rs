//! What can be measured on a drawing, whoever drew it: polylines in, figures out.

/// The figures of one drawing.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// How often two lines cross that share no box.
    pub crossings: usize,
    /// The length of all lines together, in pixels.
    pub length: f64,
    /// The area of the whole, in square pixels.
    pub area: f64,
}

/// A straight piece of a line.
#[derive(Clone, Copy)]
struct Piece {
    line: usize,
    from: [f64; 2],
    to: [f64; 2],
}

impl Measures {
    /// Measures a drawing: the ends of its edges, a polyline each, and its size.
    pub fn new(edges: &[(usize, usize)], lines: &[&[[f64; 2]]], size: [f64; 2]) -> Self {
        let length = lines.iter().flat_map(|line| line.windows(2)).map(|pair| distance(pair[0], pair[1])).sum();
        Measures { crossings: crossings(edges, lines), length, area: size[0] * size[1] }
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Counts by a sweep over the pieces from left to right.
fn crossings(edges: &[(usize, usize)], lines: &[&[[f64; 2]]]) -> usize {
    let mut pieces: Vec<Piece> = lines.iter().enumerate().flat_map(|(at, line)| pieces(at, line)).collect();
    let left = |piece: &Piece| piece.from[0].min(piece.to[0]);
    pieces.sort_by(|a, b| left(a).total_cmp(&left(b)));
    let mut open: Vec<Piece> = Vec::new();
    let mut count = 0;
    for piece in pieces {
        open.retain(|other| other.from[0].max(other.to[0]) >= left(&piece));
        let crosses = |other: &&Piece| apart(edges[other.line], edges[piece.line]) && cross(other, &piece);
        count += open.iter().filter(crosses).count();
        open.push(piece);
    }
    count
}

fn apart(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 != b.0 && a.0 != b.1 && a.1 != b.0 && a.1 != b.1
}

/// The pieces of a line, moved by a hair that no other line is moved by: where two lines cross at a corner
/// of both, one pair of pieces then meets and not none or four.
fn pieces(line: usize, points: &[[f64; 2]]) -> impl Iterator<Item = Piece> {
    let hair = (line as f64 * 0.618_034).fract() * 1e-3;
    let moved = move |[x, y]: [f64; 2]| [x + hair, y + hair * hair * 700.0 + hair * 0.37];
    points.windows(2).map(move |pair| Piece { line, from: moved(pair[0]), to: moved(pair[1]) })
}

fn cross(a: &Piece, b: &Piece) -> bool {
    let side = |p: &Piece, q: [f64; 2]| {
        (p.to[0] - p.from[0]) * (q[1] - p.from[1]) - (p.to[1] - p.from[1]) * (q[0] - p.from[0])
    };
    side(a, b.from) * side(a, b.to) < 0.0 && side(b, a.from) * side(b, a.to) < 0.0
}
