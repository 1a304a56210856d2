//! Completions and the manual hold every command and every option, and bash takes the completions.

use std::collections::BTreeSet;
use std::process::{Command, Output};

fn roadbook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_roadbook")).args(arguments).output().expect("the program runs")
}

fn printed(arguments: &[&str]) -> String {
    let output = roadbook(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A command as it is typed, and the long options that its help names.
struct Known {
    words: Vec<String>,
    options: BTreeSet<String>,
}

/// Every command that has none below it.
fn commands(above: &[&str]) -> Vec<Known> {
    let help = printed(&[above, &["--help"]].concat());
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> =
        listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    if names.is_empty() {
        let marks = help.lines().filter_map(|line| line.trim_start().strip_prefix('-'));
        let options = marks.flat_map(|line| line.split([' ', ',', '='])).filter(|word| word.starts_with('-'));
        let options = options.map(|word| format!("--{}", word.trim_start_matches('-'))).collect();
        return vec![Known { words: above.iter().map(|word| (*word).to_owned()).collect(), options }];
    }
    names.into_iter().flat_map(|name| commands(&[above, &[name]].concat())).collect()
}

fn all() -> Vec<Known> {
    let all = commands(&[]);
    assert!(all.len() >= 14, "{}", all.len());
    let build = all.iter().find(|known| known.words == ["build"]).unwrap();
    for option in ["--output", "--base-url", "--root", "--help"] {
        assert!(build.options.contains(option), "{:?}", build.options);
    }
    all
}

#[test]
fn the_manual_has_every_command_and_option() {
    let page = printed(&["man"]).replace("\\-", "-");
    // Each part by itself: an option of one command is not looked for in another.
    let parts: Vec<&str> = page.split("\n.SH ").collect();
    let common = parts.iter().find(|part| part.starts_with("OPTIONS")).expect("the options of all commands");
    for known in all() {
        let title = format!("\"ROADBOOK {}\"", known.words.join(" ").to_uppercase());
        let part = parts.iter().find(|part| part.starts_with(&title)).unwrap_or_else(|| panic!("no part {title}"));
        for option in &known.options {
            let here = |text: &str| text.contains(&format!("{option}\\fR")) || text.contains(&format!("{option} "));
            assert!(here(part) || here(common), "{option} of {title}:\n{part}");
        }
    }
}

#[test]
fn the_manual_is_one_that_man_reads() {
    let Ok(check) = Command::new("man").arg("--version").output() else {
        println!("skipped: there is no `man`");
        return;
    };
    let text = String::from_utf8_lossy(&check.stdout).into_owned();
    if !text.starts_with("man ") {
        println!("skipped: `man` is not man-db");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roadbook.1");
    std::fs::write(&path, printed(&["man"])).unwrap();
    let shown =
        Command::new("man").args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]).arg(&path).output().unwrap();
    let warnings = String::from_utf8_lossy(&shown.stderr).into_owned();
    assert!(shown.status.success() && warnings.is_empty(), "{warnings}");
}

#[test]
fn every_shell_gets_every_command_and_option() {
    let all = all();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for known in &all {
            for word in &known.words {
                assert!(script.contains(word.as_str()), "{shell}: `{word}`");
            }
            for option in &known.options {
                let option = if shell == "fish" { option.replace("--", "-l ") } else { option.clone() };
                assert!(script.contains(&option), "{shell}: `{option}` of {:?}", known.words);
            }
        }
    }
}

/// What bash offers for the last of these words.
fn offered(words: &[&str]) -> BTreeSet<String> {
    let script = "source <(\"$ROADBOOK\" completions bash) && complete -p roadbook >/dev/null || exit 9\n\
                  COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1))\n\
                  _roadbook roadbook \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\n\
                  printf '%s\\n' \"${COMPREPLY[@]}\"\n";
    let output = Command::new("bash")
        .env("ROADBOOK", env!("CARGO_BIN_EXE_roadbook"))
        .args(["--norc", "--noprofile", "-c", script, "bash"])
        .args(words)
        .output()
        .expect("bash runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    if Command::new("bash").arg("--version").output().is_err() {
        println!("skipped: there is no bash");
        return;
    }
    for known in all() {
        let words: Vec<&str> = known.words.iter().map(String::as_str).collect();
        let (last, above) = words.split_last().unwrap();
        let begun = [&["roadbook"], above, &[&last[..2]]].concat();
        assert!(offered(&begun).contains(*last), "{begun:?}");
        let options = offered(&[&["roadbook"], &words[..], &["--"]].concat());
        assert!(known.options.is_subset(&options), "{words:?}: {options:?}");
    }
    let formats = offered(&["roadbook", "stats", "--format", ""]);
    assert_eq!(formats, ["json", "table"].map(str::to_owned).into());
}
