//! Times the stages of the pipeline; `benches/README.md` says what each figure means.

#[allow(dead_code, reason = "sites of other generators are written from it too")]
#[path = "corpus/mod.rs"]
mod corpus;

use corpus::sites::{self, Generator};
use corpus::{Corpus, Shape};
use divan::{Bencher, black_box};
use rayon::prelude::*;
use roadbook::build::{self, Compiled, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::document::place::{Found, Layout};
use roadbook::markdown::{self, Target, highlight};
use roadbook::site::Site;
use roadbook::site::pages::Page;
use roadbook::site::view::view;
use roadbook::source::Folder;
use roadbook::{document, export, links, plan, roadmap, search};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const SEED: u64 = 1;

fn main() {
    divan::main();
}

fn folder(shape: Shape, topics: usize) -> Checked<Folder> {
    let corpus = Corpus::new(shape, topics, SEED);
    let value = Folder::of_texts(sites::SITE_TOML, sites::content(&corpus, Generator::Roadbook).collect());
    Checked { value, diagnostics: Diagnostics::default() }
}

fn compiled(topics: usize) -> Compiled {
    build::compile(folder(Shape::Roads, topics), &Options { highlight: true, ..Options::default() })
}

/// All of it but the bytes of pages.
#[divan::bench(args = SIZES, sample_count = 10)]
fn compile(bencher: Bencher, topics: usize) {
    let folder = folder(Shape::Roads, topics);
    bencher.with_inputs(|| folder.clone()).bench_values(|folder| build::compile(folder, &Options::default()));
}

/// The same of sites that grow in one direction.
#[divan::bench(args = [(Shape::Road, 10_000), (Shape::Stage, 2_000), (Shape::Flat, 10_000)], sample_count = 5)]
fn compile_shape(bencher: Bencher, (shape, topics): (Shape, usize)) {
    let folder = folder(shape, topics);
    bencher.with_inputs(|| folder.clone()).bench_values(|folder| build::compile(folder, &Options::default()));
}

/// Front matter and outlines, on one core.
#[divan::bench(args = SIZES, sample_count = 10)]
fn documents(bencher: Bencher, topics: usize) {
    let Folder { sources, content, .. } = folder(Shape::Roads, topics).value;
    let paths: Vec<&str> = content.iter().map(|file| sources.get(*file).path.trim_start_matches("content/")).collect();
    let layout = Layout::new(paths.iter().copied());
    bencher.bench(|| {
        let mut out = Diagnostics::default();
        let options = markdown::Options::default();
        let read = content.iter().zip(&paths).filter_map(|(file, path)| match layout.find(path) {
            Found::Document(place) => Some(document::read(
                *file,
                sources.get(*file),
                place,
                |text| markdown::outline(text, &options),
                &mut out,
            )),
            _ => None,
        });
        read.count()
    });
}

/// Ids become indices, topics are placed.
#[divan::bench(args = SIZES, sample_count = 10)]
fn resolve(bencher: Bencher, topics: usize) {
    let Site { documents, sources, config, .. } = compiled(topics).site;
    bencher.bench(|| {
        let asked = roadmap::Options::default();
        roadmap::resolve(&documents, &sources, &config, asked)
    });
}

/// Orders, efforts, timelines.
#[divan::bench(args = SIZES, sample_count = 10)]
fn plans(bencher: Bencher, topics: usize) {
    let site = compiled(topics).site;
    bencher.bench(|| plan::plan(&site.roadmaps, &mut Diagnostics::default()));
}

/// Where all links lead.
#[divan::bench(args = SIZES, sample_count = 10)]
fn link_check(bencher: Bencher, topics: usize) {
    let site = compiled(topics).site;
    let checks = links::Checks { markdown: &site.markdown, sources: &site.sources, wanted: Default::default() };
    bencher.bench(|| links::check(&site.links(), checks));
}

/// The texts as HTML, without highlighting, on one core.
#[divan::bench(args = SIZES, sample_count = 5)]
fn html(bencher: Bencher, topics: usize) {
    let site = compiled(topics).site;
    let options = markdown::Options { highlight: false, ..markdown::Options::default() };
    let resolve = |_: &markdown::Link| Target::To { href: "/topics/http/".into(), title: None };
    bencher.bench(|| {
        let texts = site.documents.iter().map(|document| &site.sources.get(document.file).text[document.body.clone()]);
        texts.map(|text| markdown::to_html(text, &options, &resolve).html.len()).sum::<usize>()
    });
}

/// One block of code of each language.
#[divan::bench(args = corpus::code::CODE.map(|(language, _)| language))]
fn highlighted(bencher: Bencher, language: &str) {
    let code = corpus::code::CODE.iter().find(|(name, _)| *name == language).map_or("", |(_, code)| code);
    bencher.bench(|| highlight::highlight(black_box(code), language));
}

/// What the templates are given for all pages, texts and highlighting included, on one core.
#[divan::bench(args = [100, 1_000], sample_count = 5)]
fn views(bencher: Bencher, topics: usize) {
    let site = compiled(topics).site;
    bencher.bench(|| {
        let views = site.outputs.iter().filter_map(|output| view(&site, &output.path, &output.page));
        views.count()
    });
}

/// The data of all roadmaps and the sitemap.
#[divan::bench(args = SIZES, sample_count = 10)]
fn data(bencher: Bencher, topics: usize) {
    let site = compiled(topics).site;
    bencher.bench(|| {
        let roadmaps = (0..site.roadmaps.roadmaps.len()).map(|at| export::roadmap_json::render(&site, at).len());
        roadmaps.sum::<usize>() + export::sitemap::render(&site).len()
    });
}

/// The bytes of every page, on all cores.
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
fn search_index(bencher: Bencher, topics: usize) {
    let Compiled { site, .. } = compiled(topics);
    let corpus = search::Corpus { documents: &site.documents, roadmaps: &site.roadmaps, sources: &site.sources };
    bencher.bench(|| search::index(&corpus, &search::Tallies::default()).text.len());
}

#[divan::bench(args = SIZES)]
fn one_page(bencher: Bencher, topics: usize) {
    let compiled = compiled(topics);
    let output = compiled.site.outputs.iter().find(|output| matches!(output.page, Page::Topic(_))).unwrap();
    bencher.bench(|| build::render(black_box(&compiled.site), output).is_ok());
}
