//! Two sites that are published into one folder, one after the other, by builds that are disturbed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::program::{roadbook, write, write_small_site};

/// What the pages of the two sites carry.
pub const MARKS: [&str; 2] = ["mark-old", "mark-new"];

/// How many topics a site has beside those of the small one, if nothing else is said.
pub const TOPICS: usize = 40;

/// Numbers that look random and are the same in every run (Marsaglia 2003).
pub struct Random(pub u64);

impl Random {
    /// The next one, below an end.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Two sites, every page of which carries the mark of its own, and one output folder.
pub struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    /// The sites with [`TOPICS`].
    pub fn new() -> Self {
        Scene::of(TOPICS)
    }

    /// The sites with so many topics more.
    pub fn of(topics: usize) -> Self {
        let scene = Scene { folder: tempfile::tempdir().unwrap() };
        // Others must see it, too: some builds run as another user.
        fs::set_permissions(scene.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for mark in MARKS {
            let site = scene.site(mark);
            write_small_site(&site);
            write(&site.join("site.toml"), &format!("title = \"{mark}\"\n"));
            for n in 0..topics {
                let text = format!("---\ntitle: Topic {n}\nsummary: The {n}.\neffort: 1h\n---\n\nIt is {mark}.\n");
                write(&site.join(format!("content/tea/02-leaves/topic-{n}.md")), &text);
            }
        }
        scene
    }

    /// A path below the folder that holds all of it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What is in that folder.
    pub fn names(&self) -> BTreeSet<String> {
        names(self.folder.path())
    }

    /// The folder of one of the sites.
    pub fn site(&self, mark: &str) -> PathBuf {
        self.path(mark)
    }

    /// A build of one of the sites into the output folder.
    pub fn build(&self, mark: &str, output: &Path) -> Command {
        let mut command = roadbook(&self.site(mark));
        command.args(["build", "--quiet", "--output"]).arg(output);
        command.env("XDG_CACHE_HOME", self.path("cache")).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// The files that the list of the folder names.
pub fn listed(output: &Path) -> io::Result<Vec<String>> {
    let list = fs::read_to_string(output.join(".roadbook-manifest"))?;
    assert!(list.ends_with('\n'), "the list of files is cut off");
    Ok(list.lines().skip(1).map(str::to_owned).collect())
}

/// The mark of a page, which must be whole; `None` for one that carries none.
pub fn mark(file: &str, page: &str) -> Option<&'static str> {
    assert!(page.trim_end().ends_with("</html>"), "{file} is cut off");
    let marks: Vec<&str> = MARKS.into_iter().filter(|mark| page.contains(mark)).collect();
    assert!(marks.len() < 2, "{file} is of both sites");
    marks.first().copied()
}

/// The names in a folder.
pub fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Disturbs builds while somebody reads the site again and again, who tells each time whether it was the same throughout.
pub fn while_somebody(reads: impl Fn() -> bool + Sync, disturb: impl FnOnce()) {
    let stop = AtomicBool::new(false);
    let read_on = || {
        let mut times = 0;
        while !stop.load(Ordering::Relaxed) {
            times += usize::from(reads());
        }
        times
    };
    thread::scope(|scope| {
        let reader = scope.spawn(read_on);
        let disturbed = catch_unwind(AssertUnwindSafe(disturb));
        stop.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0, "never read a whole site");
        disturbed.unwrap();
    });
}
