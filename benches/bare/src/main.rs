//! The stock parts alone: each Markdown file below a folder is read, parsed, its fenced code highlighted with syntect's
//! own generator of classes, and written as one HTML file. No front matter, no links between files, no templates.
//! `bare FROM TO [THREADS]`

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use walkdir::WalkDir;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (from, to, threads) = match arguments.as_slice() {
        [from, to] => (Path::new(from), Path::new(to), 2),
        [from, to, threads] => (Path::new(from), Path::new(to), threads.parse()?),
        _ => return Err("bare FROM TO [THREADS]".into()),
    };
    let syntaxes = two_face::syntax::extra_newlines();
    let files: Vec<PathBuf> = WalkDir::new(from)
        .into_iter()
        .map(|entry| entry.map(walkdir::DirEntry::into_path))
        .collect::<Result<_, _>>()?;
    let markdown = files.par_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.install(|| {
        markdown.try_for_each(|path| {
            let page = page(&fs::read_to_string(path)?, &syntaxes)?;
            write(&to.join(path.strip_prefix(from)?).with_extension("html"), &page)?;
            Ok(())
        })
    })
}

fn page(source: &str, syntaxes: &SyntaxSet) -> Result<String, syntect::Error> {
    let body =
        source.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(source, |(_, body)| body);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut events = Vec::new();
    let mut code: Option<(CowStr, String)> = None;
    for event in Parser::new_ext(body, options) {
        match (event, &mut code) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))), _) => {
                code = Some((language, String::new()))
            }
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (Event::End(TagEnd::CodeBlock), Some((language, text))) => {
                events.push(Event::Html(highlighted(language, text, syntaxes)?.into()));
                code = None;
            }
            (event, _) => events.push(event),
        }
    }
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, events.into_iter());
    Ok(out)
}

fn highlighted(language: &str, code: &str, syntaxes: &SyntaxSet) -> Result<String, syntect::Error> {
    let syntax = syntaxes.find_syntax_by_token(language).unwrap_or_else(|| syntaxes.find_syntax_plain_text());
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, ClassStyle::Spaced);
    for line in code.split_inclusive('\n') {
        generator.parse_html_for_line_which_includes_newline(line)?;
    }
    Ok(format!("<pre><code class=\"language-{language}\">{}</code></pre>\n", generator.finalize()))
}

fn write(path: &Path, page: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, page)
}
