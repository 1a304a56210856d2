//! Work that lies deep → a thread with room for it.
//!
//! What others' libraries do by recursion (formulas, templates) ends the whole program where the stack ends. How deep
//! they may go is limited where they are called; here is the room for that depth, whichever thread asks.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Bytes of stack of the threads that work beside each other: several times what templates take in a debug build for the
/// depth that they may have. Systems give it page by page, as it is used.
pub const ROOM: usize = 64 << 20;

thread_local! {
    /// Whether this thread has it.
    static HAS_ROOM: Cell<bool> = const { Cell::new(false) };
}

/// Gives the threads that work beside each other their room; before there is work for them. A thread a page costs more than
/// the page.
pub fn prepare() {
    // Where others have made these threads, each deep work has one of its own.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(ROOM).start_handler(|_| HAS_ROOM.set(true)).build_global();
}

/// Does the work where there are so many bytes of stack; `None` where the system has no room for a thread, or the work failed
/// on the way.
pub fn with_room<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    if HAS_ROOM.get() && bytes <= ROOM {
        return catch_unwind(AssertUnwindSafe(work)).ok();
    }
    thread::scope(|scope| thread::Builder::new().stack_size(bytes).spawn_scoped(scope, work).ok()?.join().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(n: u32) -> u32 {
        let page = std::hint::black_box([0_u8; 4096]);
        if n == 0 { u32::from(page[0]) } else { 1 + depth(n - 1) }
    }

    #[test]
    fn there_is_room() {
        assert_eq!(with_room(64 << 20, || depth(2_000)), Some(2_000));
    }

    #[test]
    fn work_that_fails_fails_alone() {
        assert_eq!(with_room(1 << 20, || panic!("not this time")), None::<()>);
    }
}
