//! What a stranger's text may become, stated without a look at the sanitiser: elements, their attributes, schemes.

use super::html::{Element, Tree};

/// Elements of texts.
const ELEMENTS: &str = "a abbr acronym b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn \
    div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hgroup hr i img input ins kbd li mark ol p pre q rp rt rtc ruby s \
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr";

/// Elements of formulas, with none that can hold HTML again or lead anywhere.
const MATHML: &str = "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms \
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover";

/// Attributes of any element.
const ANYWHERE: &str = "aria-label class id lang role tabindex title";

/// Attributes of formulas.
const OF_MATHML: &str = "accent accentunder columnspan depth display displaystyle fence form height linethickness \
    lspace mathvariant maxsize minsize movablelimits notation rspace scriptlevel separator stretchy style symmetric \
    width";

/// Attributes of other elements.
const OF_ELEMENTS: [(&str, &str); 18] = [
    ("a", "href hreflang name rel"),
    ("bdo", "dir"),
    ("blockquote", "cite"),
    ("col", "align char charoff span"),
    ("colgroup", "align char charoff span"),
    ("del", "cite datetime"),
    ("details", "open"),
    ("hr", "align size width"),
    ("img", "align alt decoding height loading src width"),
    ("input", "checked disabled type"),
    ("ins", "cite datetime"),
    ("ol", "reversed start"),
    ("q", "cite"),
    ("table", "align char charoff summary"),
    ("td", "align char charoff colspan headers rowspan"),
    ("th", "align char charoff colspan headers rowspan scope"),
    ("tr", "align char charoff"),
    ("tbody", "align char charoff"),
];

/// What formulas are styled with; nothing of it takes text out of its place or loads anything.
const STYLES: &str = "background-color border border-bottom border-left border-right border-top color font-style \
    font-variant-caps padding text-align width";

/// Attributes that hold an address.
const ADDRESSES: &str = "action background cite data formaction href longdesc poster src srcset xlink:href";

/// Schemes that lead somewhere and run nothing.
const SCHEMES: &str = "bitcoin ftp ftps geo http https im irc ircs magnet mailto mms mx news nntp openpgp4fpr sip sms \
    smsto ssh tel url webcal wtai xmpp";

/// Pictures that hold no script.
const PICTURES: [&str; 5] =
    ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif"];

fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Holds a text against the list of elements alone.
pub fn check_elements(tree: &Tree, html: &str) {
    assert_eq!(tree.comments, 0, "a comment in {html}");
    for Element { name, .. } in &tree.elements {
        assert!(lists(MATHML, name) || lists(ELEMENTS, name), "the element {name:?} in {html}");
    }
}

/// Holds the HTML of a stranger's text against the lists.
pub fn check_text(tree: &Tree, html: &str) {
    check_elements(tree, html);
    for element in &tree.elements {
        let name = element.name.as_str();
        let of_math = lists(MATHML, name);
        for (key, value) in &element.attributes {
            let own = OF_ELEMENTS.iter().find(|(element, _)| *element == name).map_or("", |(_, keys)| keys);
            let known = lists(ANYWHERE, key) || lists(own, key) || (of_math && lists(OF_MATHML, key));
            assert!(known, "the attribute {key:?} of {name:?} in {html}");
            if lists(ADDRESSES, key) {
                assert!(is_harmless(value, name == "img" && key == "src"), "the address {value:?} in {html}");
            }
            if key == "style" {
                check_style(value, html);
            }
        }
        if name == "input" {
            assert_eq!((element.get("type"), element.get("disabled")), (Some("checkbox"), Some("")), "{html}");
        }
    }
}

fn check_style(style: &str, html: &str) {
    for declaration in style.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        assert!(lists(STYLES, property.trim()), "the style {style:?} in {html}");
        assert!(!value.contains("url") && !value.contains("image"), "the style {style:?} in {html}");
    }
}

/// Whether an address is relative or of a listed scheme.
fn is_harmless(address: &str, picture: bool) -> bool {
    let scheme = scheme(address);
    match scheme.as_deref() {
        Some("data") => picture && is_picture(address),
        Some(scheme) => lists(SCHEMES, scheme),
        None => true,
    }
}

/// Whether an address would run something.
pub fn is_active(address: &str, picture: bool) -> bool {
    match scheme(address).as_deref() {
        Some("javascript" | "vbscript") => true,
        Some("data") => !(picture && is_picture(address)),
        _ => false,
    }
}

fn is_picture(address: &str) -> bool {
    let plain = plain(address).to_lowercase();
    PICTURES.iter().any(|kind| plain.strip_prefix(kind).is_some_and(|rest| rest.starts_with([';', ','])))
}

/// The scheme of an address, as browsers find it (URL Standard, 4.4): C0 controls and blanks around it, and tabs and
/// line ends in it, do not count.
fn scheme(address: &str) -> Option<String> {
    let plain = plain(address);
    let (scheme, _) = plain.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn plain(address: &str) -> String {
    address.trim_matches(|c| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// Elements of whole pages, beside those of texts.
const OF_PAGES: &str = "article aside body button circle desc dialog defs fieldset footer form g head header html label legend \
    line link main marker meta nav noscript option output path polygon polyline rect script select svg template text textarea \
    title tspan use";

/// Holds a whole page against what every page promises, when a stranger wrote its texts.
pub fn check_page(tree: &Tree, html: &str) {
    for element in &tree.elements {
        let name = element.name.as_str();
        let known = [ELEMENTS, MATHML, OF_PAGES].iter().any(|list| lists(list, name));
        assert!(known, "the element {name:?} in {html}");
        for (key, value) in &element.attributes {
            let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || "-:_".contains(c));
            assert!(plain && !key.starts_with("on") && key != "srcdoc", "the attribute {key:?} of {name:?} in {html}");
            if lists(ADDRESSES, key) {
                assert!(!is_active(value, name == "img" && key == "src"), "the address {value:?} in {html}");
            }
        }
        if name == "script" {
            check_script(element, html);
        }
    }
}

/// Scripts are files of the site, or data.
fn check_script(script: &Element, html: &str) {
    if let Some("application/ld+json" | "application/json") = script.get("type") {
        serde_json::from_str::<serde_json::Value>(&script.text).unwrap_or_else(|error| panic!("{error} in {html}"));
        return;
    }
    let own = script.get("src").is_some_and(|src| src.starts_with('/') && !src.starts_with("//"));
    assert!(own && script.text.is_empty(), "a script of {:?} in {html}", script.get("src"));
}
