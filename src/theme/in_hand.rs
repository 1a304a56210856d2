//! Which pages the templates of a site make at this moment, and where in them they are: for whoever looks after them
//! from another thread.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::source::Span;

/// Where a page has got to.
pub(super) type Place = Arc<Mutex<Span>>;

/// The pages that are being made.
#[derive(Default)]
pub(super) struct InHand {
    begun: AtomicU64,
    pages: Mutex<BTreeMap<u64, Place>>,
}

impl InHand {
    /// Begins a page at this place. It is in hand until what is returned is dropped.
    pub fn begin(&self, at: Span) -> PageInHand<'_> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let place = Arc::new(Mutex::new(at));
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(number, Arc::clone(&place));
        PageInHand { all: self, number, place }
    }

    /// The pages in hand, by their numbers in the order in which they were begun.
    pub fn pages(&self) -> Vec<(u64, Span)> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.iter().map(|(number, place)| (*number, *place.lock().unwrap_or_else(PoisonError::into_inner))).collect()
    }
}

/// A page that is being made.
pub(super) struct PageInHand<'a> {
    all: &'a InHand,
    number: u64,
    /// Where it has got to.
    pub place: Place,
}

impl Drop for PageInHand<'_> {
    fn drop(&mut self) {
        self.all.pages.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
    }
}
