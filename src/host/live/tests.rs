//! What the reload channel says, and what it adds to pages.

use super::*;

struct Text(&'static str);

impl Site for Text {
    fn get(&self, _: &str) -> Option<Answer> {
        Some(html(self.0))
    }

    fn not_found(&self) -> Answer {
        html("no")
    }

    fn base_path(&self) -> &str {
        "/"
    }
}

fn html(text: &str) -> Answer {
    Answer { status: 200, content_type: "text/html; charset=utf-8", bytes: text.into() }
}

#[test]
fn a_site_is_shown_until_there_is_a_better_one() {
    let live = Live::new();
    assert!(live.state().site.is_none());
    live.fail("first".into());
    let before = live.state();
    assert_eq!(before.failure.as_deref(), Some("first"));
    live.publish(Arc::new(Text("one")));
    let good = live.state();
    assert!(good.site.is_some() && good.failure.is_none() && good.version != before.version);
    live.fail("second".into());
    assert!(live.state().site.is_some() && live.state().version == good.version);
    live.recover();
    assert!(live.state().failure.is_none() && live.state().version == good.version);
    live.publish(Arc::new(Text("two")));
    assert!(live.state().version > good.version);
    assert_ne!(Live::new().state().version, Live::new().state().version);
}

#[test]
fn an_event_holds_the_version_and_the_report() {
    let state = |failure: Option<&str>| State { site: None, version: "v".into(), failure: failure.map(Into::into) };
    assert_eq!(stream::event(&state(None)), "event: good\ndata: v\n\n");
    assert_eq!(
        stream::event(&state(Some("one\r\n\ntwo\rid: 3\nevent: good"))),
        "event: failed\ndata: v\ndata: one\ndata: \ndata: two id: 3\ndata: event: good\n\n"
    );
}

#[test]
fn the_script_goes_before_the_end_of_the_body() {
    let text = |answer: Answer| String::from_utf8(answer.bytes).unwrap();
    let script = "<script src=\"/x/__roadbook/live.js\" data-version=\"v\" defer></script>";
    assert_eq!(text(inject(html("<p></BODY ></html>"), "/x/", "v")), format!("<p>{script}</BODY ></html>"));
    assert_eq!(text(inject(html("</body>a</body>"), "/x/", "v")), format!("</body>a{script}</body>"));
    assert_eq!(text(inject(html("a"), "/x/", "v")), format!("a{script}"));
    let style = Answer { content_type: "text/css", ..html("</body>") };
    assert_eq!(inject(style.clone(), "/", "v"), style);
    assert!(text(inject(html(""), "/\"><b>", "v")).contains("src=\"/&quot;&gt;&lt;b&gt;__roadbook"));
}

#[test]
fn the_page_without_a_site_shows_the_report_as_text() {
    let live = Live::new();
    live.fail("<script>\"&".into());
    let page = unbuilt(&live.state());
    assert_eq!(page.status, 503);
    assert!(String::from_utf8(page.bytes).unwrap().contains(">&lt;script&gt;&quot;&amp;</pre>"));
}
