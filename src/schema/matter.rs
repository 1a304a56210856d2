//! Front matter: the keys of each kind of file, and of the maps inside.

use serde_json::{Value, json};

use super::shape::{
    any_text, date, effort, extra, flag, id, ids, kind, level, lints, list, minutes, or_map, pace, paths, pick, some,
    text, texts, web_address, whole_number,
};
use super::{Key, Object};
use crate::document::matter::read;

pub const TOPIC: Object = Object {
    title: "A topic",
    read: read::TOPIC,
    required: &["title"],
    keys: &[
        Key("title", text, "What the topic is called."),
        Key("id", id, "Replaces the file name as the id: lower-case letters, digits and `-`."),
        Key("summary", text, "One or two sentences, plain text, shown wherever the topic is listed."),
        Key(
            "requires",
            requires,
            "What to learn first: ids of topics or choices, `{topic: dns, because: \"…\"}`, or `{any: [cpp, java]}` where one is enough.",
        ),
        Key("assumes", texts, "What the reader needs and no topic here teaches."),
        Key("related", ids, "Topics to look at beside this one: cross-links without order."),
        Key("part_of", id, "Makes it a sub-topic of another topic."),
        Key("level", level, "How much it matters: `essential` (the default), `recommended` or `optional`."),
        Key("effort", effort, "How long it takes to learn, such as `90 minutes`, `4-6 weeks` or `6+ months`."),
        Key("order", whole_number, "Decides where prerequisites leave the order open; smaller comes first."),
        Key("tags", texts, "Each tag has a page."),
        Key("outcomes", texts, "What the reader can do afterwards."),
        Key("resources", resources, "Where to learn it."),
        Key("projects", project_list, "Practice: titles, or `{title, summary, effort}`."),
        Key("aliases", paths, "Old URLs that lead here, such as `/learn/http/`."),
        Key("updated", date, "When the text was last changed in earnest, as `2026-03-31`."),
        Key("draft", flag, "Leaves the topic out unless drafts are asked for."),
        Key("template", text, "A template in `templates/`, or one of the theme's."),
        Key("extra", extra, "Your own data; templates see it as `page.extra`."),
        Key("allow", lints, "Lints to silence in this file."),
    ],
};

pub const STAGE: Object = Object {
    title: "A stage",
    read: read::STAGE,
    required: &["title"],
    keys: &[
        Key("title", text, "What the stage is called."),
        Key("id", id, "Replaces the folder's name as the id: lower-case letters, digits and `-`."),
        Key("summary", text, "One or two sentences, plain text."),
        Key("order", whole_number, "The place among stages whose folders have no number, or the same one."),
        Key("draft", flag, "Leaves out the stage and the topics in its folder unless drafts are asked for."),
        Key("extra", extra, "Your own data; templates see it as `page.extra`."),
        Key(
            "topics",
            placements,
            "Topics that stand in this stage, and what they are here: ids, or maps with `topic`.",
        ),
        Key("choices", choices, "What the reader picks."),
        Key("revisits", ids, "Topics of earlier stages that this one takes up again."),
        Key("effort", effort, "Your own figure for the whole stage; it replaces the sum."),
        Key("level", level, "`optional` makes it a bonus stage."),
        Key("group", text, "A heading over this stage and those beside it with the same `group`."),
        Key("label", any_text, "What its station shows instead of its number; `\"\"` for nothing."),
        Key("projects", projects, "Practice for the stage: a list, or `{pick, of}`."),
        Key("aliases", paths, "Old URLs that lead here."),
        Key("allow", lints, "Lints to silence in this file."),
    ],
};

pub const ROADMAP: Object = Object {
    title: "A roadmap",
    read: read::ROADMAP,
    required: &["title"],
    keys: &[
        Key("title", text, "What the roadmap is called."),
        Key("id", id, "Replaces the folder's name as the id: lower-case letters, digits and `-`."),
        Key("summary", text, "One or two sentences, plain text: where the road leads."),
        Key("audience", text, "Whom it is for."),
        Key("assumes", texts, "What readers bring along."),
        Key(
            "hours_per_week",
            pace,
            "The pace: what a week is here, above 0 and at most 168; the site's where none stands.",
        ),
        Key("effort", effort, "The total that you claim; the page shows it beside the sum."),
        Key("tags", texts, "Each tag has a page."),
        Key("projects", projects, "Practice for the whole road: a list, or `{pick, of}`."),
        Key("faq", faq, "Questions and answers."),
        Key("aliases", paths, "Old URLs that lead here."),
        Key("order", whole_number, "Its place among the roadmaps whose folders have no number, or the same one."),
        Key("extra", extra, "Your own data; templates see it as `page.extra`."),
        Key("draft", flag, "Leaves out the roadmap and the topics in its folder unless drafts are asked for."),
        Key("allow", lints, "Lints to silence in this file."),
    ],
};

/// The home page may go without a title.
pub const PAGE: Object = Object {
    title: "A page",
    read: read::PAGE,
    required: &[],
    keys: &[
        Key("title", text, "What the page is called; the home page without one has the site's."),
        Key("summary", text, "One or two sentences, plain text."),
        Key("aliases", paths, "Old URLs that lead here."),
        Key("draft", flag, "Leaves the page out unless drafts are asked for."),
        Key("extra", extra, "Your own data; templates see it as `page.extra`."),
        Key("allow", lints, "Lints to silence in this file."),
    ],
};

pub const PREREQUISITE: Object = Object {
    title: "A prerequisite",
    read: read::PREREQUISITE,
    required: &[],
    keys: &[
        Key("topic", id, "The topic or choice that comes first."),
        Key("any", some_ids, "Topics or choices of which one is enough."),
        Key("because", text, "Why; shown on both pages."),
    ],
};

pub const PLACEMENT: Object = Object {
    title: "A placement",
    read: read::PLACEMENT,
    required: &["topic"],
    keys: &[
        Key("topic", id, "Which topic."),
        Key("level", level, "Replaces the topic's own on this road."),
        Key("part_of", id, "Replaces the topic's own on this road; `null`: here it is a part of nothing."),
        Key("effort", effort, "Replaces the topic's own on this road."),
        Key("for", ids, "Who needs it: readers who picked one of these options of a choice."),
        Key("requires", requires, "Prerequisites of this roadmap alone, added to the topic's own."),
        Key("late", ids, "Prerequisites that you know to come in a later stage."),
        Key("note", text, "A remark, shown beside the topic on this road."),
    ],
};

pub const CHOICE: Object = Object {
    title: "A choice",
    read: read::CHOICE,
    required: &["id", "of"],
    keys: &[
        Key("id", id, "For `requires`, and to tell the same question in other roadmaps."),
        Key("title", text, "The question; without it the id, in words."),
        Key("pick", pick, "How many to pick: `1` (the default), `2`, `2-5`."),
        Key("of", some_ids, "The options: ids of topics."),
        Key("default", id, "The option you would pick."),
        Key("for", ids, "Asks only readers who picked one of these options of another choice."),
        Key("note", text, "A remark, shown with the question."),
    ],
};

pub const RESOURCE: Object = Object {
    title: "A resource",
    read: read::RESOURCE,
    required: &["title"],
    keys: &[
        Key("title", text, "What it is called."),
        Key("url", web_address, "Where it is, with `https://` or `http://`."),
        Key("kind", kind, "What it is."),
        Key("free", flag, "Whether it costs nothing; say nothing when you do not know."),
        Key("minutes", minutes, "How long it takes, in minutes."),
    ],
};

pub const PROJECT: Object = Object {
    title: "A project",
    read: read::PROJECT,
    required: &["title"],
    keys: &[
        Key("title", text, "What to build."),
        Key("summary", text, "In a sentence or two."),
        Key("effort", effort, "How long it takes; shown, and not part of any sum."),
    ],
};

pub const PROJECTS: Object = Object {
    title: "A choice of projects",
    read: read::PROJECTS,
    required: &["of"],
    keys: &[Key("pick", pick, "How many to do: `1`, `2-3`; without it all."), Key("of", project_list, "The projects.")],
};

pub const FAQ: Object = Object {
    title: "A question and its answer",
    read: read::FAQ,
    required: &["question", "answer"],
    keys: &[Key("question", text, "The question."), Key("answer", text, "The answer, as Markdown.")],
};

fn some_ids() -> Value {
    some(id())
}

/// Exactly one of `topic` and `any`.
fn requires() -> Value {
    let mut map = PREREQUISITE.schema();
    map["oneOf"] = json!([{ "required": ["topic"] }, { "required": ["any"] }]);
    list(json!({ "anyOf": [id(), map] }))
}

fn placements() -> Value {
    list(or_map(id(), &PLACEMENT))
}

fn choices() -> Value {
    list(CHOICE.schema())
}

fn resources() -> Value {
    list(RESOURCE.schema())
}

fn project_list() -> Value {
    list(or_map(text(), &PROJECT))
}

fn projects() -> Value {
    or_map(project_list(), &PROJECTS)
}

fn faq() -> Value {
    list(FAQ.schema())
}
