//! `roadbook serve`: the site on this machine, rebuilt and reloaded as files change.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::progress::Progress;
use super::report::Terminal;
use super::{Common, Failure, site};
use crate::build::{self, Compiled, Content, Options, Session, has_errors};
use crate::diagnostic::human::{self, Style};
use crate::diagnostic::{Checked, Diagnostic, Diagnostics};
use crate::export::desk;
use crate::guard;
use crate::host::live::{Answer, Desk, Live, Site, report_page};
use crate::host::{browser, folder, server, watch};
use crate::source::Folder;

const DEFAULT_PORT: u16 = 4000;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port [default: 4000, or the next that is free]
    #[arg(short, long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; only a loopback address keeps other machines out
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "A")]
    host: IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// The address that opens a file in your editor, such as vscode://file/{path}:{line}:{column} [default:
    /// $ROADBOOK_EDITOR]
    #[arg(long, value_name = "URL")]
    editor: Option<String>,
}

pub fn run(arguments: &Arguments, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
    let root = site::root(common)?;
    let live = Arc::new(Live::at(desk_of(arguments, &root)?));
    let options = Options { highlight: true, today: Some(site::today()?), ..Options::default() };
    let bench = Arc::new(Mutex::new(Bench { session: Session::new(options), folder: None }));
    let workshop = Workshop { root, live: Arc::clone(&live), terminal: *terminal, bench };
    // What is saved while the first build runs is seen too.
    let _watcher = workshop.watch()?;
    workshop.rebuild(&[])?;
    let base_path = live.state().base_path();
    let port = arguments.port.unwrap_or(DEFAULT_PORT);
    let options = server::Options { host: arguments.host, port, port_given: arguments.port.is_some() };
    server::serve(options, live, |address| {
        let url = format!("http://{address}{base_path}");
        terminal.say(&format!("serving {url} (stop with Ctrl-C)"));
        if arguments.open && !browser::open(&url) {
            terminal.say("note: no browser could be opened");
        }
    })
    .map_err(|error| Failure::Machine(format!("the site cannot be served on {}, port {port}: {error}", arguments.host)))
}

/// How to get to files. Other machines, where they are let in, are not told where files lie.
fn desk_of(arguments: &Arguments, root: &Path) -> Result<Desk, Failure> {
    let set = || std::env::var("ROADBOOK_EDITOR").ok().filter(|editor| !editor.is_empty());
    let editor = arguments.editor.clone().or_else(set);
    if let Some(editor) = &editor {
        desk::check_editor(editor).map_err(|reason| {
            let cure = "write an address such as `vscode://file/{path}:{line}:{column}`";
            Failure::Usage(format!("`{editor}` cannot open files: {reason}"), Some(cure.into()))
        })?;
    }
    match arguments.host.is_loopback() {
        true => Ok(Desk { root: Some(desk::slashed(root)), editor }),
        false => Ok(Desk::default()),
    }
}

/// What is needed to build the site again.
#[derive(Clone)]
struct Workshop {
    root: PathBuf,
    live: Arc<Live>,
    terminal: Terminal,
    /// One build at a time, so that the last one is of the last state.
    bench: Arc<Mutex<Bench>>,
}

/// What one build leaves for the next.
struct Bench {
    session: Session,
    /// The folder as it was read, unless something in it was wrong.
    folder: Option<Folder>,
}

impl Bench {
    /// The folder as it is now; only what has changed is read where that is enough.
    fn read(&mut self, root: &Path, changed: &[PathBuf]) -> Result<Checked<Folder>, Failure> {
        let again = self.folder.as_ref().filter(|_| !changed.is_empty());
        let read = match again.and_then(|folder| folder::read_changed(root, folder, changed)) {
            Some(read) => read,
            None => site::read(root)?,
        };
        self.folder = read.diagnostics.iter().next().is_none().then(|| read.value.clone());
        Ok(read)
    }
}

impl Workshop {
    /// Compiles the site and shows it, or the report over the last good one. Where the site has templates of its own,
    /// one page of each kind is rendered at once, so that a broken one is told now and not when a reader comes.
    fn rebuild(&self, changed: &[PathBuf]) -> Result<(), Failure> {
        let mut bench = self.bench.lock().unwrap_or_else(PoisonError::into_inner);
        let start = Instant::now();
        let progress = Progress::begin(&self.terminal, "building");
        let read = bench.read(&self.root, changed)?;
        let compiled = bench.session.compile(read);
        let early = compiled.report(Diagnostics::default());
        let content = self.root.join("content");
        let only_texts = !changed.is_empty() && changed.iter().all(|path| path.starts_with(&content));
        let report = match has_errors(&early) || only_texts || !compiled.site.theme.is_own() {
            true => early,
            false => {
                let stop = |problem| stop(&self.terminal, &compiled, problem);
                let found = guard::during(&compiled.site.theme, stop, || build::check_kinds(&compiled.site));
                compiled.report(found)
            }
        };
        drop(progress);
        self.terminal.report(&report, &compiled.site.sources);
        if has_errors(&report) {
            self.live.fail(human::print(&report, &compiled.site.sources, Style { colour: false }));
        } else {
            let time = start.elapsed().as_millis();
            self.terminal.say(&format!("{} files ready in {time} ms", compiled.site.outputs.len()));
            self.live.publish(Arc::new(Served::new(compiled, report, self.root.clone(), self.terminal)));
        }
        Ok(())
    }

    fn watch(&self) -> Result<watch::Watcher, Failure> {
        let paths = ["site.toml", "content", "static", "templates", "themes"].map(|name| self.root.join(name));
        let workshop = self.clone();
        let rebuild = move |changed: Vec<PathBuf>| {
            if let Err(Failure::Machine(message) | Failure::Usage(message, _)) = workshop.rebuild(&changed) {
                workshop.terminal.error(&message, None);
                workshop.live.fail(message);
            }
        };
        let watcher = watch::watch(&paths, |_: &Path| false, rebuild)
            .map_err(|error| Failure::Machine(format!("the site's folder cannot be watched: {error}")))?;
        if let Some(note) = watcher.note() {
            self.terminal.say(&format!("note: {note}"));
        }
        Ok(watcher)
    }
}

/// Ends the program over a page that takes too much of the machine.
fn stop(terminal: &Terminal, compiled: &Compiled, problem: Diagnostic) {
    terminal.report(&compiled.report(Diagnostics::of(problem)), &compiled.site.sources);
    terminal.say("this page can't be stopped by itself, so nothing is served any more");
    std::process::exit(1);
}

/// A compiled site whose pages are rendered when they are asked for.
struct Served {
    compiled: Compiled,
    /// What is wrong with it, though not enough to keep it back.
    report: Vec<Diagnostic>,
    root: PathBuf,
    by_path: BTreeMap<String, usize>,
    terminal: Terminal,
}

impl Served {
    fn new(compiled: Compiled, report: Vec<Diagnostic>, root: PathBuf, terminal: Terminal) -> Self {
        let outputs = compiled.site.outputs.iter().enumerate();
        let by_path = outputs.map(|(at, output)| (output.path.clone(), at)).collect();
        Served { compiled, report, root, by_path, terminal }
    }

    fn answer(&self, at: usize, status: u16) -> Answer {
        let site = &self.compiled.site;
        let output = &site.outputs[at];
        let content_type = server::content_type(&crate::urls::path::file(&output.path));
        let stop = |problem| stop(&self.terminal, &self.compiled, problem);
        let bytes = match guard::during(&site.theme, stop, || build::render(site, output)) {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(Content::CopyOf(path)) => match folder::read_file(&self.root.join(&path)) {
                Ok(bytes) => bytes,
                Err(error) => return plain(500, format!("{path} cannot be read: {error}")),
            },
            Err(problem) => return self.broken(problem),
        };
        Answer { status, content_type, bytes }
    }

    /// A page whose template fails on it alone: the report, as a page that reloads once it is mended.
    fn broken(&self, problem: Option<Box<Diagnostic>>) -> Answer {
        let report = self.compiled.report(problem.into_iter().collect());
        let report = human::print(&report, &self.compiled.site.sources, Style { colour: false });
        report_page(500, "This page could not be made", &report)
    }
}

impl Site for Served {
    fn get(&self, path: &str) -> Option<Answer> {
        self.by_path.get(path).map(|at| self.answer(*at, 200))
    }

    fn about(&self, path: &str) -> Option<String> {
        let site = &self.compiled.site;
        self.by_path.get(path).map(|at| desk::about(site, &self.report, &site.outputs[*at]))
    }

    fn not_found(&self) -> Answer {
        match self.by_path.get("/404.html") {
            Some(at) => self.answer(*at, 404),
            None => plain(404, "there is no such page".into()),
        }
    }

    fn base_path(&self) -> &str {
        self.compiled.site.urls.base_path()
    }
}

fn plain(status: u16, text: String) -> Answer {
    Answer { status, content_type: "text/plain; charset=utf-8", bytes: text.into_bytes() }
}
