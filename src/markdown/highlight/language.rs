//! Languages: the name that an author gives a code block, and the syntax that reads it.
//!
//! * In: a name, an extension or a common alias, in any case.
//! * Out: a syntax, or none.
//! * Refuses to: guess a language from the code.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// What authors write for a language, and a name or extension by which the syntaxes know it.
///
/// JavaScript goes by extension: the syntax of that very name never gets past `x /*`.
const ALIASES: [(&str, &str); 60] = [
    ("apache", "Apache Conf"),
    ("apacheconf", "Apache Conf"),
    ("asm", "nasm"),
    ("bat", "bat"),
    ("c#", "cs"),
    ("cjs", "js"),
    ("conf", "ini"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("docker", "Dockerfile (with bash)"),
    ("dockerfile", "Dockerfile (with bash)"),
    ("containerfile", "Dockerfile (with bash)"),
    ("docker-compose", "yaml"),
    ("compose", "yaml"),
    ("dotenv", ".env"),
    ("env", ".env"),
    ("f#", "F#"),
    ("fs", "F#"),
    ("fsharp", "F#"),
    ("golang", "go"),
    ("gitignore", ".gitignore"),
    ("hcl", "tf"),
    ("html5", "html"),
    ("javascript", "js"),
    ("jsx", "JavaScript (Babel)"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("ksh", "bash"),
    ("latex", "tex"),
    ("make", "makefile"),
    ("mariadb", "sql"),
    ("mjs", "js"),
    ("mysql", "sql"),
    ("node", "js"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("pgsql", "sql"),
    ("plpgsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("posix", "bash"),
    ("powershell", "ps1"),
    ("properties", "properties"),
    ("proto3", "proto"),
    ("pwsh", "ps1"),
    ("py3", "py"),
    ("python3", "py"),
    ("regex", "re"),
    ("regexp", "re"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("sqlite", "sql"),
    ("terminal", "bash"),
    ("tsql", "sql"),
    ("typescriptreact", "tsx"),
    ("vuejs", "vue"),
    ("xhtml", "html"),
    ("zsh", "bash"),
];

/// Names for text that is no language. The syntaxes would find some of them as extensions.
const PLAIN: [&str; 9] = ["", "text", "txt", "plain", "plaintext", "none", "output", "ascii", "log"];

/// The syntax for a language, if there is one.
pub(super) fn find<'s>(syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    let language = language.trim().to_lowercase();
    if PLAIN.contains(&language.as_str()) {
        return None;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
    let name = alias.map_or(language.as_str(), |(_, name)| name);
    syntaxes.find_syntax_by_token(name)
}

#[cfg(test)]
mod tests {
    use super::super::SYNTAXES;
    use super::*;

    #[test]
    fn languages_are_found() {
        for (name, expected) in [
            ("Rust", "Rust"),
            ("rs", "Rust"),
            ("js", "JavaScript (Babel)"),
            ("ts", "TypeScript"),
            ("PY", "Python"),
            ("sh", "Bourne Again Shell (bash)"),
            ("console", "Bourne Again Shell (bash)"),
            ("shell", "Bourne Again Shell (bash)"),
            ("yml", "YAML"),
            ("toml", "TOML"),
            ("sql", "SQL"),
            ("dockerfile", "Dockerfile (with bash)"),
            ("docker", "Dockerfile (with bash)"),
            ("nginx", "nginx"),
            ("graphql", "GraphQL"),
            ("http", "HTTP Request and Response"),
            ("proto", "Protocol Buffer"),
            ("c++", "C++"),
            ("c", "C"),
            ("c#", "C#"),
            ("go", "Go"),
            ("java", "Java"),
            ("javascript", "JavaScript (Babel)"),
            ("kotlin", "Kotlin"),
            ("html", "HTML"),
            ("css", "CSS"),
            ("diff", "Diff"),
            ("json", "JSON"),
            ("jsx", "JavaScript (Babel)"),
            ("tf", "Terraform"),
        ] {
            assert_eq!(find(&SYNTAXES, name).map(|s| s.name.as_str()), Some(expected), "{name}");
        }
        for name in PLAIN.iter().chain(&["mermaid", "no such", "\"><b>"]) {
            assert!(find(&SYNTAXES, name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_alias_leads_somewhere() {
        for (alias, _) in ALIASES {
            assert!(find(&SYNTAXES, alias).is_some(), "{alias}");
        }
    }
}
