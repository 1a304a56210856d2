//! The machine fails or kills a build at one call after the other: what it says, what readers have then, and that the next
//! build mends it. `strace` makes the calls fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use crate::network::can_trace;
use crate::program::{self, succeed, write};
use crate::scene::{MARKS, Random, Scene, names, while_somebody};
use crate::site::finish;
use crate::tree::{self, Tree};

/// What failing disks, full ones and lost permissions say, and how people read that.
const ERRORS: [(&str, &str); 3] =
    [("ENOSPC", "No space left"), ("EIO", "Input/output error"), ("EACCES", "Permission denied")];

/// How the new site takes the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Both folders change names.
    Exchange,
    /// The file system cannot do that, and says so with this error.
    FileByFile(&'static str),
}

/// Two sites of different files, what each looks like when it is published, and a folder for the output alone.
struct Stage {
    scene: Scene,
    way: Way,
    whole: [Tree; 2],
}

impl Stage {
    /// The old site is published.
    fn new(way: Way) -> Stage {
        let scene = Scene::of(1);
        let sites = MARKS.map(|mark| scene.site(mark));
        // What is a file of one site is a folder of the other, and each has files that the other lacks.
        write(&sites[0].join("static/one"), "old");
        write(&sites[1].join("static/one/two.txt"), "new");
        write(&sites[0].join("static/old.txt"), "old");
        write(&sites[1].join("content/tea/02-leaves/new.md"), "---\ntitle: New\nsummary: It.\neffort: 1h\n---\n");
        fs::create_dir(scene.path("desk")).unwrap();
        let mut stage = Stage { scene, way, whole: Default::default() };
        let output = stage.output();
        succeed(&mut stage.scene.build(MARKS[0], &output));
        // What no build wrote.
        write(&output.join("CNAME"), "roads.example");
        write(&output.join("topics/mine/note.txt"), "mine");
        for at in [1, 0] {
            succeed(&mut stage.scene.build(MARKS[at], &output));
            stage.whole[at] = tree::read(&output);
        }
        stage
    }

    fn output(&self) -> PathBuf {
        self.scene.path("desk/public")
    }

    fn log(&self) -> PathBuf {
        self.scene.path("log")
    }

    /// A build of one of the sites, traced as it is told to be. It has one thread, so that its calls come in one order.
    fn traced(&self, mark: &str, trace: &str, fault: Option<&str>) -> Command {
        let build = self.scene.build(mark, &self.output());
        let mut run = program::command("strace");
        run.args(["-f", "-qq", "-y", "-o"]).arg(self.log());
        // It stops at these calls alone, where no signal can be sent.
        if !fault.is_some_and(|fault| fault.contains("signal")) {
            run.arg("--seccomp-bpf");
        }
        run.args(["-e", &format!("trace={trace}")]);
        let way = match self.way {
            Way::Exchange => None,
            Way::FileByFile(error) => Some(format!("renameat2:error={error}")),
        };
        for inject in way.as_deref().into_iter().chain(fault) {
            run.args(["-e", &format!("inject={inject}")]);
        }
        let arguments = build.get_args().filter(|argument| *argument != "--quiet");
        run.arg(build.get_program()).args(arguments).current_dir(build.get_current_dir().unwrap());
        run.envs(build.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("RAYON_NUM_THREADS", "1");
        run
    }

    /// The calls that a build of the new site makes in the folder of the output, by thread and name: for each, how many of
    /// the name the thread has made by then. Those that threads make before the program itself begins are left out.
    fn calls(&self) -> BTreeMap<(String, String), Vec<usize>> {
        succeed(&mut self.traced(MARKS[1], "%file,%desc", None));
        let log = fs::read_to_string(self.log()).unwrap();
        let desk = self.scene.path("desk").display().to_string();
        let (mut counts, mut loading, mut found) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        let mut has_begun = false;
        for line in log.lines() {
            let Some((thread, call)) = line.split_once(' ') else { continue };
            let Some((name, _)) = call.trim_start().split_once('(').filter(|(name, _)| !name.contains(' ')) else {
                continue;
            };
            let count: &mut usize = counts.entry((thread, name)).or_default();
            *count += 1;
            has_begun |= line.contains("site.toml");
            if !has_begun {
                loading.insert(name, *count);
            } else if line.contains(&desk) && loading.get(name).is_none_or(|early| *count > *early) {
                found.entry((thread.to_owned(), name.to_owned())).or_default().push(*count);
            }
        }
        self.mend("the calls");
        // What cannot fail in a way that matters.
        found.retain(|(_, name), _| !["close", "mmap", "lseek", "execve"].contains(&name.as_str()));
        found
    }

    /// Some of the calls of each name: of each thread the first, the last, and one between.
    fn chosen(&self, random: &mut Random) -> BTreeSet<(String, usize)> {
        let mut chosen = BTreeSet::new();
        for ((_, name), at) in self.calls() {
            for place in [0, at.len() - 1, random.below(at.len() as u64) as usize] {
                chosen.insert((name.clone(), at[place]));
            }
        }
        chosen
    }

    fn was_injected(&self) -> bool {
        fs::read_to_string(self.log()).unwrap().contains("(INJECTED)")
    }

    /// The output is one of the sites.
    fn expect(&self, at: usize, what: &str) {
        assert_eq!(tree::differences(&self.whole[at], &tree::read(&self.output())), "", "{what}");
    }

    /// The output is one of the sites, or where files are replaced one by one, some of both.
    fn expect_some_site(&self, what: &str) {
        let now = tree::read(&self.output());
        if self.way == Way::Exchange {
            assert!(self.whole.contains(&now), "{what}: {}", tree::differences(&self.whole[0], &now));
            return;
        }
        let [old, new] = &self.whole;
        for path in old.keys().chain(new.keys()).chain(now.keys()) {
            if path == ".roadbook-manifest" || path.starts_with(".roadbook-tmp-") {
                continue;
            }
            let (old, new, now) = (old.get(path), new.get(path), now.get(path));
            let is_whole = now == old || now == new;
            assert!(is_whole || (now.is_none() && !(old.is_some() && new.is_some())), "{what}: {path}");
        }
    }

    /// Does as an author who is told that a folder was set aside, as nobody could see whose files are in it.
    fn clear_away(&self, said: &str) {
        let desk = self.scene.path("desk");
        for name in names(&desk).iter().filter(|name| name.starts_with("public.")) {
            let kept = desk.join(name);
            assert!(said.contains(kept.to_str().unwrap()), "{name} is not told: {said}");
            fs::remove_dir_all(kept).unwrap();
        }
    }

    /// The next build makes the old site, and nothing of the disturbed one is left.
    fn mend(&self, what: &str) {
        succeed(&mut self.traced(MARKS[0], "renameat2", None));
        self.expect(0, what);
        assert_eq!(names(&self.scene.path("desk")), BTreeSet::from(["public".to_owned()]), "{what}");
    }
}

/// Lets calls fail, alone or with all that follow.
fn fail(way: Way, seed: u64) {
    if !can_trace() {
        return;
    }
    let stage = Stage::new(way);
    let mut random = Random(seed);
    let (mut faults, mut refusals) = (0, 0);
    for (call, n) in stage.chosen(&mut random) {
        let (error, reason) = ERRORS[random.below(3) as usize];
        let others = ["", "+"][random.below(2) as usize];
        let fault = format!("{call}:error={error}:when={n}{others}");
        let (status, _, said) = finish(&mut stage.traced(MARKS[1], &format!("renameat2,{call}"), Some(&fault)));
        let what = format!("{fault}: {status}: {said}");
        assert!(stage.was_injected(), "never happened: {what}");
        faults += 1;
        match status.code() {
            Some(0) => {
                stage.expect(1, &what);
                stage.clear_away(&said);
            }
            Some(3) => {
                refusals += 1;
                // Where a file cannot be asked about, something else may fail for it.
                let reason = if call.contains("stat") { "(os error" } else { reason };
                // What cannot be written may be what is said.
                let is_told =
                    said.lines().any(|line| line.starts_with("error: ") && line.contains('`') && line.contains(reason));
                assert!(is_told || (call == "write" && said.is_empty()), "{what}");
                stage.expect_some_site(&what);
                assert!(way != Way::Exchange || tree::read(&stage.output()) == stage.whole[0], "{what}");
            }
            _ => panic!("{what}"),
        }
        stage.mend(&what);
    }
    println!("{faults} faults, {refusals} refusals");
    assert!(refusals > 5, "only {refusals}");
}

#[test]
fn any_call_may_fail() {
    fail(Way::Exchange, 0x5eed_0003);
}

#[test]
fn any_call_may_fail_while_files_are_replaced_one_by_one() {
    fail(Way::FileByFile("EINVAL"), 0x5eed_0004);
}

/// Kills builds at the calls that change something on the disk.
fn kill(way: Way, seed: u64) {
    if !can_trace() {
        return;
    }
    let stage = Stage::new(way);
    let changes = |name: &str| {
        ["rename", "link", "unlink", "rmdir", "mkdir", "chmod", "fchmod"].iter().any(|change| name.starts_with(change))
    };
    let mut kills = 0;
    for (call, n) in stage.chosen(&mut Random(seed)).into_iter().filter(|(call, _)| changes(call)) {
        // A call that fails to be exchanged cannot be killed, too.
        if way != Way::Exchange && call == "renameat2" {
            continue;
        }
        let fault = format!("{call}:signal=KILL:when={n}");
        let mut run = stage.traced(MARKS[1], &format!("renameat2,{call}"), Some(&fault));
        let status: ExitStatus = run.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.signal(), Some(9), "{fault}: {status}");
        kills += 1;
        stage.expect_some_site(&fault);
        stage.mend(&fault);
    }
    println!("{kills} kills");
    assert!(kills > 5, "only {kills}");
}

#[test]
fn any_change_may_be_the_last() {
    kill(Way::Exchange, 0x5eed_0005);
}

#[test]
fn any_change_may_be_the_last_while_files_are_replaced_one_by_one() {
    kill(Way::FileByFile("EINVAL"), 0x5eed_0006);
}

/// Where folders cannot be exchanged, readers have pages of the old site and of the new one for a moment, each of them
/// whole, and at every moment.
#[test]
fn a_disk_that_cannot_exchange_folders_gets_whole_pages() {
    if !can_trace() {
        return;
    }
    for error in ["EINVAL", "ENOSYS"] {
        let stage = Stage::new(Way::FileByFile(error));
        let [old, new] = &stage.whole;
        let both: Vec<&String> = old.keys().filter(|path| new.contains_key(*path) && !path.starts_with('.')).collect();
        let read = || {
            for path in &both {
                let bytes = fs::read(stage.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert!(bytes == old[*path] || bytes == new[*path], "{path} is neither old nor new");
            }
            true
        };
        while_somebody(read, || {
            for at in [1, 0, 1, 0, 1] {
                succeed(&mut stage.traced(MARKS[at], "renameat2", None));
                assert!(stage.was_injected());
                stage.expect(at, error);
            }
        });
        stage.mend(error);
    }
}
