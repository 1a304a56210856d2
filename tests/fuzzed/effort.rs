//! Efforts: a range of finite times or a reason, and what readers see means the same again.

use roadbook::document::effort::parse;

pub fn check(text: &str) {
    let effort = match parse(text) {
        Ok(effort) => effort,
        Err(reason) => return assert!(!reason.is_empty()),
    };
    for pace in [0.25, 10.0, 168.0] {
        let hours = |amount: roadbook::document::effort::Amount| amount.count * amount.unit.hours(pace);
        let (min, max) = (hours(effort.min), effort.max.map(hours));
        assert!(min.is_finite() && min >= 0.0, "{effort:?}");
        assert!(max.is_none_or(|max| max.is_finite() && max > 0.0), "{effort:?}");
        // Units of different kinds compare at the pace of the guide alone.
        assert!(pace != 10.0 || max.is_none_or(|max| min <= max), "{effort:?}");
    }
    let written = effort.text();
    let again = parse(&written).unwrap_or_else(|reason| panic!("{written:?} of {text:?} is read no more: {reason}"));
    assert_eq!(again.text(), written, "of {text:?}");
}
