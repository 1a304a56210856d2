//! What the server adds to pages: one script, what it loads, and a page for when there is no site.
//!
//! In: HTML and the version it belongs to. Out: the same HTML with one script element before its end.
//! Nothing else of a page is touched, and nothing of it is needed for the page to work. All of it runs
//! under `default-src 'self'`: no inline script, no inline style.

use super::{Answer, State};

/// The folder, below the base path, of what the server itself serves.
pub(crate) const FOLDER: &str = "__roadbook/";

const SCRIPT: &str = include_str!("live.js");
const PLACES: &str = include_str!("places.js");
const PANEL: &str = include_str!("panel.js");
const STYLE: &str = include_str!("live.css");
const PANEL_STYLE: &str = include_str!("panel.css");

/// The server's own files, by their name below `__roadbook/`.
pub fn asset(name: &str) -> Option<Answer> {
    let (content_type, text) = match name {
        "live.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "places.js" => ("text/javascript; charset=utf-8", PLACES),
        "panel.js" => ("text/javascript; charset=utf-8", PANEL),
        "live.css" => ("text/css; charset=utf-8", STYLE),
        "panel.css" => ("text/css; charset=utf-8", PANEL_STYLE),
        _ => return None,
    };
    Some(Answer { status: 200, content_type, bytes: text.into() })
}

/// Adds the script to an answer if it is an HTML page. `base` is the site's base path.
pub fn inject(mut answer: Answer, base: &str, version: &str) -> Answer {
    if !answer.content_type.starts_with("text/html") {
        return answer;
    }
    let base = escape(base);
    let version = escape(version);
    let script = format!("<script src=\"{base}{FOLDER}live.js\" data-version=\"{version}\" defer></script>");
    let at = end_of_body(&answer.bytes).unwrap_or(answer.bytes.len());
    answer.bytes.splice(at..at, script.into_bytes());
    answer
}

/// The page for every URL while there is no good site yet; it turns into the site by itself.
pub fn unbuilt(state: &State) -> Answer {
    match &state.failure {
        Some(report) => report_page(503, "The site could not be built", report),
        None => report_page(503, "The site is being built", ""),
    }
}

/// A page that shows a report in the place of one that cannot be made.
pub fn report_page(status: u16, title: &str, report: &str) -> Answer {
    let report = escape(report);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<pre id=\"roadbook-report\">{report}</pre>\n</body>\n</html>\n"
    );
    Answer { status, content_type: "text/html; charset=utf-8", bytes: page.into_bytes() }
}

/// Where the last `</body` begins.
fn end_of_body(html: &[u8]) -> Option<usize> {
    const TAG: &[u8] = b"</body";
    html.windows(TAG.len()).rposition(|window| window.eq_ignore_ascii_case(TAG))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
