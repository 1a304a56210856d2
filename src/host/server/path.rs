//! Paths of requests.
//!
//! In: the path of a URL as it was sent. Out: the path it means, or a refusal. What could mean one
//! thing here and another to a browser or a file system is refused, not repaired.

use std::fmt::Write;

use axum::http::StatusCode;

/// No page has a longer path; file systems end at half of it.
const MAX_BYTES: usize = 8 * 1024;

/// Decodes a path: strict percent-encoding and UTF-8, no control characters, no backslashes, no dots
/// that lead elsewhere, no slashes in disguise.
pub(super) fn decode(raw: &str) -> Result<String, StatusCode> {
    if raw.len() > MAX_BYTES {
        return Err(StatusCode::URI_TOO_LONG);
    }
    let path = percent_decode(raw).ok_or(StatusCode::BAD_REQUEST)?;
    let is_plain = path.starts_with('/')
        && !path.chars().any(|c| c.is_control() || c == '\\')
        && path.split('/').all(|part| !matches!(part, "." | ".."));
    if !is_plain {
        return Err(StatusCode::BAD_REQUEST);
    }
    // An empty folder name is well formed, but no page has one, and `//host` is another site's address.
    if path.contains("//") { Err(StatusCode::NOT_FOUND) } else { Ok(path) }
}

fn percent_decode(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = after;
            continue;
        }
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        let byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
        if byte == b'/' {
            return None;
        }
        bytes.push(byte);
        rest = after.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

/// Encodes a path so that it means the same in any place of a URL.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The address of a path with a slash behind it, relative to the path itself, so that it can't lead to
/// another site however the path looks.
pub(super) fn with_slash(path: &str, query: Option<&str>) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("./{}/{query}", encode(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_mean_one_thing_or_nothing() {
        assert_eq!(decode("/a%20b/%C3%BC/c+d").as_deref(), Ok("/a b/ü/c+d"));
        assert_eq!(decode("/...").as_deref(), Ok("/..."));
        for raw in [
            "", "*", "a", "/%", "/%4", "/%zz", "/%+1", "/%C3", "/%FF", "/%00", "/%0a", "/%5c", "/\\", "/..", "/a/../b",
            "/%2e%2E/", "/.", "/a/./b", "/a%2fb", "/%252e%2", "/..%5c", "/\u{7f}",
        ] {
            assert_eq!(decode(raw), Err(StatusCode::BAD_REQUEST), "{raw:?}");
        }
        assert_eq!(decode("/%252e%252e/").as_deref(), Ok("/%2e%2e/"));
        assert_eq!(decode("//evil.example"), Err(StatusCode::NOT_FOUND));
        assert_eq!(decode(&"/a".repeat(5000)), Err(StatusCode::URI_TOO_LONG));
    }

    #[test]
    fn redirects_stay_where_they_are() {
        assert_eq!(with_slash("/a/http", None), "./http/");
        assert_eq!(with_slash("/a/x:y", Some("q=1&r=//x")), "./x%3Ay/?q=1&r=//x");
        assert_eq!(with_slash("/a/ü?\r\n", None), "./%C3%BC%3F%0D%0A/");
    }
}
