//! `site.toml`: its keys and tables.

use serde_json::{Map, Value, json};

use super::shape::{at_most, count, extra, flag, matching, one_of, pace, text, texts};
use super::{Key, Object, described};
use crate::config;
use crate::diagnostic::Code;

pub const SITE: Object = Object {
    title: "site.toml",
    read: config::KEYS,
    required: &["title"],
    keys: &[
        Key("title", text, "The site's name, on every page."),
        Key(
            "base_url",
            base_url,
            "Where the site is published; it may have a path, such as `https://example.org/roadmaps/`.",
        ),
        Key("edit_url", edit_url, "Gives every page an \"edit this page\" link; `{path}` becomes the file's path."),
        Key("description", text, "A sentence for the home page, the feed and search engines."),
        Key("author", text, "Named in the pages' metadata and the feed."),
        Key("language", language, "The language of your texts, such as `en`, `de` or `zh-Hans`."),
        Key("theme", text, "`default`, `plain`, or a folder below `themes/`."),
        Key("hours_per_week", pace, "The pace of roadmaps that name none: above 0, at most 168, by default 10."),
        Key("build", || BUILD.schema(), "What `roadbook build` does when the command line does not say otherwise."),
        Key("markdown", || MARKDOWN.schema(), "How texts are read."),
        Key("search", || SEARCH.schema(), "The search."),
        Key("feed", || FEED.schema(), "The feed, `/atom.xml`."),
        Key("links", || LINKS.schema(), "Links to other sites."),
        Key("lints", lints, "What each lint does: `allow`, `warn` or `deny`."),
        Key("extra", extra, "Your own data; templates see it as `site.extra`."),
    ],
};

pub const BUILD: Object = Object {
    title: "[build]",
    read: config::BUILD,
    required: &[],
    keys: &[
        Key("output", text, "The folder to build into, from the site's folder on; by default `public`."),
        Key("drafts", flag, "Publish drafts too, in every command."),
    ],
};

pub const MARKDOWN: Object = Object {
    title: "[markdown]",
    read: config::MARKDOWN,
    required: &[],
    keys: &[Key("raw_html", raw_html, "What becomes of HTML in texts: `keep` (the default), `escape` or `sanitize`.")],
};

pub const SEARCH: Object = Object {
    title: "[search]",
    read: config::SEARCH,
    required: &[],
    keys: &[Key("enabled", flag, "Whether there are a search page, its index and the way to it.")],
};

pub const FEED: Object = Object {
    title: "[feed]",
    read: config::FEED,
    required: &[],
    keys: &[Key("limit", count, "How many entries the feed holds at most; by default 20.")],
};

pub const LINKS: Object = Object {
    title: "[links]",
    read: config::LINKS,
    required: &[],
    keys: &[
        Key("ignore", texts, "Addresses that the check of web links leaves alone, each from its beginning."),
        Key("timeout", || at_most(600), "Seconds that an answer may take; by default 20."),
        Key("remember", || at_most(24 * 90), "Hours that an address which answered is not asked again; by default 24."),
    ],
};

fn raw_html() -> Value {
    one_of(config::RAW_HTML.iter().map(|(word, _)| *word))
}

fn base_url() -> Value {
    matching("^\\s*(/|https?://.+)\\s*$")
}

fn edit_url() -> Value {
    matching("^\\s*https?://.*\\{path\\}")
}

fn language() -> Value {
    matching("^\\s*[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*\\s*$")
}

/// A level for each lint.
fn lints() -> Value {
    let level = |code: &Code| {
        let levels = one_of(config::LEVELS.iter().map(|(word, _)| *word));
        (code.name().to_owned(), described(levels, &format!("{}.", sentence(code.summary()))))
    };
    let properties: Map<String, Value> = Code::ALL.iter().filter(|code| code.is_lint()).map(level).collect();
    json!({ "title": "[lints]", "type": "object", "properties": properties, "additionalProperties": false })
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
