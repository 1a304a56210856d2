//! Nodes → front matter, key by key. Everything of a map is read, and reported, before a part of it that
//! cannot be used is dropped.

use super::{
    Faq, Level, PageMatter, Project, Projects, RawChoice, RawPlacement, RawRequirement, Resource, RoadmapMatter,
    StageMatter, TopicMatter,
};
use crate::diagnostic::suggest::{certain, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::effort;
use crate::source::{Span, Spanned};
use crate::tree::Value;
use crate::tree::fields::{self, At, Fields, boolean, extra, integer, one_of, plain, text, wrong_type};

/// The keys of each kind of map, in the order in which messages list them. Schemas for editors describe the same.
pub(crate) const TOPIC: &[&str] = &[
    "title",
    "id",
    "summary",
    "requires",
    "assumes",
    "related",
    "part_of",
    "level",
    "effort",
    "order",
    "tags",
    "outcomes",
    "resources",
    "projects",
    "aliases",
    "updated",
    "draft",
    "template",
    "extra",
    "allow",
];
pub(crate) const STAGE: &[&str] = &[
    "title", "id", "summary", "order", "draft", "extra", "topics", "choices", "revisits", "effort", "level", "group",
    "label", "projects", "aliases", "allow",
];
pub(crate) const ROADMAP: &[&str] = &[
    "title",
    "id",
    "summary",
    "audience",
    "assumes",
    "hours_per_week",
    "effort",
    "tags",
    "projects",
    "faq",
    "aliases",
    "order",
    "extra",
    "draft",
    "allow",
];
pub(crate) const PAGE: &[&str] = &["title", "summary", "aliases", "draft", "extra", "allow"];
pub(crate) const PLACEMENT: &[&str] = &["topic", "level", "part_of", "effort", "for", "requires", "late", "note"];
pub(crate) const CHOICE: &[&str] = &["id", "title", "pick", "of", "default", "for", "note"];
pub(crate) const PREREQUISITE: &[&str] = &["topic", "any", "because"];
pub(crate) const RESOURCE: &[&str] = &["title", "url", "kind", "free", "minutes"];
pub(crate) const PROJECT: &[&str] = &["title", "summary", "effort"];
pub(crate) const PROJECTS: &[&str] = &["pick", "of"];
pub(crate) const FAQ: &[&str] = &["question", "answer"];
pub(crate) const LEVELS: &[(&str, Level)] =
    &[("essential", Level::Essential), ("recommended", Level::Recommended), ("optional", Level::Optional)];
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("article", "article"),
    ("book", "book"),
    ("course", "course"),
    ("docs", "docs"),
    ("exercise", "exercise"),
    ("paper", "paper"),
    ("podcast", "podcast"),
    ("tool", "tool"),
    ("video", "video"),
];

/// Reads a topic's front matter; `top` is the place of its first line.
pub fn topic(node: At<'_>, top: Span, out: &mut Diagnostics) -> Option<TopicMatter> {
    let f = Fields::open(node, "a topic", TOPIC, out)?;
    Some(TopicMatter {
        title: f.required("title", Some(top), plain, out).unwrap_or_default(),
        id: f.any_text("id", out),
        summary: f.get("summary", plain, out),
        requires: f.list("requires", requirement, out),
        assumes: f.list("assumes", plain, out),
        related: f.list("related", text, out),
        part_of: f.get("part_of", text, out),
        level: f.get("level", level, out).unwrap_or_default(),
        effort: f.get("effort", effort::read, out),
        order: f.get("order", integer, out),
        tags: f.list("tags", text, out),
        outcomes: f.list("outcomes", plain, out),
        resources: f.list("resources", resource, out),
        projects: Projects { pick: None, of: f.list("projects", project, out) },
        aliases: f.list("aliases", text, out),
        updated: f.get("updated", date, out),
        draft: f.flag("draft", out),
        template: f.get("template", text, out),
        extra: f.get("extra", extra, out),
    })
}

/// Reads a stage's front matter; `top` is the place of its first line.
pub fn stage(node: At<'_>, top: Span, out: &mut Diagnostics) -> Option<StageMatter> {
    let f = Fields::open(node, "a stage", STAGE, out)?;
    Some(StageMatter {
        title: f.required("title", Some(top), plain, out).unwrap_or_default(),
        id: f.any_text("id", out),
        summary: f.get("summary", plain, out),
        order: f.get("order", integer, out),
        draft: f.flag("draft", out),
        extra: f.get("extra", extra, out),
        topics: f.list("topics", placement, out),
        choices: f.list("choices", choice, out),
        revisits: f.list("revisits", text, out),
        effort: f.get("effort", effort::read, out),
        level: f.get("level", level, out).unwrap_or_default(),
        group: f.get("group", plain, out),
        label: f.any_text("label", out).map(|label| label.value),
        projects: f.get("projects", projects, out).unwrap_or_default(),
        aliases: f.list("aliases", text, out),
    })
}

/// Reads a roadmap's front matter; `top` is the place of its first line.
pub fn roadmap(node: At<'_>, top: Span, out: &mut Diagnostics) -> Option<RoadmapMatter> {
    let f = Fields::open(node, "a roadmap", ROADMAP, out)?;
    Some(RoadmapMatter {
        title: f.required("title", Some(top), plain, out).unwrap_or_default(),
        id: f.any_text("id", out),
        summary: f.get("summary", plain, out),
        audience: f.get("audience", plain, out),
        assumes: f.list("assumes", plain, out),
        hours_per_week: f.get("hours_per_week", fields::hours_per_week, out),
        effort: f.get("effort", effort::read, out),
        tags: f.list("tags", text, out),
        projects: f.get("projects", projects, out).unwrap_or_default(),
        faq: f.list("faq", faq, out),
        aliases: f.list("aliases", text, out),
        order: f.get("order", integer, out),
        extra: f.get("extra", extra, out),
        draft: f.flag("draft", out),
    })
}

/// Reads a plain page's front matter. The home page may go without a title: it has the site's.
pub fn page(node: At<'_>, top: Span, home: bool, out: &mut Diagnostics) -> Option<PageMatter> {
    let f = Fields::open(node, "a page", PAGE, out)?;
    let title = match home {
        true => f.get("title", plain, out),
        false => f.required("title", Some(top), plain, out),
    };
    Some(PageMatter {
        title,
        summary: f.get("summary", plain, out),
        aliases: f.list("aliases", text, out),
        draft: f.flag("draft", out),
        extra: f.get("extra", extra, out),
    })
}

/// Reads `allow:` of any front matter. Only lints can be allowed.
pub fn allows(node: At<'_>, out: &mut Diagnostics) -> Vec<Spanned<Code>> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    let Some((_, list)) = entries.iter().find(|(key, _)| key.value == "allow") else { return Vec::new() };
    if list.value == Value::Null {
        return Vec::new();
    }
    fields::list(At::key("allow", list), allow, out)
}

fn allow(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<Code>> {
    let name = text(node, out)?;
    let code = lint_code(&name, out)?;
    Some(Spanned::new(code, node.span))
}

/// The lint with this name, or a report that there is none.
pub fn lint_code(name: &Spanned<String>, out: &mut Diagnostics) -> Option<Code> {
    let lints = || Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
    match Code::from_name(&name.value) {
        Some(code) if code.is_lint() => Some(code),
        Some(code) => {
            out.push(
                Diagnostic::new(
                    Code::WrongType,
                    name.span,
                    format!("`{}` is an error that cannot be turned off", code.name()),
                )
                .help("remove it and mend what it reports; only lints can be allowed"),
            );
            None
        }
        None => {
            let report = Diagnostic::new(Code::UnknownKey, name.span, format!("there is no lint `{}`", name.value));
            let all = || format!("known lints: {}", fields::quoted(&lints().collect::<Vec<_>>()));
            out.push(
                report.suggest(nearest(&name.value, lints()), all).rename(&name.value, certain(&name.value, lints())),
            );
            None
        }
    }
}

fn level(node: At<'_>, out: &mut Diagnostics) -> Option<Level> {
    one_of(node, LEVELS, out)
}

fn requirement(node: At<'_>, out: &mut Diagnostics) -> Option<RawRequirement> {
    match &node.value {
        Value::Text(_) => Some(RawRequirement { ids: vec![text(node, out)?], any: false, because: None }),
        Value::Map(_) => {
            let f = Fields::open(node, "a prerequisite", PREREQUISITE, out)?;
            let because = f.get("because", plain, out);
            if let (Some((any, _)), Some((topic, _))) = (f.entry("any"), f.entry("topic")) {
                out.push(
                    Diagnostic::new(
                        Code::WrongType,
                        any.span.max(topic.span),
                        "a prerequisite has `topic` or `any`, not both",
                    )
                    .help("make it two entries of the list"),
                );
            }
            if f.node("any").is_some() {
                let ids = f.get("any", at_least_one, out)?;
                return Some(RawRequirement { ids, any: true, because });
            }
            if f.is_misspelt("any") {
                return None;
            }
            let topic = f.required("topic", None, text, out)?;
            Some(RawRequirement { ids: vec![topic], any: false, because })
        }
        _ => {
            wrong_type(node, "an id, or a map with `topic` or `any`", out);
            None
        }
    }
}

/// A list of ids that is not empty.
fn at_least_one(node: At<'_>, out: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        out.push(
            Diagnostic::new(Code::WrongType, node.span, format!("{} is an empty list", node.name()))
                .help("name at least one id"),
        );
        return None;
    }
    Some(fields::list(node, text, out))
}

fn placement(node: At<'_>, out: &mut Diagnostics) -> Option<RawPlacement> {
    if let Value::Text(_) = node.value {
        return Some(RawPlacement {
            topic: text(node, out)?,
            level: None,
            part_of: None,
            stands_alone: false,
            effort: None,
            for_options: Vec::new(),
            requires: Vec::new(),
            late: Vec::new(),
            note: None,
        });
    }
    let Value::Map(_) = node.value else {
        wrong_type(node, "an id, or a map with `topic`", out);
        return None;
    };
    let f = Fields::open(node, "a placement", PLACEMENT, out)?;
    let topic = f.required("topic", None, text, out);
    let placement = RawPlacement {
        topic: topic.clone().unwrap_or_else(|| Spanned::new(String::new(), node.span)),
        level: f.get("level", level, out),
        part_of: f.get("part_of", text, out),
        stands_alone: f.entry("part_of").is_some_and(|(_, node)| node.value == Value::Null),
        effort: f.get("effort", effort::read, out),
        for_options: f.list("for", text, out),
        requires: f.list("requires", requirement, out),
        late: f.list("late", text, out),
        note: f.get("note", plain, out),
    };
    topic.map(|_| placement)
}

fn choice(node: At<'_>, out: &mut Diagnostics) -> Option<RawChoice> {
    let f = Fields::open(node, "a choice", CHOICE, out)?;
    let id = f.required("id", None, text, out);
    let of = f.required("of", None, at_least_one, out).unwrap_or_default();
    let default_pick = Spanned::new((1, 1), node.span);
    let pick = match f.node("pick") {
        Some(value) => pick(At::key("pick", value), out).map_or(default_pick, |pick| Spanned::new(pick, value.span)),
        None => default_pick,
    };
    check_pick(&pick, of.len(), out);
    let title = f.get("title", plain, out);
    let default = f.get("default", text, out);
    let for_options = f.list("for", text, out);
    let note = f.get("note", plain, out);
    // Everything has been read, and reported, before a choice without an id is dropped.
    Some(RawChoice { id: id?, title, pick, of, default, for_options, note })
}

/// `1` or `2-5`.
fn pick(node: At<'_>, out: &mut Diagnostics) -> Option<(u32, u32)> {
    let range = match &node.value {
        Value::Integer(number) => u32::try_from(*number).ok().map(|n| (n, n)),
        Value::Text(text) => {
            let mut parts = text.split(['-', '–']).map(|part| part.trim().parse::<u32>());
            match (parts.next(), parts.next(), parts.next()) {
                (Some(Ok(a)), None, None) => Some((a, a)),
                (Some(Ok(a)), Some(Ok(b)), None) => Some((a, b)),
                _ => None,
            }
        }
        _ => None,
    };
    match range {
        Some((from, to)) if from >= 1 && from <= to => Some((from, to)),
        range => {
            let (found, help) = match (&node.value, range) {
                (Value::Text(text), Some((from, to))) if to >= 1 && from > to => {
                    (format!(", not `{text}`"), format!("write `{to}-{from}`"))
                }
                (Value::Text(text), _) => {
                    (format!(", not `{text}`"), "write how many a reader picks: `1` or `2-3`".into())
                }
                (Value::Integer(number), _) => {
                    (format!(", not `{number}`"), "write how many a reader picks: `1` or `2-3`".into())
                }
                (other, _) => {
                    (format!(", found {}", other.kind()), "write how many a reader picks: `1` or `2-3`".into())
                }
            };
            let message = format!("`pick` is a number from 1, or a range such as `2-3`{found}");
            out.push(Diagnostic::new(Code::WrongType, node.span, message).help(help));
            None
        }
    }
}

fn check_pick(pick: &Spanned<(u32, u32)>, options: usize, out: &mut Diagnostics) {
    if options > 0 && pick.value.1 as usize > options {
        let most = pick.value.1;
        out.push(
            Diagnostic::new(
                Code::WrongType,
                pick.span,
                format!("`pick` asks for {most}, but there are only {options} options"),
            )
            .help(format!("pick at most {options}, or add options under `of`")),
        );
    }
}

fn projects(node: At<'_>, out: &mut Diagnostics) -> Option<Projects> {
    if let Value::Map(_) = node.value {
        let f = Fields::open(node, "a choice of projects", PROJECTS, out)?;
        let of = f.required("of", None, |node, out| Some(fields::list(node, project, out)), out).unwrap_or_default();
        let pick_node = f.node("pick");
        let pick =
            pick_node.and_then(|node| pick(At::key("pick", node), out).map(|pick| Spanned::new(pick, node.span)));
        if let Some(pick) = &pick {
            check_pick(pick, of.len(), out);
        }
        return Some(Projects { pick: pick.map(|pick| pick.value), of });
    }
    Some(Projects { pick: None, of: fields::list(node, project, out) })
}

fn project(node: At<'_>, out: &mut Diagnostics) -> Option<Project> {
    if let Value::Text(_) = node.value {
        return Some(Project { title: plain(node, out)?, summary: None, effort: None });
    }
    let Value::Map(_) = node.value else {
        wrong_type(node, "a title, or a map with `title`", out);
        return None;
    };
    let f = Fields::open(node, "a project", PROJECT, out)?;
    let title = f.required("title", None, plain, out);
    let summary = f.get("summary", plain, out);
    let effort = f.get("effort", effort::read, out).map(|effort| effort.value);
    Some(Project { title: title?, summary, effort })
}

fn resource(node: At<'_>, out: &mut Diagnostics) -> Option<Resource> {
    let f = Fields::open(node, "a resource", RESOURCE, out)?;
    let title = f.required("title", None, plain, out);
    Some(Resource {
        url: f.get("url", resource_url, out),
        kind: f.get("kind", |node, out| one_of(node, KINDS, out), out),
        free: f.get("free", boolean, out),
        minutes: f.get("minutes", minutes, out),
        title: title?,
    })
}

fn minutes(node: At<'_>, out: &mut Diagnostics) -> Option<i64> {
    let minutes = integer(node, out)?;
    if minutes > 0 {
        return Some(minutes);
    }
    out.push(
        Diagnostic::new(Code::WrongType, node.span, format!("`minutes` is {minutes}"))
            .help("write a number above 0, or remove the key"),
    );
    None
}

fn resource_url(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<String>> {
    let Value::Text(url) = &node.value else {
        wrong_type(node, "a web address such as `https://example.org/`", out);
        return None;
    };
    let url = Spanned::new(url.trim().to_owned(), node.span);
    if crate::markdown::is_active_scheme(&url.value, false) {
        out.push(
            Diagnostic::new(
                Code::UnsafeLink,
                url.span,
                format!("`{}` would run code in the reader's browser", url.value),
            )
            .help("use an `https:` address"),
        );
        return None;
    }
    if !(url.value.starts_with("https://") || url.value.starts_with("http://")) {
        out.push(
            Diagnostic::new(Code::WrongType, url.span, format!("`url` is a web address, not `{}`", url.value))
                .help(format!("begin it with `https://`, such as `https://{}`", url.value.trim().replace(' ', "-"))),
        );
        return None;
    }
    Some(url)
}

fn faq(node: At<'_>, out: &mut Diagnostics) -> Option<Faq> {
    let f = Fields::open(node, "an entry of `faq`", FAQ, out)?;
    let question = f.required("question", None, text, out);
    let answer = f.required("answer", None, text, out);
    Some(Faq { question: question?, answer: answer? })
}

fn date(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<jiff::civil::Date>> {
    let Value::Text(text) = &node.value else {
        wrong_type(node, "a date as `YYYY-MM-DD`", out);
        return None;
    };
    match text.parse() {
        Ok(date) if text.len() == "2026-03-31".len() => Some(Spanned::new(date, node.span)),
        _ => {
            out.push(
                Diagnostic::new(Code::WrongType, node.span, format!("`updated` is a date, not `{text}`"))
                    .help("write it as `YYYY-MM-DD`, such as `2026-03-31`"),
            );
            None
        }
    }
}
