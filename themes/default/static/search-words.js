// How a text falls into words: the same rules as the program's (`src/search/words.rs`), held to the same answers by
// one set of cases. Nothing here knows of the page.

const LONGEST = 40; // characters of a word
const MOST_PARTS = 4; // of a compound that is also found in one word

const IGNORED = "\\u00ad\\u200b-\\u200d\\u2060\\ufeff";
const LETTER = `[\\p{Alphabetic}\\p{N}\\p{M}${IGNORED}]`;
const DENSE = "\\u1100-\\u11ff\\u3005-\\u3007\\u3040-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\uff66-\\uffdc\\u{20000}-\\u{3ffff}";
const ATTACHED = `['\\u2019\\p{M}${IGNORED}]`;

const PIECE = new RegExp(`${LETTER}+(?:['\\u2019]${LETTER}+)*`, "gu");
// Within a piece: what is of a script without blanks, and what is not; a mark goes with what it stands on.
const RUN = new RegExp(`(?:${ATTACHED}|[^${DENSE}])+|(?:[${DENSE}]${ATTACHED}*)+`, "gu");
const IS_DENSE = new RegExp(`^(?!${ATTACHED})[${DENSE}]`, "u");
const SIGNS = new RegExp(`[+#]+(?!${LETTER}|[+#])`, "uy");
const DENSE_AT_ALL = new RegExp(`[${DENSE}]`, "u");
const JOINER = /^[./_&\u2010\u2011-]$/;
const DIACRITIC = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
const KEPT = new RegExp(`[+#]|(?![${IGNORED}])${LETTER}`, "u");
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ħ: "h", ł: "l", ı: "i", ς: "σ" };

function fold(run) {
  if (/^[\0-\x7f]*$/.test(run)) return run.replaceAll("'", "").toLowerCase();
  let folded = "";
  for (const upper of run.normalize("NFKD")) {
    // One by one, as a sigma at the end of a word would become another letter.
    for (const c of upper.toLowerCase()) {
      if (!DIACRITIC.test(c) && KEPT.test(c)) folded += LETTERS[c] ?? c;
    }
  }
  return folded.normalize("NFC");
}

/** The runs of a text: `{start, end, dense, words}`, the words of a dense one being its pairs of characters. */
function* runs(text) {
  for (const piece of text.matchAll(PIECE)) {
    const parts = DENSE_AT_ALL.test(piece[0]) ? [...piece[0].matchAll(RUN)] : [{ 0: piece[0], index: 0 }];
    for (const [at, part] of parts.entries()) {
      const dense = IS_DENSE.test(part[0]);
      const start = piece.index + part.index;
      let end = start + part[0].length;
      if (!dense && at === parts.length - 1) {
        SIGNS.lastIndex = end;
        end += SIGNS.exec(text)?.[0].length ?? 0;
      }
      const word = fold(text.slice(start, end));
      yield { start, end, dense, words: dense ? pairs([...word]) : word ? [cut(word)] : [] };
    }
  }
}

const cut = (word) => (word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join(""));

function pairs(characters) {
  if (characters.length < 2) return characters;
  return characters.slice(1).map((second, at) => characters[at] + second);
}

/** The compounds of a text: runs that one sign joins, with the whole in one word: `{runs, whole}`; "" for none. */
export function compounds(text) {
  const found = [];
  let last;
  for (const run of runs(text)) {
    const before = last?.runs.at(-1);
    if (before && !before.dense && !run.dense && JOINER.test(text.slice(before.end, run.start))) last.runs.push(run);
    else found.push((last = { runs: [run], whole: "" }));
  }
  for (const compound of found) {
    const words = compound.runs.flatMap((run) => run.words);
    const many = compound.runs.length > 1 && compound.runs.length <= MOST_PARTS && words.length === compound.runs.length;
    const whole = many ? words.join("") : "";
    compound.whole = [...whole].length <= LONGEST ? whole : "";
  }
  return found;
}

/** The words of a text in their order; a compound's whole follows its parts. */
export function terms(text) {
  return compounds(text).flatMap(({ runs, whole }) => [...runs.flatMap((run) => run.words), ...(whole ? [whole] : [])]);
}
