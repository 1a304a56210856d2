// A reader's plan as a calendar of all-day events (RFC 5545), the same events with the same ids as those of
// `roadbook plan --format ics`: who imports a plan again, from wherever, gets its events changed, not doubled.

import { dayNumber, dayText } from "./reckon-days.js";

const WIDTH = 75; // octets of a line, without its end
const LAST_DAY = "9999-12-31";

/**
 * The file; `null` when no step has days.
 *
 * @param {string} plan.title the title of the roadmap
 * @param {string} plan.site the absolute address of the site; may be empty
 * @param {string} plan.roadmap the id of the roadmap
 * @param {string} plan.stamp the day on which this is made, such as `2027-03-01`
 * @param {{id: string, title: string, url: string, summary?: string, first: string, last: string}[]} plan.steps `id` is
 *   that of the topic, or `stage.ID` for a stage that is a step itself; `url` is absolute or empty; `summary` is a line
 *   about it; `first` and `last` are days (`slow` of `calendar` in reckon-days.js); steps without are left out
 */
export function ics({ title, site, roadmap, steps, stamp }) {
  const dated = steps.filter(({ first, last }) => first && last);
  if (dated.length === 0) return null;
  const name = text(title);
  const events = dated.flatMap((step) => event(step, { title, roadmap, stamp, host: host(site) }));
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "CALSCALE:GREGORIAN",
    "PRODID:-//roadbook//roadbook//EN",
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    ...events,
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function event({ id, title, url, summary, first, last }, of) {
  // The end of an all-day event is the day after it; on the last day there is, it ends by itself.
  const end = last === LAST_DAY ? [] : [`DTEND;VALUE=DATE:${digits(dayText(dayNumber(last) + 1))}`];
  return [
    "BEGIN:VEVENT",
    ...(summary ? [`DESCRIPTION:${text(summary)}`] : []),
    ...end,
    `DTSTAMP:${digits(of.stamp)}T000000Z`,
    `DTSTART;VALUE=DATE:${digits(first)}`,
    `SUMMARY:${text(`${of.title}: ${title}`)}`,
    `UID:${text(`${of.roadmap}.plan.${id}@${of.host}`)}`,
    ...(url ? [`URL:${printable(url).replaceAll("\n", "")}`] : []),
    "END:VEVENT",
  ];
}

const digits = (day) => day.replaceAll("-", "");

/** The host of the site's address; ids of events want one. */
function host(site) {
  return site?.split("://")[1]?.split("/")[0] || "roadbook.invalid";
}

/** Without signs that files of lines cannot hold; the ends of lines are all of one kind. */
function printable(value) {
  return value.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f]/g, "");
}

/** A value that is text and nothing else, whatever an author writes. */
function text(value) {
  return printable(value).replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** Breaks a line where it grows too long, between characters. */
function fold(line) {
  const lines = [""];
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0));
    if (octets + size > WIDTH) {
      lines.push(" ");
      octets = 1;
    }
    lines[lines.length - 1] += character;
    octets += size;
  }
  return lines.join("\r\n");
}

const octetsOf = (code) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
