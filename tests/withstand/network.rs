//! No command but `serve` touches the network, none runs a program, and `serve` listens on this machine alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::write_small_site;
use crate::server::Server;
use crate::site::finish;

/// The commands, each to be run in the folder of a site.
const COMMANDS: [&[&str]; 5] =
    [&["build"], &["check"], &["plan"], &["graph", "--format", "json"], &["check", "--format", "json"]];

fn traced(site: &Path, arguments: &[&str], log: &Path) -> Command {
    let mut run = crate::program::command("strace");
    run.args(["-f", "-qq", "-e", "trace=%network,%process", "-o"]).arg(log);
    run.arg(env!("CARGO_BIN_EXE_roadbook")).args(arguments).current_dir(site);
    run
}

/// Whether processes can be watched here. Where CI runs, they can.
pub fn can_trace() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    let can = strace.status().is_ok_and(|status| status.success());
    if !can {
        let is_there = Command::new("strace").arg("--version").output().is_ok_and(|output| output.status.success());
        assert!(is_there || std::env::var_os("CI").is_none(), "strace is missing");
        println!("skipped: {}", if is_there { "processes may not be traced here" } else { "strace is missing" });
    }
    can
}

#[test]
fn no_command_asks_the_network_or_runs_a_program() {
    let site = tempfile::tempdir().unwrap();
    write_small_site(site.path());
    if !can_trace() {
        return;
    }
    for arguments in COMMANDS {
        let log = site.path().join("log");
        let (status, _, errors) = finish(&mut traced(site.path(), arguments, &log));
        assert!(status.success(), "{arguments:?}: {errors}");
        let log = fs::read_to_string(log).unwrap();
        let calls: Vec<&str> =
            log.lines().filter_map(|line| line.split_once(' ').map(|(_, call)| call.trim())).collect();
        let of = |name: &str| calls.iter().filter(|call| call.starts_with(name)).count();
        assert_eq!(of("execve("), 1, "{arguments:?} runs a program:\n{log}");
        // Threads are made with `clone`, too; processes are not.
        let forks = calls.iter().filter(|call| call.starts_with("clone") && !call.contains("CLONE_THREAD")).count();
        assert_eq!(forks + of("fork(") + of("vfork("), 0, "{arguments:?} makes a process:\n{log}");
        for call in ["socket(", "connect(", "sendto(", "sendmsg(", "bind("] {
            assert_eq!(of(call), 0, "{arguments:?} asks the network:\n{log}");
        }
    }
}

/// The addresses that a process listens on, as `/proc/net` writes them.
fn listening(process: u32) -> BTreeSet<String> {
    let folder = format!("/proc/{process}/fd");
    let links = fs::read_dir(folder).unwrap().flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
    let sockets: BTreeSet<String> =
        links.filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())).collect();
    let tables = ["tcp", "tcp6", "udp", "udp6"].map(|name| (name, format!("/proc/{process}/net/{name}")));
    let mut found = BTreeSet::new();
    for (name, table) in tables {
        for line in fs::read_to_string(table).unwrap_or_default().lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let is_open = name.starts_with("udp") || fields[3] == "0A";
            if is_open && sockets.contains(fields[9]) {
                found.insert(format!("{name} {}", fields[1].split(':').next().unwrap()));
            }
        }
    }
    found
}

#[test]
fn serve_listens_on_this_machine_alone() {
    let site = tempfile::tempdir().unwrap();
    write_small_site(site.path());
    let server = Server::start(site.path());
    // 127.0.0.1, in the order of the machine's bytes.
    let own = if cfg!(target_endian = "little") { "tcp 0100007F" } else { "tcp 7F000001" };
    assert_eq!(listening(server.process()), [own.to_owned()].into());
}
