//! Random numbers that are the same on every machine and in every version, which no crate promises.

/// SplitMix64.
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each seed and each thing that is made from it.
    pub fn new(seed: u64, of: usize) -> Self {
        let mut random = Random(seed ^ (of as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `bound`, which is not among them and not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// One of them, the first ones more often, as words are in texts.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len()).min(self.below(words.len()))]
    }
}
