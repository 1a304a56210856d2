//! What the panel of `serve` shows of a page: its source, what is wrong with it, what it requires, and what requires
//! it. Nothing of this is in a published site.

use std::path::Path;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::roadmap::{DocumentIx, Requirement, Target, TopicIx};
use crate::site::Site;
use crate::site::pages::{Output, Page};
use crate::source::{FileId, Span};
use crate::urls::path;

#[derive(Serialize)]
struct About<'a> {
    source: Option<Place<'a>>,
    diagnostics: Vec<Problem<'a>>,
    /// Of the whole site.
    problems: usize,
    requires: Vec<Needed<'a>>,
    required_by: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

/// A prerequisite: one of the targets is enough, or there is only one.
#[derive(Serialize)]
struct Needed<'a> {
    of: Vec<Named<'a>>,
    because: Option<&'a str>,
}

/// A topic or a choice; a choice has no page.
#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    title: String,
    url: Option<String>,
}

/// The panel's data for one file of the site, as JSON. `report` is that of the whole site.
pub fn about(site: &Site, report: &[Diagnostic], output: &Output) -> String {
    let document = document(site, &output.page);
    let source = document.map(|ix| site.document(ix));
    let own = |found: &&Diagnostic| source.is_some_and(|document| concerns(found, document.file));
    let topic = match output.page {
        Page::Topic(ix) => Some(ix),
        _ => None,
    };
    let about = About {
        source: source.map(|document| Place { file: &site.sources.get(document.file).path, line: 1, column: 1 }),
        diagnostics: report.iter().filter(own).map(|found| problem(site, found)).collect(),
        problems: report.len(),
        requires: topic.map_or_else(Vec::new, |ix| requires(site, ix)),
        required_by: topic.map_or_else(Vec::new, |ix| required_by(site, ix)),
    };
    serde_json::to_string(&about).expect("plain data always serialises")
}

/// The document that a page shows.
fn document(site: &Site, page: &Page) -> Option<DocumentIx> {
    let roadmaps = &site.roadmaps;
    match page {
        Page::Home => roadmaps.home,
        Page::Topic(ix) => Some(roadmaps.topic(*ix).document),
        Page::Stage(roadmap, stage) => roadmaps.roadmaps[*roadmap].stages[*stage].document,
        Page::Roadmap(at) | Page::Timeline(at) | Page::Print(at) | Page::Plan(at) => {
            Some(roadmaps.roadmaps[*at].document)
        }
        Page::Plain(at) => Some(roadmaps.pages[*at].document),
        _ => None,
    }
}

fn concerns(found: &Diagnostic, file: FileId) -> bool {
    found.span.file == file || found.related.iter().any(|related| related.span.file == file)
}

fn problem<'a>(site: &'a Site, found: &'a Diagnostic) -> Problem<'a> {
    Problem {
        code: found.code.name(),
        severity: found.severity.name(),
        message: &found.message,
        help: found.help.as_deref(),
        place: place(site, found.span),
    }
}

fn place(site: &Site, span: Span) -> Place<'_> {
    let position = site.sources.position(span);
    Place { file: &site.sources.get(span.file).path, line: position.line, column: position.column }
}

fn requires(site: &Site, topic: TopicIx) -> Vec<Needed<'_>> {
    let target = |target: &'_ Target| match target {
        Target::Topic(ix) => named(site, *ix),
        Target::Choice(id) => {
            let known =
                site.roadmaps.roadmaps.iter().find_map(|roadmap| Some(&roadmap.choice(roadmap.find_choice(id)?).id));
            let id = known.map_or("", String::as_str);
            Named { id, title: crate::site::title_of_id(id), url: None }
        }
    };
    let one =
        |requirement: &Requirement| requirement.targets.iter().map(|named| target(&named.value)).collect::<Vec<_>>();
    let list = site.roadmaps.topic(topic).requires.iter();
    list.map(|requirement| Needed { of: one(requirement), because: requirement.because.as_deref() }).collect()
}

fn required_by(site: &Site, topic: TopicIx) -> Vec<Named<'_>> {
    site.index.opens[topic.0].iter().map(|opening| named(site, opening.topic)).collect()
}

fn named(site: &Site, topic: TopicIx) -> Named<'_> {
    let id = &site.roadmaps.topic(topic).id;
    let url = site.urls.href("/", &path::topic(id));
    Named { id, title: site.topic_title(topic).into(), url: Some(url) }
}

/// Checks an address that is to open files: an editor's own scheme, or a server on this machine.
///
/// # Errors
/// What is wrong with it, in an author's words.
pub fn check_editor(url: &str) -> Result<(), &'static str> {
    let Some((scheme, rest)) = url.split_once(':') else { return Err("it has no scheme") };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !is_scheme {
        return Err("it has no scheme");
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("it holds a space");
    }
    let scheme = scheme.to_ascii_lowercase();
    if ["javascript", "vbscript", "data", "blob"].contains(&scheme.as_str()) {
        return Err("its scheme would run code in the browser");
    }
    let host = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or("");
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    if ["http", "https", "ftp", "ws", "wss"].contains(&scheme.as_str())
        && !["localhost", "127.0.0.1", "[::1]"].contains(&name)
    {
        return Err("it would tell another machine what you open");
    }
    if !url.contains("{path}") {
        return Err("it has no `{path}`");
    }
    Ok(())
}

/// A folder as addresses write it: `/` between folders and at the end.
pub fn slashed(folder: &Path) -> String {
    let name = folder.display().to_string();
    let name = name.strip_prefix(r"\\?\").unwrap_or(&name);
    format!("{}/", if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() }.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_on_this_machine() {
        for good in [
            "vscode://file/{path}:{line}:{column}",
            "zed://file/{path}:{line}:{column}",
            "idea://open?file={path}&line={line}",
            "http://localhost:63342/api/file/{path}:{line}",
            "http://127.0.0.1:8080/{path}",
        ] {
            assert_eq!(check_editor(good), Ok(()), "{good}");
        }
        for bad in [
            "vscode",
            "{path}",
            "vscode://file/",
            "javascript:alert('{path}')",
            "JavaScript:{path}",
            "data:text/html,{path}",
            "https://evil.example/{path}",
            "http://localhost.evil.example/{path}",
            "http://localhost@evil.example/{path}",
            "http:evil.example/{path}",
            "vscode://file/{path} {line}",
        ] {
            assert!(check_editor(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn folders_end_with_a_slash() {
        assert_eq!(slashed(Path::new("/a/b")), "/a/b/");
        assert_eq!(slashed(Path::new("/")), "/");
    }
}
