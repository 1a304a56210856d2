//! Serves the site that is shown at the moment, to this machine's own browser.
//!
//! In: HTTP requests. Out: the site's answers, with the reload script in HTML pages. A page is made
//! when it is asked for, on a thread where it may take its time, and a panic there is one answer of
//! status 500. Requests that are malformed, come from another site's page, or are addressed to another
//! host are refused before the site hears of them. Nothing is read from the disk here, so no path can
//! lead to a file that is not the site's.

mod content_type;
mod door;
mod listen;
mod path;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::live::{Live, State, asset, inject, unbuilt};

pub use super::live::{Answer, Site};
pub use content_type::content_type;

/// Where and how to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on. Only a loopback address keeps other machines out.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether the author asked for this very port. If not and it is taken, the next ones are tried.
    pub port_given: bool,
}

/// Serves until Ctrl-C. `on_ready` is called once, with the address that is listened on.
pub fn serve(options: Options, live: Arc<Live>, on_ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(16).enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = listen::bind(&options).await?;
        let address = listener.local_addr()?;
        let router = router(options.host, live);
        let server = tokio::spawn(async { axum::serve(listen::Seats::new(listener), router).await });
        on_ready(address);
        let interrupted = tokio::signal::ctrl_c().await;
        server.abort();
        interrupted
    });
    // Open event streams and a page that is being made are not waited for.
    runtime.shutdown_background();
    result
}

/// What answers requests, whichever way they come. `host` is the address that is listened on.
pub fn router(host: IpAddr, live: Arc<Live>) -> Router {
    let server = Arc::new(Server { live, host });
    Router::new().fallback(move |request: Request| {
        let server = Arc::clone(&server);
        async move { server.respond(request).await }
    })
}

/// What all requests share.
struct Server {
    live: Arc<Live>,
    host: IpAddr,
}

impl Server {
    async fn respond(&self, request: Request) -> Response {
        let (request, _) = request.into_parts();
        let is_head = request.method == Method::HEAD;
        let mut response = match self.route(&request).await {
            Ok(response) => response,
            Err(status) => plain(status),
        };
        for (name, value) in [
            (CACHE_CONTROL, "no-store"),
            (HeaderName::from_static("x-content-type-options"), "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (HeaderName::from_static("referrer-policy"), "same-origin"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if is_head {
            *response.body_mut() = Body::empty();
        }
        response
    }

    /// A response, or the status of a refusal.
    async fn route(&self, request: &Parts) -> Result<Response, StatusCode> {
        door::check(request, self.host)?;
        let raw = request.uri.path();
        let path = path::decode(raw)?;
        let state = self.live.state();
        let base = state.base_path();
        // The browser's own page of the server's address, and links that forgot the base path's slash.
        if !path.starts_with(&base) {
            let lost = path == "/" || format!("{path}/") == base;
            return if lost {
                redirect(StatusCode::TEMPORARY_REDIRECT, &path::encode(&base))
            } else {
                Err(StatusCode::NOT_FOUND)
            };
        }
        let inside = &path[base.len() - 1..];
        if let Some(name) = inside.strip_prefix("/__roadbook/") {
            return self.own(name, &request.method, &state).await;
        }
        page(&state, &base, inside, request.uri.query()).await
    }

    /// What the server itself serves: its scripts, what an author wants to know, and the stream of news.
    async fn own(&self, name: &str, method: &Method, state: &State) -> Result<Response, StatusCode> {
        if name == "desk.json" {
            let desk = serde_json::to_string(self.live.desk()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
            return Ok(json(desk));
        }
        if let Some(path) = name.strip_prefix("about").filter(|path| path.starts_with('/')) {
            // Where other machines are let in, they see the pages and not the author's desk.
            return if self.host.is_loopback() { about(state, path).await } else { Err(StatusCode::NOT_FOUND) };
        }
        if name != "events" {
            return asset(name).map(answer).ok_or(StatusCode::NOT_FOUND);
        }
        let body = if method == Method::HEAD { Body::empty() } else { Body::from_stream(self.live.events()) };
        let mut response = Response::new(body);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        Ok(response)
    }
}

async fn page(state: &State, base: &str, path: &str, query: Option<&str>) -> Result<Response, StatusCode> {
    let Some(site) = state.site.clone() else {
        return Ok(answer(inject(unbuilt(state), base, &state.version)));
    };
    let wanted = path.to_owned();
    let found = tokio::task::spawn_blocking(move || look_up(&*site, &wanted));
    match found.await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)? {
        Found::Answer(page) => Ok(answer(inject(page, base, &state.version))),
        Found::Folder => redirect(StatusCode::MOVED_PERMANENTLY, &path::with_slash(path, query)),
    }
}

/// What an author wants to know of the page with this path.
async fn about(state: &State, path: &str) -> Result<Response, StatusCode> {
    let site = state.site.clone().ok_or(StatusCode::NOT_FOUND)?;
    let path = path.to_owned();
    let found = tokio::task::spawn_blocking(move || site.about(&path));
    let about = found.await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    about.map(json).ok_or(StatusCode::NOT_FOUND)
}

fn json(text: String) -> Response {
    answer(Answer { status: 200, content_type: "application/json", bytes: text.into_bytes() })
}

enum Found {
    Answer(Answer),
    Folder,
}

fn look_up(site: &dyn Site, path: &str) -> Found {
    match site.get(path) {
        Some(answer) => Found::Answer(answer),
        None if !path.ends_with('/') && site.get(&format!("{path}/")).is_some() => Found::Folder,
        None => Found::Answer(site.not_found()),
    }
}

fn answer(answer: Answer) -> Response {
    let length = answer.bytes.len();
    let mut response = Response::new(Body::from(answer.bytes));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// A redirect to a path of this server. The path is relative or begins with a single slash.
fn redirect(status: StatusCode, to: &str) -> Result<Response, StatusCode> {
    let mut response = plain(status);
    let place = HeaderValue::from_str(to).map_err(|_| StatusCode::BAD_REQUEST)?;
    response.headers_mut().insert(LOCATION, place);
    Ok(response)
}

/// A few words for whoever gets no page.
fn plain(status: StatusCode) -> Response {
    let words = format!("{} {}\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    let content_type = "text/plain; charset=utf-8";
    let mut response = answer(Answer { status: status.as_u16(), content_type, bytes: words.into_bytes() });
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}
