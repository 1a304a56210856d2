//! The day of a build.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What fixes the day, for builds that can be repeated (reproducible-builds.org).
pub const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The day in UTC: that of `SOURCE_DATE_EPOCH` (seconds since 1970), or else today.
///
/// # Errors
/// The value of `SOURCE_DATE_EPOCH`, when it is no such number.
pub fn today() -> Result<Date, String> {
    let seconds = match std::env::var(SOURCE_DATE_EPOCH) {
        Ok(value) => value.trim().parse().map_err(|_| value)?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() as i64),
    };
    let moment = Timestamp::from_second(seconds).map_err(|_| seconds.to_string())?;
    Ok(moment.to_zoned(TimeZone::UTC).date())
}
