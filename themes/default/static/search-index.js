// The index: loads its files, finds, and ranks. Nothing here knows of the page, so that the tests run it as it is.
//
// Two tiers. The names (titles, tags and, where they are few enough, ids and summaries) are loaded once and searched
// at every key, misspelt words too. The full text is looked up in the files that hold the words, once they are there.

import { edits, exactly, nearly } from "./search-match.js";
import { compounds, terms } from "./search-words.js";

const WEIGHTS = { title: 10, id: 6, initials: 7, tag: 4, summary: 2.5, text: 4 };
/** Of two that fit as well, the topic comes before the stage that is named after it. */
const KINDS = { topic: 1, roadmap: 0.95, stage: 0.85, page: 0.8 };
const WHOLE_TITLE = 1.6; // a title that was typed as it is
const MOST_CHARACTERS = 200; // of a query
const MOST_WORDS = 10;
const MOST_FILES = 12; // of full text for one query
const MOST_ENDINGS = 40; // words of the full text with the same beginning
const MOST_RESULTS = 30;
const WEAKEST = 0.12; // of the best score

/** Opens the index: `load` gives a file of it as an object, `pause` lets others work in between. */
export async function open(load, pause = () => {}) {
  const index = new Index(await load("index.json"), load);
  await index.read(pause);
  return index;
}

/** The words of a query, each with the joined words that would do as well: `java script` asks for `javascript` too. */
export function parse(query) {
  const text = [...query.slice(0, 2 * MOST_CHARACTERS)].slice(0, MOST_CHARACTERS).join("");
  const words = compounds(text).flatMap(({ runs }) => runs).flatMap(({ words, dense }) => words.map((word) => ({ word, dense })));
  const few = words.slice(0, MOST_WORDS);
  const joined = (one, two) => (one && two && !one.dense && !two.dense ? [one.word + two.word] : []);
  const asked = few.map((own, at) => ({
    word: own.word,
    dense: own.dense,
    // One letter among other words is no beginning of half of them.
    open: own.dense || own.word.length > 1 || few.length === 1,
    joined: [...joined(few[at - 1], own), ...joined(own, few[at + 1])],
  }));
  return asked.filter((own, at) => few.findIndex(({ word }) => word === own.word) === at);
}

class Index {
  constructor(names, load) {
    this.names = names;
    this.load = load;
    this.files = new Map();
    this.entries = entriesOf(names);
    this.vocabulary = new Map(); // word -> Map(entry -> weight)
  }

  /** Reads the names, some entries at a time. */
  async read(pause) {
    for (const [at, entry] of this.entries.entries()) {
      if (at % 100 === 99) await pause();
      const details = this.names.details && detailsOf(this.names.details, at);
      entry.calls = callings(entry.title);
      const share = 0.6 + 0.4 / Math.max(entry.calls[0].split(" ").length, 1);
      const title = terms(entry.title);
      this.add(at, title, WEIGHTS.title * share);
      this.add(at, initials(entry.title), WEIGHTS.initials);
      this.add(at, entry.tags.flatMap(terms), WEIGHTS.tag);
      if (!details) continue;
      // Ids mostly repeat the title, which is no second reason.
      const names = terms(`${details.id} ${details.names}`).filter((word) => !title.includes(word));
      this.add(at, names, WEIGHTS.id * share);
      this.add(at, terms(details.summary), WEIGHTS.summary);
    }
  }

  add(at, words, weight) {
    for (const word of new Set(words)) {
      let found = this.vocabulary.get(word);
      if (!found) this.vocabulary.set(word, (found = new Map()));
      found.set(at, (found.get(at) ?? 0) + weight);
    }
  }

  /** What a query finds with the files that are there: `{results, hits}`, the best first. */
  find(asked) {
    const hits = new Set();
    const found = asked.map((own) => this.matches(own, hits));
    const counted = found.filter(({ common }) => !common).length;
    const scores = new Map();
    for (const { scores: own, common } of found) {
      const rarity = Math.log(1 + this.entries.length / Math.max(own.size, 1));
      for (const [at, score] of own) {
        const sum = scores.get(at) ?? { score: 0, words: 0 };
        sum.score += score * rarity;
        if (!common) sum.words += 1;
        scores.set(at, sum);
      }
    }
    const whole = asked.map(({ word }) => word).join(" ");
    const ranked = [...scores].map(([at, { score, words }]) => {
      const entry = this.entries[at];
      const bonus = whole && entry.calls.includes(whole) ? WHOLE_TITLE : 1;
      const covered = counted ? (words / counted) ** 1.5 : 1;
      return { at, score: score * covered * KINDS[entry.kind] * bonus };
    });
    ranked.sort((a, b) => b.score - a.score || a.at - b.at);
    const results = ranked.filter(({ score }) => score > WEAKEST * ranked[0].score).slice(0, MOST_RESULTS);
    return { results: results.map(({ at }) => at), hits };
  }

  /** Where one word of a query is: `{scores: Map(entry -> score), common}`. */
  matches(own, hits) {
    const scores = new Map();
    const text = this.inText(own);
    const take = (word, quality) => {
      hits.add(word);
      for (const [at, weight] of this.vocabulary.get(word)) {
        if ((scores.get(at) ?? 0) < weight * quality) scores.set(at, weight * quality);
      }
    };
    for (const word of this.vocabulary.keys()) {
      const quality = own.open ? exactly(own.word, word) : Number(own.word === word);
      if (quality) take(word, quality);
      else if (own.joined.some((joined) => joined === word || (joined.length > 5 && word.startsWith(joined)))) take(word, 0.9);
    }
    // Only what is no word here is taken for a misspelt one.
    if (!scores.size && !text.exact) {
      const most = edits(own.word);
      for (const word of most ? this.vocabulary.keys() : []) {
        const quality = nearly(own.word, word, most);
        if (quality) take(word, quality);
      }
    }
    for (const [at, score] of text.scores) scores.set(at, (scores.get(at) ?? 0) + score * WEIGHTS.text);
    return { scores, common: text.common };
  }

  /** Where a word is in the full text, as far as it is loaded; the scores go up to 1. */
  inText({ word, dense, joined }) {
    const scores = new Map();
    let common = false;
    let exact = false;
    let endings = 0;
    const take = (postings, quality) => {
      if (postings === "*") return (common = true);
      for (const [at, score] of decode(postings)) {
        if ((scores.get(at) ?? 0) < score * quality) scores.set(at, score * quality);
      }
    };
    for (const file of this.filesOf(word)) {
      const chunk = this.files.get(file);
      if (!chunk) continue;
      for (let at = lowest(chunk.terms, word); at < chunk.terms.length; at += 1) {
        const quality = exactly(word, chunk.terms[at]);
        if (!quality) break;
        if (quality === 1) {
          exact = true;
          take(chunk.postings[at], 1);
        } else if ((word.length > 2 || dense) && (endings += 1) <= MOST_ENDINGS && chunk.postings[at] !== "*") {
          take(chunk.postings[at], quality / 2);
        }
      }
    }
    for (const other of joined) {
      const chunk = this.files.get(this.filesOf(other)[0]);
      const at = chunk ? lowest(chunk.terms, other) : -1;
      if (chunk?.terms[at] === other) take(chunk.postings[at], 0.9);
    }
    return { scores, common, exact };
  }

  /** The files of full text that hold a word and those that begin with it. */
  filesOf(word) {
    if (!this.names.text.length) return [];
    const first = Math.max(highest(this.names.text, word), 0);
    const last = Math.max(highest(this.names.text, `${word}\uffff`), first);
    return last > first ? [first, first + 1] : [first];
  }

  /** Loads what of the full text a query needs; says whether there was any. */
  async loadText(asked) {
    const all = asked.flatMap((own) => [...this.filesOf(own.word), ...own.joined.flatMap((word) => this.filesOf(word).slice(0, 1))]);
    const wanted = [...new Set(all)].slice(0, MOST_FILES).filter((file) => !this.files.has(file));
    await Promise.all(wanted.map(async (file) => {
      const { terms, postings } = await this.load(`text-${file}.json`);
      this.files.set(file, { terms: terms.split(" "), postings: postings.split(" ") });
    }));
    return wanted.length > 0;
  }

  /** What is shown of an entry: `{kind, title, path, summary, places}`; places are pairs of roadmap and stage. */
  async show(at) {
    const { kind, title, road } = this.entries[at];
    const { id, summary, places } = await this.details(at);
    const within = { topic: "topics/", stage: road && `${road.id}/` }[kind] ?? "";
    const first = this.names.roads.length;
    const stages = places.split(" ").filter(Boolean).map((stage) => this.entries[first + Number(stage)]);
    const own = kind === "stage" ? [{ road: road.title, stage: "" }] : [];
    return { kind, title, path: `${within}${id}/`, summary, places: [...own, ...stages.map((one) => ({ road: one.road.title, stage: one.title }))] };
  }

  async details(at) {
    const { block, details } = this.names;
    if (details) return detailsOf(details, at);
    const name = `details-${Math.floor(at / block)}.json`;
    if (!this.files.has(name)) this.files.set(name, this.load(name));
    return detailsOf(await this.files.get(name), at % block);
  }
}

/** Roadmaps, stages, topics and pages, as the index counts them. */
function entriesOf({ roads, topics, pages, tags, tagged }) {
  const all = roads.map(([title, id]) => ({ kind: "roadmap", title, id }));
  for (const [at, [, , stages]] of roads.entries()) {
    all.push(...stages.map((title) => ({ kind: "stage", title, road: all[at] })));
  }
  all.push(...topics.map((title) => ({ kind: "topic", title })), ...pages.map((title) => ({ kind: "page", title })));
  const named = (list) => list.split(" ").filter(Boolean).map((tag) => tags[tag]);
  for (const [at, list] of tagged.split(",").entries()) if (all[at]) all[at].tags = named(list);
  return all;
}

const detailsOf = ({ ids, names, summaries, places }, at) => ({
  id: ids[at],
  names: names[at],
  summary: summaries[at],
  places: places[at],
});

/** The first letters of a title's words, with and without the short ones: how it is spoken of. */
function initials(title) {
  const words = compounds(title).flatMap(({ runs }) => runs).filter(({ dense }) => !dense).flatMap(({ words }) => words);
  const of = (some) => some.map((word) => [...word][0]).join("");
  const all = [of(words), of(words.filter((word) => word.length > 3))];
  return all.filter((letters) => letters.length > 1);
}

/** What a title calls a thing: `Domain Name System (DNS)` is that without the brackets, and what is in them. */
function callings(title) {
  const words = (text) => parse(text).map(({ word }) => word).join(" ");
  const bare = title.replace(/[(（][^)）]*[)）]/gu, " ");
  const calls = [bare, ...[...title.matchAll(/[(（]([^)）]*)[)）]/gu)].map((match) => match[1]), title].map(words);
  const some = calls.filter(Boolean);
  return some.length ? some : [""];
}

/** Where a word is, and what it is worth there, up to 1; `src/search/text.rs` says how it is written. */
function* decode(postings) {
  let at = -1;
  let distance = 0;
  let factor = 1;
  for (let i = 0; i < postings.length; i += 1) {
    const digit = value(postings.charCodeAt(i));
    distance += (digit % 32) * factor;
    factor *= 32;
    if (digit >= 32) continue;
    at += distance + 1;
    i += 1;
    yield [at, (postings.charCodeAt(i) - 48) / 9];
    distance = 0;
    factor = 1;
  }
}

/** The value of a digit of base64url. */
function value(code) {
  if (code >= 97) return code - 71;
  if (code === 95) return 63;
  if (code >= 65) return code - 65;
  return code === 45 ? 62 : code + 4;
}

/** The first place in a sorted list that is not before `word`. */
function lowest(list, word) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last place in a sorted list that is not behind `word`; -1 for none. */
function highest(list, word) {
  const at = lowest(list, word);
  return list[at] === word ? at : at - 1;
}

/** The parts of a text that a query has found, as pairs of offsets. */
export function marks(text, asked, hits) {
  const found = [];
  const fits = (word) => hits.has(word) || asked.some((own) => own.open && word.startsWith(own.word));
  for (const { runs, whole } of compounds(text)) {
    if (whole && hits.has(whole) && !runs.some(({ words }) => words.some(fits))) {
      found.push([runs[0].start, runs.at(-1).end]);
      continue;
    }
    for (const run of runs) {
      if (run.dense) found.push(...denseMarks(text, run, asked));
      else if (run.words.some(fits)) found.push([run.start, run.end]);
    }
  }
  return found;
}

/** Of a run of pairs, the characters that were asked for, as far as they stand one for one. */
function denseMarks(text, run, asked) {
  const marked = new Set();
  for (const [at, pair] of run.words.entries()) {
    for (const { word, dense } of asked) {
      if (!dense || !pair.startsWith(word)) continue;
      for (let i = 0; i < word.length; i += 1) marked.add(at + i);
    }
  }
  return [...marked].sort((a, b) => a - b).filter((at) => run.start + at < run.end).map((at) => [run.start + at, run.start + at + 1]);
}
