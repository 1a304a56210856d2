//! Where pages are, and how one page links to another.

/// Paths of pages below the base URL; each begins and ends with `/`.
pub mod path {
    /// Bytes of one part of a path: it becomes the name of a file or folder, which on most disks ends there.
    pub const NAME_BYTES: usize = 255;

    /// The home page.
    pub const HOME: &str = "/";
    /// All topics.
    pub const TOPICS: &str = "/topics/";
    /// All tags.
    pub const TAGS: &str = "/tags/";
    /// Which topic is in which roadmap.
    pub const COMPARE: &str = "/compare/";

    /// The search page, with its index below it.
    pub const SEARCH: &str = "/search/";
    /// The names that are searched at once.
    pub const SEARCH_INDEX: &str = "/search/index.json";

    /// A file of the summaries that search results show, from 0.
    pub fn search_details(at: usize) -> String {
        format!("/search/details-{at}.json")
    }

    /// A file of the full text, from 0.
    pub fn search_text(at: usize) -> String {
        format!("/search/text-{at}.json")
    }

    /// A part of the words that the theme's scripts use; `""` for those that all pages may need.
    pub fn words(part: &str) -> String {
        if part.is_empty() { "/assets/words.js".into() } else { format!("/assets/words-{part}.js") }
    }

    /// What a home screen wants to know.
    pub const MANIFEST: &str = "/manifest.webmanifest";

    /// A roadmap.
    pub fn roadmap(id: &str) -> String {
        format!("/{id}/")
    }

    /// A stage of a roadmap.
    pub fn stage(roadmap: &str, stage: &str) -> String {
        format!("/{roadmap}/{stage}/")
    }

    /// A roadmap's timeline.
    pub fn timeline(roadmap: &str) -> String {
        format!("/{roadmap}/timeline/")
    }

    /// The reader's own plan of a roadmap.
    pub fn plan(roadmap: &str) -> String {
        format!("/{roadmap}/plan/")
    }

    /// A roadmap with all its texts on one page.
    pub fn print(roadmap: &str) -> String {
        format!("/{roadmap}/print/")
    }

    /// A roadmap's stages as a calendar.
    pub fn calendar(roadmap: &str) -> String {
        format!("/{roadmap}/plan.ics")
    }

    /// What a reader's own plan is reckoned from.
    pub fn road(roadmap: &str) -> String {
        format!("/{roadmap}/plan/road.json")
    }

    /// A roadmap as one picture.
    pub fn poster(id: &str) -> String {
        format!("/{id}/roadmap.svg")
    }

    /// A topic, wherever it is placed.
    pub fn topic(id: &str) -> String {
        format!("/topics/{id}/")
    }

    /// A tag.
    pub fn tag(slug: &str) -> String {
        format!("/tags/{slug}/")
    }

    /// A plain page.
    pub fn page(name: &str) -> String {
        format!("/{name}/")
    }

    /// The file of a page: a folder's is its `index.html`.
    pub fn file(path: &str) -> String {
        let path = path.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}

/// How links are written: from the root of the host, or relative for `file://`.
#[derive(Clone, Debug)]
pub struct Urls {
    /// The base URL, with a final `/`; `/` alone when the author gave none.
    pub base_url: String,
    /// Relative links that name files, so that pages work from a folder.
    pub offline: bool,
}

impl Urls {
    /// The path of the site on its host, with `/` at both ends.
    pub fn base_path(&self) -> &str {
        crate::config::base_path(&self.base_url)
    }

    /// A link on the page `from` to the path `to`, which may end in `#anchor`.
    pub fn href(&self, from: &str, to: &str) -> String {
        if !self.offline {
            return format!("{}{}", self.base_path(), to.trim_start_matches('/'));
        }
        let (path, anchor) = to.split_at(to.find('#').unwrap_or(to.len()));
        let depth = path::file(from).matches('/').count();
        format!("{}{}{anchor}", "../".repeat(depth), path::file(path))
    }

    /// The whole address of a path, as far as the base URL is known.
    pub fn absolute(&self, to: &str) -> String {
        format!("{}{}", self.base_url, to.trim_start_matches('/'))
    }

    /// The whole address of a path, or nothing when the author gave no base URL.
    pub fn canonical(&self, to: &str) -> Option<String> {
        (self.base_url != "/").then(|| self.absolute(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_work_under_a_path_and_from_a_folder() {
        let urls = Urls { base_url: "https://example.org/maps/".into(), offline: false };
        assert_eq!(urls.href("/topics/http/", "/topics/dns/#ttl"), "/maps/topics/dns/#ttl");
        let urls = Urls { offline: true, ..urls };
        assert_eq!(urls.href("/topics/http/", "/topics/dns/#ttl"), "../../topics/dns/index.html#ttl");
        assert_eq!(urls.href("/", "/assets/style.css"), "assets/style.css");
        assert_eq!(urls.href("/404.html", "/"), "index.html");
    }
}
