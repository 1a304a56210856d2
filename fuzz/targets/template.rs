#![no_main]

libfuzzer_sys::fuzz_target!(init: roadbook_fuzz::quiet(), |input: &[u8]| roadbook_fuzz::check("template", input));
