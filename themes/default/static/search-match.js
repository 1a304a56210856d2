// How well a word that was typed fits a word that is there.

/** What a match is worth: whole words, beginnings (more, the more of the word was typed), misspelt words. */
const BEGINNING = [0.4, 0.4];
const ENDING = 0.6;
const MISSPELT = [0, 0.5, 0.35];
const MISSPELT_BEGINNING = [0, 0.35, 0.2];

/** Room for three rows of a table of distances; words have at most 40 letters. */
const ROWS = [0, 1, 2].map(() => new Uint8Array(64));

/** How many letters of a word may be wrong: one of four, two of eight; short words are other words then. */
export const edits = (word) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);

/** Whole words, beginnings, and words without the ending that was typed (`nodes`): from 0 for no match to 1. */
export function exactly(typed, word) {
  if (!word.startsWith(typed)) {
    return word.length > 3 && typed.length - word.length <= 2 && typed.startsWith(word) ? ENDING : 0;
  }
  return typed.length === word.length ? 1 : BEGINNING[0] + (BEGINNING[1] * typed.length) / word.length;
}

/** The same for a word with at most `most` letters wrong, missing, too many, or two of them swapped. */
export function nearly(typed, word, most) {
  if (most === 0 || word.length < typed.length - most) return 0;
  if (!beginsAlike(typed, word)) return 0;
  const { whole, beginning } = distances(typed, word.slice(0, typed.length + most + 1), most);
  const last = word.length > typed.length + most ? Infinity : whole;
  return Math.max(MISSPELT[last] ?? 0, MISSPELT_BEGINNING[beginning] ?? 0);
}

/** Of the first two letters one is right, or they are swapped: most words need no closer look. */
const beginsAlike = (a, b) => a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0];

/**
 * Optimal string alignment of one word with another, and with the beginning of it that is nearest. A beginning is
 * as long as what was typed, give or take; where all is further than `most`, both are infinite.
 */
function distances(a, b, most) {
  let [two, one, row] = ROWS;
  for (let j = 0; j <= b.length; j += 1) one[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, two[j - 2] + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return { whole: Infinity, beginning: Infinity };
    [two, one, row] = [one, row, two];
  }
  return { whole: one[b.length], beginning: Math.min(...one.subarray(0, b.length + 1)) };
}
