//! Finds a site, reads it, compiles it: what most commands begin with.

use std::path::{Path, PathBuf};

use super::progress::Progress;
use super::report::Terminal;
use super::{Common, Failure};
use crate::build::{self, Compiled, Options};
use crate::config::normal_base_url;
use crate::diagnostic::Checked;
use crate::diagnostic::suggest::nearest;
use crate::host::{clock, folder};
use crate::site::Site;
use crate::source::Folder;
use crate::tree::fields::quoted;

/// The site's folder, whole.
pub fn root(common: &Common) -> Result<PathBuf, Failure> {
    let absolute = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Failure::Usage(format!("`{}` cannot be opened: {error}", path.display()), None))
    };
    match &common.root {
        Some(root) => {
            let root = absolute(root)?;
            match root.join("site.toml").is_file() {
                true => Ok(root),
                false => Err(Failure::Usage(
                    format!("`{}` holds no `site.toml`", root.display()),
                    Some("name the folder of a site".into()),
                )),
            }
        }
        None => {
            let here = absolute(Path::new("."))?;
            folder::find_root(&here).ok_or_else(|| {
                Failure::Usage(
                    "there is no `site.toml` here or in a folder above".into(),
                    Some("run `roadbook init` to make a site, or name one with `--root DIR`".into()),
                )
            })
        }
    }
}

/// Reads a site.
pub fn read(root: &Path) -> Result<Checked<Folder>, Failure> {
    folder::read(root)
        .map_err(|failed| Failure::Machine(format!("`{}` cannot be read: {}", failed.path.display(), failed.error)))
}

/// Reads and compiles a site.
pub fn compile(root: &Path, options: &Options, terminal: &Terminal) -> Result<Compiled, Failure> {
    let _progress = Progress::begin(terminal, "reading the site");
    Ok(build::compile(read(root)?, options))
}

/// A base URL given on the command line.
pub fn base_url(given: Option<&String>) -> Result<Option<String>, Failure> {
    let normal = |url: &String| {
        normal_base_url(url).map_err(|reason| {
            Failure::Usage(
                format!("`{url}` cannot be the base URL: {reason}"),
                Some("write it such as `https://example.org/roadmaps/`".into()),
            )
        })
    };
    given.map(normal).transpose()
}

/// The day of the build.
pub fn today() -> Result<jiff::civil::Date, Failure> {
    clock::today().map_err(|value| {
        let message = format!("{} is `{value}`, which is no number of seconds since 1970", clock::SOURCE_DATE_EPOCH);
        Failure::Usage(
            message,
            Some("unset it, or set it to the time of the last commit: `git log -1 --format=%ct`".into()),
        )
    })
}

/// The place of the roadmap that is meant: by its id, or the only one.
pub fn roadmap(site: &Site, id: Option<&str>) -> Result<usize, Failure> {
    let ids: Vec<&str> = site.roadmaps.roadmaps.iter().map(|roadmap| roadmap.id.as_str()).collect();
    let list = || match ids.as_slice() {
        [] => "a roadmap is a folder of `content/` with an `_index.md`".to_owned(),
        ids => format!("name one of them: {}", quoted(ids)),
    };
    match (id, ids.len()) {
        (Some(id), _) => ids.iter().position(|other| *other == id).ok_or_else(|| {
            let meant = nearest(id, ids.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            Failure::Usage(format!("there is no roadmap `{id}`"), Some(meant.unwrap_or_else(list)))
        }),
        (None, 1) => Ok(0),
        (None, 0) => Err(Failure::Usage("the site has no roadmap".into(), Some(list()))),
        (None, count) => Err(Failure::Usage(format!("the site has {count} roadmaps"), Some(list()))),
    }
}
