//! `site.toml` → [`Config`]: what holds for the whole site. No run-time state lives here.

use std::collections::BTreeMap;

use crate::diagnostic::policy::Level;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::matter::read::lint_code;
use crate::markdown::RawHtml;
use crate::source::{FileId, Source, Span, Spanned};
use crate::tree::fields::{At, Fields, boolean, extra, hours_per_week, integer, one_of, plain, text};
use crate::tree::{Value, toml};

/// The pace of a roadmap where neither it nor the site names one: an assumption, and said to be one.
pub const DEFAULT_HOURS_PER_WEEK: f64 = 10.0;

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// `title`
    pub title: String,
    /// `base_url`, with a final `/`: an absolute address, or `/` when the author gave none.
    pub base_url: String,
    /// `edit_url`, with `{path}` for a file's path below the site's root.
    pub edit_url: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `author`
    pub author: Option<String>,
    /// `language`, a BCP 47 tag
    pub language: String,
    /// `theme`, a folder below `themes/`, or `default`
    pub theme: Spanned<String>,
    /// `hours_per_week` for roadmaps that name none; `None` leaves them to [`DEFAULT_HOURS_PER_WEEK`]
    pub hours_per_week: Option<f64>,
    /// `[build]`
    pub build: Build,
    /// `markdown.raw_html`
    pub raw_html: RawHtml,
    /// `search.enabled`: whether there are a search page and an index
    pub search: bool,
    /// `[feed]`
    pub feed: Feed,
    /// `[links]`
    pub links: Links,
    /// `[lints]`
    pub lints: BTreeMap<Code, Level>,
    /// `[extra]`
    pub extra: serde_json::Value,
}

/// `[build]`: what the command line can override.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// `output`: the folder to build into
    pub output: Option<String>,
    /// `drafts`: publish drafts
    pub drafts: bool,
}

/// `[feed]`
#[derive(Clone, Debug)]
pub struct Feed {
    /// How many entries `/atom.xml` holds at most.
    pub limit: usize,
}

/// `[links]`: how `check --external` asks the web.
#[derive(Clone, Debug)]
pub struct Links {
    /// `ignore`: the beginnings of addresses that are not asked.
    pub ignore: Vec<String>,
    /// `timeout`: how many seconds one answer may take.
    pub timeout: u64,
    /// `remember`: for how many hours a good answer holds; 0 for none.
    pub remember: u64,
}

impl Config {
    /// The path of the site on its host: `/` or `/roadmaps/`.
    pub fn base_path(&self) -> &str {
        base_path(&self.base_url)
    }
}

/// The path part of a base URL, with a final `/`.
pub fn base_path(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// The keys of `site.toml` and of its tables. The schema for editors describes the same.
pub(crate) const KEYS: &[&str] = &[
    "title",
    "base_url",
    "edit_url",
    "description",
    "author",
    "language",
    "theme",
    "hours_per_week",
    "build",
    "markdown",
    "search",
    "feed",
    "links",
    "lints",
    "extra",
];

pub(crate) const BUILD: &[&str] = &["output", "drafts"];
pub(crate) const MARKDOWN: &[&str] = &["raw_html"];
pub(crate) const FEED: &[&str] = &["limit"];
pub(crate) const SEARCH: &[&str] = &["enabled"];
pub(crate) const LINKS: &[&str] = &["ignore", "timeout", "remember"];
pub(crate) const LEVELS: &[(&str, Level)] = &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

pub(crate) const RAW_HTML: &[(&str, RawHtml)] =
    &[("keep", RawHtml::Keep), ("escape", RawHtml::Escape), ("sanitize", RawHtml::Sanitize)];

/// Reads `site.toml`. What cannot be read is reported and takes its default.
pub fn read(file: FileId, source: &Source, out: &mut Diagnostics) -> Config {
    let start = Span::start_of(file);
    let mut config = defaults(start);
    let mut problems = Diagnostics::default();
    let root = toml::parse(&source.text, file, &mut problems);
    if source.unread || problems.iter().next().is_some() {
        // What stands behind a mistake may be read as something else: the content is checked without it.
        out.append(problems);
        return config;
    }
    let Some(f) = Fields::open(At::root(&root), "site.toml", KEYS, out) else { return config };
    config.title = f.required("title", Some(start), plain, out).unwrap_or_default();
    config.base_url = f.get("base_url", base_url, out).unwrap_or(config.base_url);
    config.edit_url = f.get("edit_url", edit_url, out);
    config.description = f.get("description", plain, out);
    config.author = f.get("author", plain, out);
    config.language = f.get("language", language, out).unwrap_or(config.language);
    config.theme = f.get("theme", text, out).unwrap_or(config.theme);
    config.hours_per_week = f.get("hours_per_week", hours_per_week, out);
    config.extra = f.get("extra", extra, out).unwrap_or(config.extra);
    config.lints = f.get("lints", |node, out| Some(lints(node, out)), out).unwrap_or_default();
    tables(&f, &mut config, out);
    config
}

fn tables(f: &Fields, config: &mut Config, out: &mut Diagnostics) {
    if let Some(build) = table(f, "build", "[build]", BUILD, out) {
        config.build = Build { output: build.get("output", folder, out), drafts: build.flag("drafts", out) };
    }
    if let Some(markdown) = table(f, "markdown", "[markdown]", MARKDOWN, out) {
        let raw_html = markdown.get("raw_html", |node, out| one_of(node, RAW_HTML, out), out);
        config.raw_html = raw_html.unwrap_or(config.raw_html);
    }
    if let Some(feed) = table(f, "feed", "[feed]", FEED, out) {
        let limit = feed.get("limit", count, out);
        config.feed.limit = limit.unwrap_or(config.feed.limit);
    }
    if let Some(search) = table(f, "search", "[search]", SEARCH, out) {
        config.search = search.get("enabled", boolean, out).unwrap_or(config.search);
    }
    if let Some(links) = table(f, "links", "[links]", LINKS, out) {
        config.links.ignore = links.list("ignore", plain, out);
        let within = |most: i64| move |node: At<'_>, out: &mut Diagnostics| bounded(node, most, out);
        config.links.timeout =
            links.get("timeout", within(600), out).map_or(config.links.timeout, |seconds| seconds.max(1));
        config.links.remember = links.get("remember", within(24 * 90), out).unwrap_or(config.links.remember);
    }
}

fn table<'n>(
    f: &Fields<'n>,
    key: &'n str,
    what: &'static str,
    known: &[&'static str],
    out: &mut Diagnostics,
) -> Option<Fields<'n>> {
    Fields::open(At::key(key, f.node(key)?), what, known, out)
}

fn defaults(start: Span) -> Config {
    Config {
        title: String::new(),
        base_url: "/".into(),
        edit_url: None,
        description: None,
        author: None,
        language: "en".into(),
        theme: Spanned::new("default".into(), start),
        hours_per_week: None,
        build: Build::default(),
        raw_html: RawHtml::Keep,
        search: true,
        feed: Feed { limit: 20 },
        links: Links { ignore: Vec::new(), timeout: 20, remember: 24 },
        lints: BTreeMap::new(),
        extra: serde_json::Value::Object(serde_json::Map::new()),
    }
}

fn base_url(node: At<'_>, out: &mut Diagnostics) -> Option<String> {
    let url = text(node, out)?;
    match normal_base_url(&url.value) {
        Ok(url) => Some(url),
        Err(reason) => {
            out.push(
                Diagnostic::new(Code::WrongType, url.span, format!("`base_url` cannot be `{}`: {reason}", url.value))
                    .help(match url.value.contains("://") {
                        true => "write the address of the site, such as `https://example.org/roadmaps/`".into(),
                        false => format!("write `https://{}`", url.value.trim_start_matches('/')),
                    }),
            );
            None
        }
    }
}

/// A base URL with exactly one final `/`.
///
/// # Errors
/// When it is not an `http` or `https` address of a host and a path; the reason in an author's words.
pub fn normal_base_url(url: &str) -> Result<String, &'static str> {
    if url == "/" {
        return Ok(url.into());
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let rest = rest.ok_or("it does not begin with `https://` or `http://`")?;
    let host = rest.split('/').next().unwrap_or("");
    if host.is_empty() || host.contains('@') {
        return Err("it names no host");
    }
    if url.contains(['?', '#', '"', '<', '>', '\\', '\'']) || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("it holds characters that do not belong there");
    }
    if rest.split('/').skip(1).any(|part| part == "." || part == "..") {
        return Err("its path leads upwards");
    }
    Ok(format!("{}/", url.trim_end_matches('/')))
}

/// A whole number from 0 to `most`.
fn bounded(node: At<'_>, most: i64, out: &mut Diagnostics) -> Option<u64> {
    let number = integer(node, out)?;
    let found = u64::try_from(number).ok().filter(|_| number <= most);
    if found.is_none() {
        let report = Diagnostic::new(Code::WrongType, node.span, format!("{} is {number}", node.name()));
        out.push(report.help(format!("write a number from 0 to {most}")));
    }
    found
}

/// A whole number from 0.
fn count(node: At<'_>, out: &mut Diagnostics) -> Option<usize> {
    let number = integer(node, out)?;
    let count = usize::try_from(number).ok();
    if count.is_none() {
        let report = Diagnostic::new(Code::WrongType, node.span, format!("{} is {number}", node.name()));
        out.push(report.help("write a number from 0"));
    }
    count
}

fn edit_url(node: At<'_>, out: &mut Diagnostics) -> Option<String> {
    let url = text(node, out)?;
    let web = url.value.starts_with("https://") || url.value.starts_with("http://");
    if web && url.value.contains("{path}") {
        return Some(url.value);
    }
    out.push(
        Diagnostic::new(Code::WrongType, url.span, "`edit_url` is a web address with `{path}` in it")
            .help("put `{path}` where the file's path belongs: `https://example.org/edit/main/{path}`"),
    );
    None
}

fn language(node: At<'_>, out: &mut Diagnostics) -> Option<String> {
    let tag = text(node, out)?;
    let ok = tag
        .value
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if ok {
        return Some(tag.value);
    }
    out.push(
        Diagnostic::new(Code::WrongType, tag.span, format!("`{}` is not a language tag", tag.value))
            .help("write a tag such as `en`, `de` or `zh-Hans`"),
    );
    None
}

/// A folder of the site. Whoever builds a stranger's site says with `--output` what else may be written.
fn folder(node: At<'_>, out: &mut Diagnostics) -> Option<String> {
    let path = text(node, out)?;
    let is_rooted = path.value.starts_with(['/', '\\', '~']) || path.value.contains(':');
    if !is_rooted && !path.value.split(['/', '\\']).any(|part| part == "..") {
        return Some(path.value);
    }
    out.push(
        Diagnostic::new(Code::OutsideSite, path.span, format!("`{}` leads out of the site's folder", path.value))
            .help("name a folder of the site, or build elsewhere with `--output`"),
    );
    None
}

fn lints(node: At<'_>, out: &mut Diagnostics) -> BTreeMap<Code, Level> {
    let Value::Map(entries) = &node.value else {
        let found = node.value.kind();
        let report =
            Diagnostic::new(Code::WrongType, node.span, format!("`[lints]` is a table of keys, found {found}"));
        out.push(report.help("write `[lints]` on a line of its own, and `code = \"level\"` below it"));
        return BTreeMap::new();
    };
    let mut levels = BTreeMap::new();
    for (key, value) in entries {
        let code = match Code::from_name(&key.value) {
            // A hard error is refused at the level that was tried on it.
            Some(code) if !code.is_lint() => lint_code(&Spanned::new(key.value.clone(), value.span), out),
            _ => lint_code(key, out),
        };
        let level = one_of(At::key(&key.value, value), LEVELS, out);
        if let (Some(code), Some(level)) = (code, level) {
            levels.insert(code, level);
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls() {
        assert_eq!(normal_base_url("https://example.org"), Ok("https://example.org/".into()));
        assert_eq!(normal_base_url("https://example.org/a//"), Ok("https://example.org/a/".into()));
        for bad in
            ["example.org", "ftp://x/", "https://", "https:///x", "https://a b/", "https://x/?q", "https://x/../y"]
        {
            assert!(normal_base_url(bad).is_err(), "{bad}");
        }
        assert_eq!(base_path("https://example.org/a/b/"), "/a/b/");
        assert_eq!(base_path("https://example.org/"), "/");
        assert_eq!(base_path("/"), "/");
    }
}
