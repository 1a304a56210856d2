//! Math: LaTeX becomes MathML while the site is built.
//!
//! * In: what stood between the dollar signs.
//! * Out: a `<math>` element, or why there is none.
//! * Refuses to: let a formula overflow the stack, or let anything but MathML out of the converter.

use std::ops::Range;
use std::panic;
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathDisplay};

use crate::stack;

/// Why a formula cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MathError {
    pub(super) message: String,
    /// Bytes of the formula; empty where the whole of it is at fault.
    pub(super) place: Range<usize>,
}

/// The converter calls itself for every group and command that it meets, so these bytes bound how deep it
/// goes.
const DESCENDING: &[u8] = b"{\\^_[";

/// Descents that any thread's stack has room for, and those that a formula may have at all.
const SHALLOW: usize = 24;
const DEEPEST: usize = 2_000;

/// Stack for the formulas between the two, generous for [`DEEPEST`] descents in a debug build. The
/// system provides only what is used of it.
const STACK: usize = 256 << 20;

/// Elements of MathML that the converter writes.
#[rustfmt::skip]
pub(super) const MATHML: [&str; 26] = [
    "math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "mpadded",
    "mphantom", "menclose", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts",
    "mprescripts", "mtable", "mtr", "mtd",
];

/// Elements of HTML that it writes in between.
const HTML: [&str; 5] = ["b", "i", "em", "code", "span"];

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(LatexToMathML::default);

/// Converts a formula; `block` for one that stands by itself.
pub(super) fn to_mathml(latex: &str, block: bool) -> Result<String, MathError> {
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    let latex = without_backticks(latex);
    let descents = latex.bytes().filter(|byte| DESCENDING.contains(byte)).count();
    let mathml = if descents <= SHALLOW {
        convert(latex, display)
    } else if descents <= DEEPEST {
        stack::with_room(STACK, || convert(latex, display)).unwrap_or_else(|| Err(failure("it is too large")))
    } else {
        Err(failure("it is too large"))
    }?;
    if is_mathml(&mathml) { Ok(mathml) } else { Err(failure("it holds markup")) }
}

/// GitHub's other spelling of inline math is `` $`x`$ ``.
fn without_backticks(latex: &str) -> &str {
    latex.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(latex)
}

/// Converts on this thread. In builds with debug assertions the converter fails one of its own on some
/// mistakes (`x^2\nosuch`), which must not end the build of a site.
fn convert(latex: &str, display: MathDisplay) -> Result<String, MathError> {
    panic::catch_unwind(|| CONVERTER.convert_with_local_counter(latex, display))
        .map_err(|_| failure("it is malformed"))?
        .map_err(|error| MathError { message: as_clause(&error.error_message()), place: error.0.clone() })
}

fn failure(message: &str) -> MathError {
    MathError { message: message.to_owned(), place: 0..0 }
}

/// The converter's sentence without its capital and full stop.
fn as_clause(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut chars = sentence.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// Whether a converted formula has no element that the converter does not write. It escapes what it is
/// given; this is for the day on which it forgets to.
fn is_mathml(html: &str) -> bool {
    html.split('<').skip(1).all(|tag| {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        MATHML.iter().chain(&HTML).any(|element| *element == &tag[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        let inline = to_mathml("x^2", false).unwrap();
        assert!(inline.starts_with("<math><msup>"), "{inline}");
        assert_eq!(to_mathml("`x^2`", false).unwrap(), inline);
        assert!(to_mathml("\\frac{a}{b}", true).unwrap().contains("display=\"block\""));
    }

    #[test]
    fn mistakes_have_a_place() {
        let error = to_mathml("a + \\nosuch", false).unwrap_err();
        assert!(error.message.contains("nosuch"), "{}", error.message);
        assert!(error.message.starts_with(char::is_lowercase));
        assert_eq!(error.place, 4..11);
    }

    #[test]
    fn mistakes_do_not_panic() {
        for latex in ["x^2\\nosuch", "x^", "^", "a^b^c", "\\left(", "x^\\frac\\nosuch"] {
            assert!(to_mathml(latex, false).is_err(), "{latex}");
        }
    }

    #[test]
    fn nothing_but_mathml_comes_out() {
        for latex in [
            "<script>alert(1)</script>",
            "\\text{<img src=x onerror=alert(1)>}",
            "\\operatorname{<b>}",
            "\\mathrm{<script>}",
            "a \\tag{<b>}",
            "\\color{\"><script>}x",
            "\\begin{array}{\"><b>}a\\end{array}",
            "\\hspace{1em\"onclick=\"x}",
        ] {
            for block in [false, true] {
                let html = to_mathml(latex, block).unwrap_or_default();
                assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
                assert!(is_mathml(&html) && !html.contains("onclick=\""), "{html}");
            }
        }
        assert!(!is_mathml("<math><script></script></math>"));
    }

    #[test]
    fn deep_formulas_do_not_overflow() {
        for unit in ["{", "\\sqrt", "\\sqrt{", "x^{", "^", "\\left(", "\\displaystyle ", "\\frac1", "_a", "\\not"] {
            for count in [SHALLOW - 1, 900, 100_000] {
                let _ = to_mathml(&unit.repeat(count), true);
            }
            let half = DEEPEST / 2 - 2;
            let _ = to_mathml(&(unit.repeat(half) + "x" + &"}".repeat(half)), false);
        }
    }
}
