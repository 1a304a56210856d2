//! Where the links of a built site lead.

use crate::build::Built;
use crate::source::Site;

/// What a reference points at.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// A file of the site and an anchor on it, if any is named.
    File { path: String, anchor: Option<String> },
    /// Another host, or another program (`mailto:`).
    Elsewhere { loads: bool },
    /// Nothing that a site under a sub-path may refer to.
    Wrong(&'static str),
}

/// The address of a site: `https://example.org` and `/path/`.
pub struct Base {
    pub origin: String,
    pub path: String,
}

impl Base {
    pub fn new(site: &Site) -> Self {
        let url = format!("{}/", site.base_url.trim_end_matches('/'));
        let host = url.find("://").map_or(0, |scheme| scheme + 3);
        let path = host + url[host..].find('/').unwrap();
        Self { origin: url[..path].to_owned(), path: url[path..].to_owned() }
    }

    /// The file behind an absolute URL of this site.
    pub fn file(&self, url: &str) -> Option<String> {
        let path = url.strip_prefix(&self.origin)?.strip_prefix(&self.path)?;
        Some(file(path))
    }

    /// Where `reference` leads from the page at `from`, on a web server.
    pub fn resolve(&self, from: &str, reference: &str) -> Target {
        let reference = match reference.strip_prefix(&self.origin) {
            Some(rest) if !self.origin.is_empty() && rest.starts_with('/') => rest,
            _ => reference,
        };
        let (path, anchor) = split(reference);
        if let Some(target) = elsewhere(reference) {
            return target;
        }
        if path.is_empty() {
            return Target::File { path: from.to_owned(), anchor };
        }
        match path.strip_prefix('/') {
            Some(_) => match path.strip_prefix(&self.path) {
                Some(inside) => Target::File { path: file(inside), anchor },
                None => Target::Wrong("is outside the path of base_url"),
            },
            None => match join(from, path) {
                Some(path) => Target::File { path: file(&path), anchor },
                None => Target::Wrong("climbs out of the site"),
            },
        }
    }
}

/// Where `reference` leads from the page at `from` in the file system.
pub fn resolve_offline(from: &str, reference: &str) -> Target {
    let (path, anchor) = split(reference);
    if let Some(target) = elsewhere(reference) {
        return target;
    }
    if path.is_empty() {
        return Target::File { path: from.to_owned(), anchor };
    }
    if path.starts_with('/') {
        return Target::Wrong("is not relative");
    }
    match join(from, path) {
        Some(path) => Target::File { path: decode(&path), anchor },
        None => Target::Wrong("climbs out of the site"),
    }
}

/// The file that a server sends for a path below the base.
pub fn file(path: &str) -> String {
    let path = decode(path);
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
}

/// Whether data may give `url` as the address of an existing file: from the base, or from the host.
pub fn exists(url: &str, base: &Base, built: &Built) -> bool {
    let below = url.strip_prefix(&base.path).or_else(|| url.strip_prefix('/'));
    below.is_some_and(|path| built.has(&file(path))) || base.file(url).is_some_and(|path| built.has(&path))
}

/// References that leave the site by their scheme or host.
fn elsewhere(reference: &str) -> Option<Target> {
    if reference.starts_with("//") {
        return Some(Target::Elsewhere { loads: true });
    }
    let (scheme, _) = reference.split_once(':')?;
    if scheme.contains(['/', '?', '#']) {
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "javascript" | "vbscript" => Some(Target::Wrong("has an active scheme")),
        "http" | "https" | "ftp" => Some(Target::Elsewhere { loads: true }),
        _ => Some(Target::Elsewhere { loads: false }),
    }
}

/// A reference's path, without its query, and its anchor.
fn split(reference: &str) -> (&str, Option<String>) {
    let (path, anchor) = reference.split_once('#').map_or((reference, None), |(path, anchor)| (path, Some(anchor)));
    let anchor = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top");
    (path.split('?').next().unwrap(), anchor.map(decode))
}

/// A relative path from the folder of the page at `from`; `None` where it climbs too high.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            _ => {
                parts.push(segment);
                continue;
            }
        }
        if last {
            parts.push("");
        }
    }
    Some(parts.join("/"))
}

/// Replaces `%41` and the like.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match (byte, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn references_lead_where_a_browser_goes() {
    let base = Base { origin: "https://a.b".to_owned(), path: "/c/".to_owned() };
    let target = |path: &str| Target::File { path: path.to_owned(), anchor: None };
    assert_eq!(base.resolve("x/index.html", "../y/"), target("y/index.html"));
    assert_eq!(base.resolve("x/index.html", ".."), target("index.html"));
    assert_eq!(base.resolve("x/index.html", "/c/y%20z.svg?q"), target("y z.svg"));
    assert_eq!(base.resolve("x/index.html", "https://a.b/c/"), target("index.html"));
    assert!(matches!(base.resolve("x/index.html", "/y/"), Target::Wrong(_)));
    assert!(matches!(base.resolve("index.html", "../y/"), Target::Wrong(_)));
    assert_eq!(base.resolve("index.html", "mailto:a@b.c"), Target::Elsewhere { loads: false });
    assert_eq!(resolve_offline("x/index.html", "../y/index.html"), target("y/index.html"));
    assert!(matches!(resolve_offline("x/index.html", "/y/index.html"), Target::Wrong(_)));
}
