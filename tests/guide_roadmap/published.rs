//! What a host gets: the folder `public/`, and who makes it there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::author::Author;

/// Pages and files that readers of the guide's site have.
const PAGES: [&str; 6] =
    ["index.html", "404.html", "sitemap.xml", "bicycle/index.html", "winter/index.html", "compare/index.html"];

/// Whether a folder can be published below an address: the pages are there, and every link leads to a file.
pub fn holds(public: &Path, base_url: &str) {
    let missing: Vec<_> = PAGES.iter().filter(|page| !public.join(page).is_file()).collect();
    assert!(missing.is_empty(), "{} has no {missing:?}", public.display());
    let host = base_url.split("://").nth(1).expect("a whole address").find('/').unwrap() + "https://".len();
    let base = &base_url[host..];
    let mut links = 0;
    for page in pages(public) {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split([' ', '\n']).filter_map(|word| {
            let rest = word.strip_prefix("href=\"").or_else(|| word.strip_prefix("src=\""))?;
            rest.split('"').next().filter(|link| link.starts_with('/'))
        }) {
            let path =
                link.strip_prefix(base).unwrap_or_else(|| panic!("{}: {link} is not below {base}", page.display()));
            let path = path.split(['#', '?']).next().unwrap();
            let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() };
            assert!(public.join(&file).is_file(), "{}: {link} leads nowhere", page.display());
            links += 1;
        }
    }
    assert!(links > 200, "only {links} links found");
    let map = fs::read_to_string(public.join("sitemap.xml")).unwrap();
    assert!(map.contains(&format!("<loc>{base_url}</loc>")), "the sitemap does not name {base_url}");
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = |path: PathBuf| match path.is_dir() {
        true => pages(&path),
        false if path.extension().is_some_and(|ending| ending == "html") => vec![path],
        false => Vec::new(),
    };
    entries.flat_map(pages).collect()
}

/// Addresses that hosts put into the place of their variables, or that authors choose.
const ADDRESSES: [&str; 6] = [
    "${{ steps.pages.outputs.base_url }}",
    "$CI_PAGES_URL",
    "$DEPLOY_PRIME_URL",
    "$URL",
    "https://my-roadmaps.pages.dev/",
    "https://roads.example.org/",
];

/// Runs the commands of a workflow file: first roadbook is installed, but for a script on the author's own machine,
/// then it checks, then it builds, and what it builds holds.
pub fn by_workflow(name: &str, text: &str, author: &mut Author) {
    let address = "https://example.org/deep/roads";
    let text = ADDRESSES.iter().fold(text.to_owned(), |text, name| text.replace(name, address));
    let install = text.find("cargo install --locked");
    assert!(install.is_some() || name.ends_with(".sh"), "{name} does not install roadbook");
    let commands: Vec<(usize, &str)> =
        ["roadbook check", "roadbook build"].iter().filter_map(|start| command(&text, start)).collect();
    let [(check_at, check), (build_at, build)] = commands[..] else { panic!("{name}: {commands:?}") };
    assert!(install < Some(check_at) && check_at < build_at, "{name}: install, check, build");
    assert_eq!(check, "roadbook check --deny-warnings", "{name}");
    assert!(text.contains("public"), "{name} does not publish `public`");
    for command in [check, build] {
        let answer = author.run(command).unwrap();
        assert!(!answer.iter().any(|line| line.starts_with("error") || line.starts_with("warning")), "{answer:?}");
    }
    holds(&author.folder().join("public"), &format!("{address}/"));
}

/// Where a command begins, and the command up to its end.
fn command<'a>(text: &'a str, start: &str) -> Option<(usize, &'a str)> {
    let at = text.rfind(start)?;
    let rest = text[at..].lines().next()?;
    Some((at, rest.split(" && ").next()?.trim_end_matches(['"', ' '])))
}
