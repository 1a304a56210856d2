//! HTML as browsers read it: a real parser's tree, flattened to its elements.

use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a tree.
#[derive(Debug)]
pub struct Element {
    /// Its name, without a namespace.
    pub name: String,
    /// Names and values; a name with a prefix has it.
    pub attributes: Vec<(String, String)>,
    /// The texts right inside it.
    pub text: String,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What a parser makes of a text: the elements, and what it had to mend.
#[derive(Debug)]
pub struct Tree {
    pub elements: Vec<Element>,
    pub comments: usize,
    pub mended: Vec<String>,
}

/// A piece of a page's body.
pub fn fragment(html: &str) -> Tree {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let tree = flat(parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html));
    // The parser puts an element of its own around a fragment.
    Tree { elements: tree.elements.into_iter().skip(1).collect(), ..tree }
}

/// A whole page.
pub fn page(html: &str) -> Tree {
    flat(parse_document(RcDom::default(), ParseOpts::default()).one(html))
}

fn flat(dom: RcDom) -> Tree {
    let mended = dom.errors.borrow().iter().map(|error| error.clone().into_owned()).collect();
    let mut tree = Tree { elements: Vec::new(), comments: 0, mended };
    let mut open = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes =
                    attrs.borrow().iter().map(|attr| (qualified(&attr.name), attr.value.to_string())).collect();
                tree.elements.push(Element { name: name.local.to_string(), attributes, text: own_text(&node) });
            }
            NodeData::Comment { .. } => tree.comments += 1,
            _ => {}
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    tree
}

fn qualified(name: &QualName) -> String {
    let prefix = name.prefix.as_ref().filter(|prefix| !prefix.is_empty());
    let local: &LocalName = &name.local;
    prefix.map_or_else(|| local.to_string(), |prefix| format!("{prefix}:{local}"))
}

fn own_text(node: &Handle) -> String {
    let children = node.children.borrow();
    let texts = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    texts.collect()
}
