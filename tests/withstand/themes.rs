//! Themes that are missing, broken, endless or without end in what they write.

use std::fs;
use std::io::Write;
use std::net::TcpStream;

use crate::http::get;
use crate::server::{Server, until};
use crate::site::{Site, topic};

const TEMPLATE: &str = "templates/topic.html";

fn themed(text: impl AsRef<[u8]>) -> Site {
    let site = Site::of_topic(topic("Case", ""));
    site.write(TEMPLATE, text);
    site
}

#[test]
fn a_broken_theme_is_told_at_its_place() {
    let site = Site::of_topic(topic("Case", ""));
    site.write("site.toml", "title = \"Roads\"\ntheme = \"nowhere\"\n");
    site.refuse("template", "site.toml:2:9", "no theme `nowhere`");
    for (text, code, place, words) in [
        (&b"a\xffb"[..], "syntax", "1:2", "not UTF-8"),
        (b"{% if", "template", "1:4", ""),
        (b"{{ page.title | nothing }}", "template", "1:17", "nothing"),
        (b"{% include \"topic.html\" %}", "template", "1:1", "includes itself"),
        (b"{% extends \"topic.html\" %}", "template", "1:1", "extends itself"),
        (b"{% extends \"nowhere.html\" %}", "template", "1:1", "does not exist"),
    ] {
        themed(text).refuse(code, &format!("{TEMPLATE}:{place}"), words);
    }
    themed("x".repeat(17 << 20)).refuse("syntax", &format!("{TEMPLATE}:1:1"), "larger than");
}

#[test]
fn depth_is_bounded() {
    let deep = 20_000;
    for text in [
        format!("{{{{ {}1{} }}}}", "(".repeat(deep), ")".repeat(deep)),
        format!("{{{{ {}1 }}}}", "1+".repeat(deep)),
        format!("{{{{ a{} }}}}", ".b".repeat(deep)),
        format!("{{{{ \"a\"{} }}}}", "|upper".repeat(deep)),
        format!("{}{}", "{% if true %}".repeat(deep), "{% endif %}".repeat(deep)),
    ] {
        let problems = themed(&text).build();
        assert!(problems.len() == 1 && problems[0].code == "template", "{problems:#?}");
    }
    let text = "{% component a(n: number) %}{{ <a n={n + 1} /> }}{% endcomponent a %}{{ <a n={1} /> }}";
    let problems = themed(text).build();
    assert!(problems.len() == 1 && problems[0].message.contains("depth"), "{problems:#?}");
}

#[test]
fn endless_work_is_stopped_where_it_is_done() {
    for (text, place) in [
        ("{% for a in range(end=100000) %}\n{% for b in range(end=100000) %}{% endfor %}\n{% endfor %}", "2:1"),
        (
            "{% for a in range(end=100000) -%}\n  {%- for b in range(end=100000) -%}  {%- endfor -%}\n{%- endfor %}",
            "2:3",
        ),
        (
            "{% raw %}{% for a in b %}{% endraw %}{# {% for #}{{ \"%} {% for\" }}\n{% set x %}{% for a in range(end=100000) %}\
             {% for b in range(end=1000) %}{% endfor %}{% endfor %}{% endset %}",
            "2:44",
        ),
    ] {
        themed(text).refuse("template", &format!("{TEMPLATE}:{place}"), "steps");
    }
    // A tree of includes, each ten of the next.
    let site = themed("{% include \"l0.html\" %}");
    for n in 0..12 {
        let next = format!("{{% include \"l{}.html\" %}}", n + 1).repeat(10);
        site.write(&format!("templates/l{n}.html"), if n == 11 { String::new() } else { next });
    }
    let problems = site.build();
    assert!(problems.len() == 1 && problems[0].message.contains("steps"), "{problems:#?}");
    // Components that call themselves ten times each.
    let calls = "{{ <a n={n + 1} /> }}".repeat(10);
    let text = format!(
        "{{% component a(n: number) %}}{{% if n < 19 %}}{calls}{{% endif %}}{{% endcomponent a %}}{{{{ <a n={{1}} /> }}}}"
    );
    let problems = themed(text).build();
    assert!(problems.len() == 1 && problems[0].message.contains("steps"), "{problems:#?}");
}

#[test]
fn templates_lie_in_each_other_so_deep_and_no_deeper() {
    let block = "{% block a %}{{ super() }}{% endblock %}";
    for (tag, behind, last, most) in [("include", "", "", 63), ("extends", block, "{% block a %}{% endblock %}", 62)] {
        for deep in [most, most + 1] {
            let template = |n| format!("{{% {tag} \"c{n}.html\" %}}{behind}");
            let site = themed(template(0));
            for n in 0..deep {
                site.write(&format!("templates/c{n}.html"), template(n + 1));
            }
            site.write(&format!("templates/c{deep}.html"), last);
            let problems = site.check();
            assert_eq!(problems.len(), usize::from(deep > most), "{tag} {deep}: {problems:#?}");
            assert!(problems.iter().all(|problem| problem.message.contains("too deep")), "{problems:#?}");
        }
    }
}

#[test]
fn values_that_multiply_are_stopped_where_they_are_made() {
    let doubled = |start: &str, next: &str| {
        format!(
            "{{% set v = {start} %}}{{% for i in range(end=100000) %}}\n{{% set_global v = {next} %}}{{% endfor %}}{{{{ v }}}}"
        )
    };
    for (start, next, words) in [
        ("\"abcdefgh\"", "v ~ v", "too large"),
        ("[1]", "[v, v]", "too large"),
        ("[1]", "{\"a\": v, \"b\": v}", "too large"),
        ("[1]", "[...v, ...v, ...v, ...v]", "too large"),
        ("1", "[v]", "too deep"),
        // In one step from little to more than there is.
        ("\"aaaaaaaaaaaaaaaa\"", "v | replace(from=\"a\", to=v)", "more than 1 GB of memory"),
    ] {
        themed(doubled(start, next)).refuse("template", &format!("{TEMPLATE}:2:1"), words);
    }
}

#[test]
fn memory_is_bounded_where_nothing_counts() {
    let line = "x".repeat(100_000);
    let text = format!("{{% set a %}}\n{{% for i in range(end=100000) %}}{line}{{% endfor %}}{{% endset %}}");
    themed(text).refuse_to_build("template", &format!("{TEMPLATE}:2:1"), "more than 1 GB of memory");
}

/// The first page of its kind is made at once, the others when they are asked for.
#[test]
fn a_server_ends_with_a_report_before_the_memory_does() {
    let site = themed("");
    site.topic("other", topic("Other", ""));
    let line = "x".repeat(100_000);
    let lines = format!("{{% set a %}}{{% for i in range(end=100000) %}}{line}{{% endfor %}}{{% endset %}}");
    site.write(TEMPLATE, format!("fine{{% if page.title == \"Other\" %}}\n{lines}{{% endif %}}"));
    let mut server = Server::start(site.root());
    assert!(get(server.address(), "/topics/case/").body.starts_with("fine"));
    let mut asked = TcpStream::connect(server.address()).unwrap();
    asked.write_all(b"GET /topics/other/ HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    server.hear("more than 1 GB of memory");
    server.hear(&format!("{TEMPLATE}:2:12"));
    until("the server ends", || (!server.runs()).then_some(()));
}

#[test]
fn time_is_bounded_where_nothing_counts() {
    let text = "\n{% set a = [ ([1 for b in range(end=100000)] | length) for c in range(end=100000)] %}";
    themed(text).refuse("template", &format!("{TEMPLATE}:2:1"), "more than 20 seconds");
}

#[test]
fn there_are_so_many_templates_and_branches_and_no_more() {
    let branches = |n| format!("{{% if page %}}{}{{% endif %}}", "{% elif page %}".repeat(n));
    assert_eq!(themed(branches(1_000)).check().len(), 0);
    themed(branches(100_000)).refuse("template", &format!("{TEMPLATE}:1:1"), "`elif`s");
    let site = themed("");
    for n in 1..1_000 {
        site.write(&format!("templates/t{n:04}.html"), format!("{{% include \"t{:04}.html\" %}}", n + 1));
    }
    site.write("templates/t1000.html", "");
    site.refuse("template", "templates/topic.html:1:1", "1001 templates");
    fs::remove_file(site.path("templates/t1000.html")).unwrap();
    site.write("templates/t0999.html", "");
    assert_eq!(site.check().len(), 0);
}

#[test]
fn a_page_without_end_is_stopped() {
    let text = format!("{{% for a in range(end=100000) %}}{}{{% endfor %}}", "x".repeat(2_000));
    themed(text).refuse("template", &format!("{TEMPLATE}:1:1"), "larger than");
}

#[test]
fn ordinary_templates_have_room() {
    let text = "{% extends \"default/topic.html\" %}{% block content %}{% for a in range(end=50000) %}{% if a == 7 %}{{- a }}\
                {%- endif %}{% endfor %}{{ super() }}{% endblock %}";
    let site = themed(text);
    site.write("templates/plain.html", "");
    let problems = site.check();
    assert!(!problems.iter().any(|problem| problem.message.contains("steps")), "{problems:#?}");
}
