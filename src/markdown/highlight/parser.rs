//! The parser: code becomes changes of scope, line by line, as Sublime Text's grammars mean it.
//!
//! * In: lines of code, each with its end, and a context of a grammar to begin in.
//! * Out: at which byte of a line which scope is put on or taken off.
//! * Refuses to: go on where a grammar leads in circles.
//!
//! It does what `syntect::parsing::ParseState` does, and a test holds the two against each other. This one is made
//! for many short texts: a rule is searched for only where its first byte stands ([`super::first`]), and only as far
//! as the best match yet; and a grammar that goes round without reading a character is noticed, where syntect would
//! never come back (trishume/syntect#706).

use std::rc::Rc;

use super::grammar::{Context, ContextIx, Operation, Reference, Rule};
use super::scope::{Cleared, Verdict};
use super::search::{Found, Searches};

/// How deep contexts nest.
const DEEPEST: usize = 100;
/// How many rules may match in a row without reading a character.
const ROUNDS: usize = 1000;

/// A change of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Push(Verdict),
    Pop(usize),
    Clear(Cleared),
    Restore,
}

/// Why a line cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A rule leads to a language that is not there.
    Broken,
    /// The grammar goes round in a circle, or its patterns take for ever.
    Stuck,
}

/// Texts of groups of the match that led into a context; its patterns refer to them.
pub(super) type Groups = Rc<[String]>;

#[derive(Clone)]
struct Level {
    context: ContextIx,
    prototypes: Vec<ContextIx>,
    groups: Option<Groups>,
}

/// Where in a language the text has come to.
pub(super) struct Parser<'s> {
    levels: Vec<Level>,
    /// The heights of levels that rules of a `with_prototype` have put on.
    prototype_starts: Vec<usize>,
    begun: bool,
    searches: &'s mut Searches,
    changes: Vec<(usize, Change)>,
}

/// A rule that matches.
struct Match {
    rule: &'static Rule,
    found: Found,
    from_prototype: bool,
    /// It would undo a step that read nothing.
    loops: bool,
}

/// Where in a line the parser is.
#[derive(Default)]
struct Place {
    at: usize,
    /// Where a rule has put on contexts without reading anything, and how many there were then.
    pushed: (usize, usize),
}

impl<'s> Parser<'s> {
    pub(super) fn new(start: ContextIx, searches: &'s mut Searches) -> Self {
        let level = Level { context: start, prototypes: Vec::new(), groups: None };
        let (prototype_starts, changes) = (Vec::new(), Vec::new());
        Self { levels: vec![level], prototype_starts, begun: false, searches, changes }
    }

    /// Reads a line: the changes in it, by their bytes.
    pub(super) fn line(&mut self, line: &str) -> Result<&[(usize, Change)], Fault> {
        self.changes.clear();
        if !self.begun {
            let scope = self.context()?.meta_content_scope.first();
            self.changes.extend(scope.map(|scope| (0, Change::Push(*scope))));
            self.begun = true;
        }
        self.searches.begin();
        let mut place = Place::default();
        let mut rounds = 0;
        loop {
            let before = place.at;
            if !self.step(line, &mut place)? {
                return Ok(&self.changes);
            }
            rounds = if place.at == before { rounds + 1 } else { 0 };
            if rounds > ROUNDS || self.searches.gave_up() {
                return Err(Fault::Stuck);
            }
        }
    }

    fn context(&self) -> Result<&'static Context, Fault> {
        self.levels.last().and_then(|top| top.context.get()).ok_or(Fault::Broken)
    }

    /// Applies the next rule; whether there was one.
    fn step(&mut self, line: &str, place: &mut Place) -> Result<bool, Fault> {
        let height = self.levels.len();
        while self.prototype_starts.last().is_some_and(|start| *start >= height) {
            self.prototype_starts.pop();
        }
        let Some(best) = self.best(line, place)? else { return Ok(false) };
        if best.loops {
            // The character is passed over.
            let next = line[place.at..].char_indices().nth(1);
            place.at += next.map_or(0, |(length, _)| length);
            return Ok(next.is_some());
        }
        if best.found.end <= place.at && matches!(best.rule.operation, Operation::Push(_)) {
            place.pushed = (best.found.end, height + 1);
        }
        place.at = best.found.end;
        if best.from_prototype {
            self.prototype_starts.push(height);
        }
        self.apply(line, &best)?;
        Ok(true)
    }

    /// The rule that matches first, and of several at one place the first of them.
    fn best(&mut self, line: &str, place: &Place) -> Result<Option<Match>, Fault> {
        let may_loop = place.pushed == (place.at, self.levels.len());
        let context = self.context()?;
        let Self { levels, searches, .. } = self;
        let from = self.prototype_starts.last().copied().unwrap_or(0);
        let prototypes =
            levels.get(from..).unwrap_or_default().iter().flat_map(|level| {
                level.prototypes.iter().map(move |context| (context.get(), level.groups.as_ref(), true))
            });
        let own = [
            (context.prototype.and_then(ContextIx::get), None),
            (Some(context), levels.last().and_then(|top| top.groups.as_ref())),
        ];
        let chain = prototypes.chain(own.into_iter().map(|(context, groups)| (context, groups, false)));
        let height = levels.len();
        let mut best: Option<Match> = None;
        for (context, groups, from_prototype) in chain {
            for rule in context.map_or(&[][..], Context::rules) {
                // Further on it would lose; one that loops loses to any other at its own place.
                let limit = best
                    .as_ref()
                    .map_or(line.len(), |best| line.ceil_char_boundary(best.found.start + usize::from(best.loops)));
                let accepts = |found: Found| match rule.operation {
                    Operation::None => found.start != found.end,
                    Operation::Push(_) => height < DEEPEST,
                    Operation::Set(_) | Operation::Pop => true,
                };
                let Some(found) = searches.find(rule, groups, line, place.at..limit, accepts) else { continue };
                let wins =
                    |best: &Match| found.start < best.found.start || found.start == best.found.start && best.loops;
                if !best.as_ref().is_none_or(wins) {
                    continue;
                }
                let loops = may_loop && found.end <= place.at && matches!(rule.operation, Operation::Pop);
                best = Some(Match { rule, found, from_prototype, loops });
                if found.start == place.at && !loops {
                    return Ok(best);
                }
            }
        }
        Ok(best)
    }

    fn apply(&mut self, line: &str, best: &Match) -> Result<(), Fault> {
        let Match { rule, found, .. } = best;
        let context = self.context()?;
        let own = self.levels.last().and_then(|top| top.groups.as_ref());
        let groups = self.searches.groups(rule, own, line, found.start);
        self.before(found.start, context, rule)?;
        self.changes.extend(rule.scope.iter().map(|scope| (found.start, Change::Push(*scope))));
        if let Some(captures) = &rule.captures {
            self.captured(captures, &groups);
        }
        if !rule.scope.is_empty() {
            self.changes.push((found.end, Change::Pop(rule.scope.len())));
        }
        self.behind(found.end, context, rule)?;
        self.go(line, rule, &groups)
    }

    /// Groups lie in one another in any order; the outer one is put on first.
    fn captured(&mut self, captures: &[(usize, Vec<Verdict>)], groups: &[Option<Found>]) {
        let mut changes = Vec::new();
        for (group, scopes) in captures {
            let Some(Some(found)) = groups.get(*group) else { continue };
            if found.start == found.end {
                continue;
            }
            let length = (found.end - found.start) as i64;
            changes.extend(scopes.iter().map(|scope| ((found.start, -length), Change::Push(*scope))));
            changes.push(((found.end, i64::MIN), Change::Pop(scopes.len())));
        }
        changes.sort_by_key(|(place, _)| *place);
        self.changes.extend(changes.into_iter().map(|((at, _), change)| (at, change)));
    }

    /// What the contexts that a rule leaves and enters are to the matched text.
    fn before(&mut self, at: usize, context: &Context, rule: &Rule) -> Result<(), Fault> {
        match &rule.operation {
            Operation::Pop => self.pop(at, context.meta_content_scope.len()),
            Operation::Push(to) => {
                for context in to {
                    let context = resolved(context)?;
                    self.changes.extend(context.clear_scopes.map(|amount| (at, Change::Clear(amount))));
                    self.push(at, &context.meta_scope);
                }
            }
            Operation::Set(to) => {
                if context.clear_scopes.is_some() {
                    self.changes.push((at, Change::Restore));
                }
                for context in to {
                    self.push(at, &resolved(context)?.meta_scope);
                }
            }
            Operation::None => {}
        }
        Ok(())
    }

    /// What they are to the text behind it.
    fn behind(&mut self, at: usize, context: &Context, rule: &Rule) -> Result<(), Fault> {
        let is_set = match &rule.operation {
            Operation::None => return Ok(()),
            Operation::Pop => {
                self.pop(at, context.meta_scope.len());
                self.changes.extend(context.clear_scopes.map(|_| (at, Change::Restore)));
                return Ok(());
            }
            Operation::Push(_) => false,
            Operation::Set(_) => true,
        };
        let left = if is_set { context.meta_scope.len() + context.meta_content_scope.len() } else { 0 };
        let to: Vec<&Context> = rule.references().iter().map(resolved).collect::<Result<_, _>>()?;
        let has_more = |to: &&Context| !to.meta_content_scope.is_empty() || is_set && to.clear_scopes.is_some();
        if left == 0 && !to.iter().any(has_more) {
            return Ok(());
        }
        // Scopes come off and go on again, so that those of the content stand in their places among them.
        self.pop(at, left + to.iter().map(|context| context.meta_scope.len()).sum::<usize>());
        for context in to {
            if is_set {
                self.changes.extend(context.clear_scopes.map(|amount| (at, Change::Clear(amount))));
            }
            self.push(at, &context.meta_scope);
            self.push(at, &context.meta_content_scope);
        }
        Ok(())
    }

    fn push(&mut self, at: usize, scopes: &[Verdict]) {
        self.changes.extend(scopes.iter().map(|scope| (at, Change::Push(*scope))));
    }

    fn pop(&mut self, at: usize, count: usize) {
        if count > 0 {
            self.changes.push((at, Change::Pop(count)));
        }
    }

    /// Leaves and enters contexts.
    fn go(&mut self, line: &str, rule: &Rule, groups: &[Option<Found>]) -> Result<(), Fault> {
        let mut prototypes = match &rule.operation {
            Operation::None => return Ok(()),
            Operation::Pop => {
                self.levels.pop();
                return Ok(());
            }
            Operation::Push(_) => Vec::new(),
            // Prototypes stay until what they were put on with is taken off.
            Operation::Set(_) => self.levels.pop().map(|level| level.prototypes).unwrap_or_default(),
        };
        let to = rule.references();
        for (at, reference) in to.iter().enumerate() {
            let context = reference.get().ok_or(Fault::Broken)?;
            let mut prototypes = std::mem::take(&mut prototypes);
            if let (true, Some(with)) = (at + 1 == to.len(), &rule.with_prototype) {
                prototypes.push(with.get().ok_or(Fault::Broken)?);
            }
            let refers = |context: &ContextIx| context.get().is_some_and(|context| context.uses_backrefs);
            let groups = (refers(&context) || prototypes.iter().any(refers)).then(|| texts(line, groups));
            self.levels.push(Level { context, prototypes, groups });
        }
        Ok(())
    }
}

fn resolved(reference: &Reference) -> Result<&'static Context, Fault> {
    reference.get().and_then(ContextIx::get).ok_or(Fault::Broken)
}

fn texts(line: &str, groups: &[Option<Found>]) -> Groups {
    let text = |group: &Option<Found>| group.and_then(|found| line.get(found.start..found.end)).unwrap_or_default();
    groups.iter().map(|group| text(group).to_owned()).collect()
}
