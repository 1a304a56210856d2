//! The lines of a drawing of letters: each topic that others below wait for has a lane down to the last of them.

/// One topic's line: what stands left of its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Lane by lane.
    pub lanes: Vec<Lane>,
}

/// What a lane does where a line passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Nothing is on it.
    Free,
    /// It goes on downwards.
    Passes,
    /// It goes on, and leads to the topic.
    Branches,
    /// It leads to the topic and ends.
    Ends,
}

impl Row {
    /// The line up to the mark, such as `├─│─● `.
    pub fn text(&self, mark: char) -> String {
        let mut text = String::new();
        let mut is_reached = false;
        for lane in &self.lanes {
            text.push(match (lane, is_reached) {
                (Lane::Free, true) => '─',
                (Lane::Free, false) => ' ',
                (Lane::Passes, _) => '│',
                (Lane::Branches, false) => '├',
                (Lane::Branches, true) => '┼',
                (Lane::Ends, false) => '╰',
                (Lane::Ends, true) => '┴',
            });
            is_reached |= matches!(lane, Lane::Branches | Lane::Ends);
            text.push(if is_reached { '─' } else { ' ' });
        }
        format!("  {text}{mark} ")
    }

    /// A mark without lanes.
    pub fn alone(mark: char) -> String {
        Row { lanes: Vec::new() }.text(mark)
    }
}

/// The lines of a stage. `before` holds by topic the places of those that it waits for, all of them earlier; a place
/// that is not earlier makes it none.
pub fn rows(before: &[Vec<usize>]) -> Option<Vec<Row>> {
    let mut last = vec![None; before.len()];
    for (to, list) in before.iter().enumerate() {
        for from in list {
            *last.get_mut(*from).filter(|_| *from < to)? = Some(to);
        }
    }
    // Which topic holds each lane.
    let mut lanes: Vec<Option<usize>> = Vec::new();
    let mut rows = Vec::new();
    for (place, list) in before.iter().enumerate() {
        let lane = |holder: &Option<usize>| match holder {
            None => Lane::Free,
            Some(from) if !list.contains(from) => Lane::Passes,
            Some(from) if last[*from] == Some(place) => Lane::Ends,
            Some(_) => Lane::Branches,
        };
        let row = Row { lanes: lanes.iter().map(lane).collect() };
        for (holder, lane) in lanes.iter_mut().zip(&row.lanes) {
            if *lane == Lane::Ends {
                *holder = None;
            }
        }
        // The mark stands right of everything, so that nothing crosses the title.
        lanes.push(last[place].map(|_| place));
        lanes.truncate(lanes.iter().rposition(Option::is_some).map_or(0, |at| at + 1));
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(before: &[&[usize]]) -> Vec<String> {
        let before: Vec<Vec<usize>> = before.iter().map(|list| list.to_vec()).collect();
        rows(&before).unwrap().iter().map(|row| row.text('●').trim_end().to_owned()).collect()
    }

    #[test]
    fn lanes_lead_from_what_comes_first() {
        assert_eq!(drawn(&[&[], &[0], &[1]]), ["  ●", "  ╰─●", "    ╰─●"]);
        assert_eq!(drawn(&[&[], &[0], &[0], &[]]), ["  ●", "  ├─●", "  ╰─●", "  ●"]);
        assert_eq!(drawn(&[&[], &[], &[0], &[1, 2]]), ["  ●", "  │ ●", "  ╰─│─●", "    ╰─┴─●"]);
        assert_eq!(drawn(&[]), [] as [&str; 0]);
        assert_eq!(rows(&[vec![0]]), None);
        assert_eq!(rows(&[vec![7]]), None);
    }
}
