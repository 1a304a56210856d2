//! Where a built site breaks the contract, each breach with the place it was found at.

use std::fmt;

/// The breaches found so far.
#[derive(Default)]
pub struct Report {
    place: Vec<String>,
    problems: Vec<String>,
}

impl Report {
    /// Notes a breach.
    pub fn fail(&mut self, problem: impl fmt::Display) {
        self.problems.push(format!("{}: {problem}", self.place.join(" / ")));
    }

    /// Notes a breach unless `held`.
    pub fn check(&mut self, held: bool, problem: impl FnOnce() -> String) {
        if !held {
            self.fail(problem());
        }
    }

    /// Notes a breach unless both are equal.
    pub fn equal<T: PartialEq + fmt::Debug>(&mut self, what: &str, got: &T, expected: &T) {
        self.check(got == expected, || format!("{what}: expected {expected:?}, got {got:?}"));
    }

    /// Runs `body`; what it finds is placed inside `place`.
    pub fn within(&mut self, place: &str, body: impl FnOnce(&mut Self)) {
        self.place.push(place.to_owned());
        body(self);
        self.place.pop();
    }

    /// Takes over what another report found.
    pub fn extend(&mut self, other: Self) {
        for problem in other.problems {
            self.fail(problem);
        }
    }

    pub fn count(&self) -> usize {
        self.problems.len()
    }

    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Fails the test with everything found.
    pub fn assert_empty(&self, subject: &str) {
        assert!(self.is_empty(), "{subject}: {} breaches of the contract\n{self}", self.count());
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().try_for_each(|problem| writeln!(f, "  {problem}"))
    }
}
