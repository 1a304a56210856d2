//! Languages: the name that an author gives a code block, and the syntax that reads it.
//!
//! * In: a name, an extension or a common alias, in any case.
//! * Out: a syntax, or none.
//! * Refuses to: guess a language from the code.

use super::grammar::SYNTAXES;

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

/// The place in [`SYNTAXES`] of the syntax for a language, if there is one.
pub(super) fn find(language: &str) -> Option<usize> {
    let language = language.trim().to_lowercase();
    if PLAIN.contains(&language.as_str()) {
        return None;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
    let name = alias.map_or(language.as_str(), |(_, name)| name);
    let found = SYNTAXES.find_syntax_by_token(name)?;
    SYNTAXES.syntaxes().iter().position(|syntax| std::ptr::eq(syntax, found))
}

#[cfg(test)]
mod tests {
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
            assert_eq!(find(name).map(|at| SYNTAXES.syntaxes()[at].name.as_str()), Some(expected), "{name}");
        }
        for name in PLAIN.iter().chain(&["mermaid", "no such", "\"><b>"]) {
            assert!(find(name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_alias_leads_somewhere() {
        for (alias, _) in ALIASES {
            assert!(find(alias).is_some(), "{alias}");
        }
    }
}
