//! Work that lies deep → a thread with room for it.
//!
//! What others' libraries do by recursion (formulas, templates) ends the whole program where the stack ends. How deep
//! they may go is limited where they are called; here is the room for that depth, whichever thread asks.

use std::thread;

/// Does the work on a thread of its own with so many bytes of stack; `None` where the system has no room for the thread
/// or the work failed on the way.
pub fn with_room<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
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
