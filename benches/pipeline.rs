//! Times the stages of the pipeline; `benches/README.md` says what each figure means.

use std::collections::BTreeSet;
use std::fmt::Write;

use divan::{Bencher, black_box};
use rayon::prelude::*;
use roadbook::build::{self, Compiled, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::search::{self, Corpus};
use roadbook::site::pages::Page;
use roadbook::source::Folder;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const STAGE: usize = 20;

fn main() {
    divan::main();
}

/// A site of `topics` topics, the same at every call.
fn folder(topics: usize) -> Checked<Folder> {
    let mut texts =
        vec![("content/road/_index.md".to_owned(), "---\ntitle: Road\nhours_per_week: 20\n---\n".to_owned())];
    for stage in 0..topics.div_ceil(STAGE) {
        let folder = format!("content/road/{stage:05}-s{stage}");
        texts.push((format!("{folder}/_index.md"), format!("---\ntitle: Stage {stage}\nsummary: One of many.\n---\n")));
        for at in stage * STAGE..((stage + 1) * STAGE).min(topics) {
            texts.push((format!("{folder}/t{at}.md"), topic(at)));
        }
    }
    let value = Folder::of_texts("title = \"Bench\"\nbase_url = \"https://example.org/\"\n", texts);
    Checked { value, diagnostics: Diagnostics::default() }
}

fn topic(at: usize) -> String {
    let mut text =
        format!("---\ntitle: Topic number {at}\nsummary: What topic {at} is about.\neffort: {}h\n", at % 9 + 1);
    let before: BTreeSet<usize> = [at / 2, at.saturating_sub(7)].into_iter().filter(|other| *other < at).collect();
    if !before.is_empty() {
        let ids: Vec<String> = before.iter().map(|id| format!("t{id}")).collect();
        writeln!(text, "requires: [{}]", ids.join(", ")).unwrap();
    }
    writeln!(text, "tags: [tag{}]\n---\n\n## What it is", at % 17).unwrap();
    for paragraph in 0..5 {
        writeln!(
            text,
            "\nParagraph {paragraph} of topic {at} says *something* of use in {} words.",
            "a few more plain ".repeat(10)
        )
        .unwrap();
    }
    writeln!(
        text,
        "\nSee [[t{}]].\n\n```rust\nfn number() -> usize {{\n    // the number of this topic\n    {at}\n}}\n```",
        at / 3
    )
    .unwrap();
    text
}

fn compiled(topics: usize) -> Compiled {
    build::compile(folder(topics), &Options { highlight: true, ..Options::default() })
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn compile(bencher: Bencher, topics: usize) {
    bencher.with_inputs(|| folder(topics)).bench_values(|folder| build::compile(folder, &Options::default()));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn render(bencher: Bencher, topics: usize) {
    let compiled = compiled(topics);
    bencher.bench(|| {
        let sizes = compiled.site.outputs.par_iter().map(|output| match build::render(&compiled.site, output) {
            Ok(build::Content::Bytes(bytes)) => bytes.len(),
            _ => 0,
        });
        sizes.sum::<usize>()
    });
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn search(bencher: Bencher, topics: usize) {
    let Compiled { site, .. } = compiled(topics);
    let corpus = Corpus { documents: &site.documents, roadmaps: &site.roadmaps, sources: &site.sources };
    bencher.bench(|| search::index(&corpus).text.len());
}

#[divan::bench(args = SIZES)]
fn one_page(bencher: Bencher, topics: usize) {
    let compiled = compiled(topics);
    let output = compiled.site.outputs.iter().find(|output| matches!(output.page, Page::Topic(_))).unwrap();
    bencher.bench(|| build::render(black_box(&compiled.site), output).is_ok());
}
