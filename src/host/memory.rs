//! What the program takes of the machine's memory.

/// The bytes that it holds now, where the system tells.
pub fn held() -> Option<usize> {
    memory_stats::memory_stats().map(|stats| stats.physical_mem)
}
