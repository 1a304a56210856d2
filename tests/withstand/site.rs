//! A site made for one case, and what the program says of it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::program;

/// Whoever takes longer than this hangs. No measure of speed: an ordinary case takes a hundredth.
const PATIENCE: Duration = Duration::from_secs(300);

/// The address space that a run may take, in kilobytes: far more than a case needs, far less than a bomb takes.
const MEMORY: u64 = 6 << 20;

/// Below this, topics are placed in the site's only stage.
pub const STAGE: &str = "content/road/01-stage";

/// A site of one roadmap and one stage, in a folder that goes away.
pub struct Site(TempDir);

impl Site {
    /// The site without a topic.
    pub fn new() -> Self {
        let site = Site(tempfile::tempdir().unwrap());
        site.write("site.toml", "title = \"Roads\"\n");
        site.write("content/road/_index.md", "---\ntitle: Road\n---\n");
        site.write(&format!("{STAGE}/_index.md"), "---\ntitle: Stage\n---\n");
        site
    }

    /// The site with one topic of this text.
    pub fn of_topic(text: impl AsRef<[u8]>) -> Self {
        let site = Site::new();
        site.topic("case", text);
        site
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// A path below the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a topic of the stage.
    pub fn topic(&self, name: &str, text: impl AsRef<[u8]>) {
        self.write(&format!("{STAGE}/{name}.md"), text);
    }

    /// The program, to be run on this site, with a cache of its own.
    pub fn command(&self, command: &str) -> Command {
        let mut run = limited();
        run.arg(command).arg("--root").arg(self.root()).current_dir(self.root());
        run.env("XDG_CACHE_HOME", self.path(".cache"));
        run
    }

    /// What `check` reports. The report is checked itself: each problem has a place and a cure, and the exit status is
    /// that of the report.
    pub fn check(&self) -> Vec<Problem> {
        let (status, said, errors) = finish(self.command("check").args(["--format", "json"]));
        let data: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{status}: no report:\n{errors}"));
        let problems: Vec<Problem> = data["diagnostics"].as_array().unwrap().iter().map(Problem::new).collect();
        let bad = problems.iter().any(|problem| problem.is_error);
        assert_eq!(status.code(), Some(i32::from(bad)), "{problems:#?}\n{errors}");
        problems
    }

    /// What a build reports; one with errors publishes nothing.
    pub fn build(&self) -> Vec<Problem> {
        let problems = self.check();
        let (status, _, errors) = finish(self.command("build").arg("--quiet"));
        let bad = problems.iter().any(|problem| problem.is_error);
        assert_eq!(status.code(), Some(i32::from(bad)), "{errors}");
        assert_eq!(self.path("public").exists(), !bad);
        problems
    }

    /// Builds a site in which nothing is wrong.
    pub fn succeed(&self) {
        let (status, _, errors) = finish(self.command("build").args(["--quiet", "--output", "public"]));
        assert!(status.success() && errors.is_empty(), "{errors}");
    }

    /// Checks a site in which one thing is wrong, and looks at it: code, place below the root, words of the message.
    pub fn refuse(&self, code: &str, place: &str, words: &str) {
        self.one(self.check()).expect(code, place, words);
    }

    /// The same where the machine could fall over it, too: it is built.
    pub fn refuse_to_build(&self, code: &str, place: &str, words: &str) {
        self.one(self.build()).expect(code, place, words);
    }

    fn one(&self, problems: Vec<Problem>) -> Problem {
        assert_eq!(problems.len(), 1, "{:#?}", &problems[..problems.len().min(5)]);
        problems.into_iter().next().unwrap()
    }

    /// A page as it was built.
    pub fn page(&self, path: &str) -> String {
        let path = self.path("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// One diagnostic.
#[derive(Debug)]
pub struct Problem {
    /// Its code.
    pub code: String,
    /// Its place: `FILE:LINE:COLUMN`.
    pub place: String,
    /// The message.
    pub message: String,
    /// How many other places it names.
    pub related: usize,
    is_error: bool,
}

impl Problem {
    fn new(data: &Value) -> Self {
        let text = |key: &str| data[key].as_str().unwrap_or_else(|| panic!("no `{key}`: {data}")).to_owned();
        let number = |key: &str| data[key].as_u64().filter(|n| *n > 0).unwrap_or_else(|| panic!("no `{key}`: {data}"));
        assert!(!text("help").is_empty(), "no cure: {data}");
        let message = text("message");
        assert!(!message.contains('\n'), "not one line: {message}");
        Problem {
            code: text("code"),
            place: format!("{}:{}:{}", text("file"), number("line"), number("column")),
            message,
            related: data["related"].as_array().map_or(0, Vec::len),
            is_error: text("severity") == "error",
        }
    }

    /// Compares it.
    pub fn expect(&self, code: &str, place: &str, words: &str) {
        assert_eq!((self.code.as_str(), self.place.as_str()), (code, place), "{self:#?}");
        assert!(self.message.contains(words), "`{words}` is not in: {}", self.message);
    }
}

/// A topic without text.
pub fn topic(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\n{keys}---\n")
}

/// The program with bounded memory, where the system can bound it.
pub fn limited() -> Command {
    let Some(shell) = Some("/bin/sh").filter(|shell| cfg!(target_os = "linux") && Path::new(shell).exists()) else {
        return program::roadbook(Path::new("."));
    };
    let mut run = program::command(shell);
    run.args(["-c", &format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_roadbook")]);
    run
}

/// Runs a command to its end: its status, what it prints and what it says. Fails when it hangs or dies.
pub fn finish(run: &mut Command) -> (ExitStatus, String, String) {
    let mut child = run.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let listen = |mut pipe: Box<dyn Read + Send>| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            pipe.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        })
    };
    let said = listen(Box::new(child.stdout.take().unwrap()));
    let errors = listen(Box::new(child.stderr.take().unwrap()));
    let status = wait(&mut child).unwrap_or_else(|| panic!("hangs: {run:?}"));
    let (said, errors) = (said.join().unwrap(), errors.join().unwrap());
    assert!(status.code().is_some_and(|code| code < 4) && !errors.contains("panicked at"), "{status}:\n{errors}");
    (status, said, errors)
}

fn wait(child: &mut Child) -> Option<ExitStatus> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(2));
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}
