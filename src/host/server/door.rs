//! Who may ask what.
//!
//! In: a request. Out: nothing, or the status of a refusal. Pages of other sites can send requests to
//! this machine, and names of theirs can be made to lead here; neither learns anything. Other servers
//! on this machine are other sites, too.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};

/// Checks the method, and that the request is meant for this server and comes from its own pages or
/// from the author's hand. `host` is the address that is listened on.
pub(super) fn check(request: &Parts, host: IpAddr) -> Result<(), StatusCode> {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let headers = &request.headers;
    let authority = only(headers, HOST)?.ok_or(StatusCode::BAD_REQUEST)?;
    let name = host_name(authority).ok_or(StatusCode::BAD_REQUEST)?;
    // An address in the request line takes the place of the header, so it must not say another thing.
    let is_other = request.uri.authority().is_some_and(|other| !other.as_str().eq_ignore_ascii_case(authority));
    if is_other || !is_ours(name, host) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    if let Some(origin) = only(headers, ORIGIN)? {
        let own = origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(authority));
        if !own {
            return Err(StatusCode::FORBIDDEN);
        }
    }
    if is_embedded_elsewhere(headers) { Err(StatusCode::FORBIDDEN) } else { Ok(()) }
}

/// The value of a header that may be there once; a malformed request if it is there twice.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, StatusCode> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    first.map(|value| value.to_str().map_err(|_| StatusCode::BAD_REQUEST)).transpose()
}

/// The host without its port; `None` if it is malformed.
fn host_name(authority: &str) -> Option<&str> {
    let (name, port) = match authority.rsplit_once(':') {
        // The last colon of an IPv6 address is not a port's.
        Some(_) if authority.ends_with(']') => (authority, ""),
        Some((name, port)) => (name, port),
        None => (authority, ""),
    };
    let is_well_formed = port.bytes().all(|b| b.is_ascii_digit()) && port.len() <= 5 && !name.is_empty();
    is_well_formed.then_some(name)
}

/// Whether a host is this server. The port does not matter, so that a forwarded one works; a stranger's
/// name that leads here does. Where other machines are let in, they come by address, which no stranger
/// can claim.
fn is_ours(name: &str, host: IpAddr) -> bool {
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let Some(address) = address(name) else { return false };
    address == host || address.is_loopback() || host.is_unspecified()
}

fn address(name: &str) -> Option<IpAddr> {
    match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => name.parse::<std::net::Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

/// Whether a browser says that a page of another site wants this as its script, picture or data. A
/// link that somebody follows to us is fine.
fn is_embedded_elsewhere(headers: &HeaderMap) -> bool {
    let is = |name: &'static str, value: &str| headers.get_all(name).iter().any(|v| v.as_bytes() == value.as_bytes());
    (is("sec-fetch-site", "cross-site") || is("sec-fetch-site", "same-site")) && !is("sec-fetch-mode", "navigate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn ask(headers: &[(&str, &str)]) -> Result<(), StatusCode> {
        ask_of("127.0.0.1", headers)
    }

    fn ask_of(host: &str, headers: &[(&str, &str)]) -> Result<(), StatusCode> {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(&request.body(()).unwrap().into_parts().0, host.parse().unwrap())
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:1111", "127.0.0.2", "[::1]", "[::1]:80"] {
            assert_eq!(ask(&[("host", host)]), Ok(()), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:1111", "127.0.0.1.nip.io", "10.0.0.1", "2130706433", "::1"]
        {
            assert_eq!(ask(&[("host", host)]), Err(StatusCode::MISDIRECTED_REQUEST), "{host}");
        }
        for host in ["", ":80", "localhost:x", "localhost:123456"] {
            assert_eq!(ask(&[("host", host)]), Err(StatusCode::BAD_REQUEST), "{host}");
        }
        assert_eq!(ask(&[]), Err(StatusCode::BAD_REQUEST));
        assert_eq!(ask(&[("host", "localhost"), ("host", "localhost")]), Err(StatusCode::BAD_REQUEST));
        assert_eq!(ask_of("0.0.0.0", &[("host", "192.168.0.7:1111")]), Ok(()));
        assert_eq!(ask_of("192.168.0.7", &[("host", "192.168.0.7:1111")]), Ok(()));
        assert_eq!(ask_of("0.0.0.0", &[("host", "evil.example")]), Err(StatusCode::MISDIRECTED_REQUEST));
    }

    #[test]
    fn other_sites_get_nothing() {
        let host = ("host", "localhost:1111");
        assert_eq!(ask(&[host, ("origin", "http://localhost:1111")]), Ok(()));
        for origin in ["null", "", "http://localhost:8080", "https://localhost:1111", "http://evil.example"] {
            assert_eq!(ask(&[host, ("origin", origin)]), Err(StatusCode::FORBIDDEN), "{origin}");
        }
        let cross = ("sec-fetch-site", "cross-site");
        assert_eq!(ask(&[host, cross, ("sec-fetch-mode", "no-cors")]), Err(StatusCode::FORBIDDEN));
        assert_eq!(ask(&[host, ("sec-fetch-site", "none"), cross]), Err(StatusCode::FORBIDDEN));
        assert_eq!(ask(&[host, cross, ("sec-fetch-mode", "navigate")]), Ok(()));
        assert_eq!(ask(&[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")]), Ok(()));
    }
}
