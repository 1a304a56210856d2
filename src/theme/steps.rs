//! Counts what the templates of a site do for a page, so that one that would never end is stopped where it is.
//!
//! In: calls that [`super::counted`] has put into templates. Out: a mistake at the tag that does too much: too many steps,
//! too deep, too large a value. Counts and no clock: the same template ends at the same place on every machine. What one
//! expression does between two calls is not seen here; `crate::guard` looks after that.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, PoisonError};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::in_hand::Place;
use crate::limits::{TEMPLATE_DEPTH, TEMPLATE_STEPS, TEMPLATE_VALUE, VALUE_DEPTH};
use crate::source::Span;

/// One more turn.
pub(super) const STEP: &str = "__step";
/// Into an include, a block or a component.
pub(super) const ENTER: &str = "__enter";
/// And out of it.
pub(super) const LEAVE: &str = "__leave";
/// To a tag that makes a value.
pub(super) const AT: &str = "__at";
/// The value gets a name.
pub(super) const KEPT: &str = "__kept";

/// Why a page is not made.
const STEPS: &str = "the templates take more than 1 million steps for this page";
const DEPTH: &str = "templates, blocks and components lie too deep in each other";
const VALUE: &str = "this value is too large";
const NESTED: &str = "lists and maps lie too deep in each other";

thread_local! {
    /// How many steps are left for the page that this thread makes.
    static LEFT: Cell<u32> = const { Cell::new(0) };
    /// How deep the page is in templates.
    static DEEP: Cell<u32> = const { Cell::new(0) };
    /// Where it has got to.
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// Begins to count anew, for a page on this thread.
pub(super) fn begin(place: Place) {
    LEFT.set(TEMPLATE_STEPS);
    DEEP.set(0);
    PLACE.replace(Some(place));
}

/// Lets templates count. `places` are their tags, by number.
pub(super) fn register(tera: &mut Tera, places: Vec<Span>) {
    let places: Arc<[Span]> = places.into();
    let at = Arc::clone(&places);
    tera.register_function(STEP, move |call: Kwargs, _: &State| step(&at, &call));
    let at = Arc::clone(&places);
    tera.register_function(ENTER, move |call: Kwargs, _: &State| enter(&at, &call));
    tera.register_function(LEAVE, |_: Kwargs, _: &State| {
        DEEP.set(DEEP.get().saturating_sub(1));
        ""
    });
    tera.register_function(AT, move |call: Kwargs, _: &State| note(&places, &call).map(|()| ""));
    tera.register_function(KEPT, |call: Kwargs, _: &State| kept(&call));
}

/// Notes where the page has got to.
fn note(places: &[Span], call: &Kwargs) -> TeraResult<()> {
    let at: usize = call.must_get("at")?;
    PLACE.with_borrow(|place| {
        if let (Some(place), Some(at)) = (place, places.get(at)) {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = *at;
        }
    });
    Ok(())
}

fn step(places: &[Span], call: &Kwargs) -> TeraResult<&'static str> {
    note(places, call)?;
    let left = LEFT.get().checked_sub(1).ok_or_else(|| Error::message(STEPS))?;
    LEFT.set(left);
    Ok("")
}

fn enter(places: &[Span], call: &Kwargs) -> TeraResult<&'static str> {
    DEEP.set(DEEP.get() + 1);
    match DEEP.get() > TEMPLATE_DEPTH {
        true => Err(Error::message(DEPTH)),
        false => step(places, call),
    }
}

fn kept(call: &Kwargs) -> TeraResult<Value> {
    let value: Value = call.get("value")?.unwrap_or_else(Value::undefined);
    measure(&value, VALUE_DEPTH, &mut { TEMPLATE_VALUE }).map_err(Error::message)?;
    Ok(value)
}

/// Goes through a value, which may hold one thing many times: `room` is for its entries and the bytes of its texts.
fn measure(value: &Value, depth: u32, room: &mut usize) -> Result<(), &'static str> {
    let own = 1 + value.as_str().map_or(0, str::len);
    *room = room.checked_sub(own).ok_or(VALUE)?;
    if let Some(entries) = value.as_array() {
        let depth = depth.checked_sub(1).ok_or(NESTED)?;
        entries.iter().try_for_each(|entry| measure(entry, depth, room))
    } else if let Some(entries) = value.as_map() {
        let depth = depth.checked_sub(1).ok_or(NESTED)?;
        entries.values().try_for_each(|entry| measure(entry, depth, room))
    } else {
        Ok(())
    }
}

/// What to do against a message of this file.
pub(super) fn cure(message: &str) -> Option<&'static str> {
    match message {
        STEPS => Some("end this loop sooner, or include less"),
        DEPTH => {
            Some("include fewer templates inside each other; one that builds on others may come to include itself")
        }
        VALUE => Some("write it out piece by piece, and keep less of it under a name"),
        NESTED => Some("build a flat list, or one map"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_measured_with_all_they_hold() {
        let room = |value: &Value, room: usize| measure(value, VALUE_DEPTH, &mut { room });
        let text = Value::from("abc");
        assert_eq!((room(&text, 4), room(&text, 3)), (Ok(()), Err(VALUE)));
        let twice = Value::from(vec![text.clone(), text.clone()]);
        assert_eq!((room(&twice, 9), room(&twice, 8)), (Ok(()), Err(VALUE)));
        // One that is small in memory and endless on paper.
        let mut shared = text;
        for _ in 0..VALUE_DEPTH {
            shared = Value::from(vec![shared.clone(), shared]);
        }
        assert_eq!(room(&shared, TEMPLATE_VALUE), Err(VALUE));
        let mut deep = Value::from(1);
        for _ in 0..VALUE_DEPTH {
            deep = Value::from(vec![deep]);
        }
        assert_eq!(room(&deep, TEMPLATE_VALUE), Ok(()));
        assert_eq!(room(&Value::from(vec![deep]), TEMPLATE_VALUE), Err(NESTED));
    }

    #[test]
    fn the_message_names_the_limit() {
        assert!(STEPS.contains(&format!("{} million", TEMPLATE_STEPS / 1_000_000)));
    }
}
