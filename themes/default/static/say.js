// The interface in the reader's language: the same words, plurals and numbers as on the pages.

import words from "./words.js";

/** More words, for the pages that load them. */
export const learn = (more) => Object.assign(words, more);

const language = document.documentElement.lang || "en";

/** The plural rules, also where a browser does not know the language's tag. */
function rules() {
  try {
    return new Intl.PluralRules(language);
  } catch {
    return new Intl.PluralRules("en");
  }
}

const plural = rules();

/** Replaces `$name` by values; what has none stays. */
function fill(text, values) {
  return text.replace(/\$([a-z]+)/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/** A text; the key itself where there is none. */
export function say(key, values = {}) {
  const word = words[key];
  return typeof word === "string" ? fill(word, values) : key;
}

/** One of several texts: `levels`, `optional`. */
export function oneOf(key, name) {
  const word = words[key];
  return typeof word === "object" && Object.hasOwn(word, name) ? word[name] : name;
}

/** What fits a number, which is shown as `shown` for `$n`; other values beside it. */
export function count(key, n, values = {}, shown = number(n)) {
  const forms = words[key];
  if (typeof forms !== "object") return say(key, { ...values, n: shown });
  return fill(forms[plural.select(n)] ?? forms.other ?? "", { ...values, n: shown });
}

/** At most two decimals, with the language's decimal sign. */
export function number(value) {
  const text = String(Math.round(value * 100) / 100);
  return text.replace(".", say("decimal"));
}

/** `1 week`, `2–3 weeks`, `6+ weeks`. */
function bounds(unit, min, max) {
  if (max === null) return count(unit, min + 1, {}, say("open", { n: number(min) }));
  if (max === min) return count(unit, max);
  return count(unit, max, {}, say("range", { a: number(min), b: number(max) }));
}

/**
 * An interval of hours in the unit that suits it, as the pages write it: weeks from one week of the pace on, else hours or
 * minutes.
 * @param {{min: number, max: number | null}} hours `max`: null for an open end
 * @param {number} hoursPerWeek the pace
 */
export function time(hours, hoursPerWeek) {
  const most = hours.max ?? hours.min;
  const [unit, scale] =
    most >= hoursPerWeek ? ["weeks", 1 / hoursPerWeek] : most >= 1 ? ["hours", 1] : ["minutes", 60];
  return interval(unit, { min: hours.min * scale, max: hours.max === null ? null : hours.max * scale });
}

/** An interval in a unit: `weeks`, `hours`, `minutes`. At most one decimal, whole numbers from ten on. */
export function interval(unit, { min, max }) {
  const coarse = (max ?? min) >= 10;
  const digits = (value) => (coarse ? Math.round(value) : Math.round(value * 10) / 10);
  return bounds(unit, digits(min), max === null ? null : digits(max));
}

const formats = new Map();

/** Days as the pages have them: of the Gregorian calendar, in the digits of the other numbers. */
function format(style) {
  const settings = { dateStyle: style, timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" };
  if (!formats.has(style)) formats.set(style, new Intl.DateTimeFormat(language, settings));
  return formats.get(style);
}

/** Of a day, such as `2027-03-01`: its begin as UTC counts it, so that no time zone can shift it. */
function begin(day) {
  const [y, m, d] = day.split("-").map(Number);
  return Date.UTC(y, m - 1, d);
}

/** A day of the calendar (`2027-03-01`) in the reader's language. */
export const date = (day, style = "medium") => format(style).format(begin(day));

/** From one day to another one, in as few words as it takes. */
export const dates = (from, to, style = "medium") => format(style).formatRange(begin(from), begin(to));
