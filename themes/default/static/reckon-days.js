// Hours of learning as days of the calendar. Days are texts such as `2027-03-01`, and numbers in between: they have no
// hours and no time zone, so that nothing here can be off by a daylight saving hour.

const DAY = 86_400_000; // ms, as UTC counts them
const LOST = 1e-6; // of a day: sums of fractions lose less
const LONGEST = 1e6; // days from the start
const LAST = dayNumber("9999-12-31");

/** Days since 1970-01-01; `null` for what is no day of the calendar. */
export function dayNumber(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(0).setUTCFullYear(year, month - 1, day);
  return dayText(date / DAY) === text ? date / DAY : null;
}

/** The day with this number. */
export function dayText(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. 1970 began on a Thursday. */
const weekday = (number) => (((number + 3) % 7) + 7) % 7;

/**
 * The days of a plan: `{steps, end}`. A step has `first` and `last`, its first and last day, `[earliest, latest]` each, and
 * `slow`, first and last as slow as its effort allows with an open end counting as its lower bound: what a calendar
 * shows, so that nobody is late by default. `null` stands for days after an open end, and for all where there are none.
 *
 * @param plan what `answer` returns
 * @param {string} asked.start the first day, which counts
 * @param {number | number[]} asked.hours of a week, spread evenly over seven days (what is missing is the plan's own
 *   week), or of each day, from Monday to Sunday
 * @param {Iterable<string | string[]>} asked.off days without work, and ranges of them from the first to the last
 */
export function calendar(plan, { start, hours = plan.hoursPerWeek, off = [] }) {
  const first = dayNumber(start);
  const track = () => (first === null ? null : finder(first, hours, off));
  const tracks = { fast: follow(track()), late: follow(track()), slow: follow(track()) };
  const steps = plan.steps.map(({ cost: { min, max } }) => {
    const fast = tracks.fast(min);
    const late = tracks.late(max);
    return { first: [fast[0], late[0]], last: [fast[1], late[1]], slow: tracks.slow(max ?? min) };
  });
  return { steps, end: steps.at(-1)?.last ?? [null, null] };
}

/** Takes the hours of one step after the other, `null` for an open end; gives its first and last day. */
function follow(days) {
  let done = 0;
  return (hours) => {
    if (!days || done === null) return [null, null];
    const begin = done;
    done = hours === null ? null : done + hours;
    const last = days.last(done ?? Infinity);
    const first = days.first(begin);
    // What takes no time is on the day on which what comes before it ends.
    const day = first === null ? null : Math.min(first, last ?? first);
    return [day, done === null ? null : last].map((number) => (number === null ? null : dayText(number)));
  };
}

/**
 * Finds the day on which so many hours are over (`last`), and the one on which what follows them begins (`first`): days
 * by number. Each is asked for ever more hours. Nothing when there is no hour to learn in.
 */
function finder(start, hours, off) {
  const free = ranges(off);
  if (typeof hours === "number" && free.length === 0) return hours > 0 ? even(start, hours) : null;
  const week = (typeof hours === "number" ? Array(7).fill(hours / 7) : hours).map((hours) => (hours > 0 ? hours : 0));
  const sum = week.reduce((sum, hours) => sum + hours, 0);
  if (week.length !== 7 || !(sum > 0 && sum < Infinity)) return null;
  const own = { start, week, sum, free };
  return {
    first: walker(own, (over, hours, day) => over > hours + LOST * day),
    last: walker(own, (over, hours, day) => over >= hours - LOST * day),
  };
}

/** A week is seven days, and its hours are spread evenly over them. A plan that runs out of the calendar ends with it. */
function even(start, hours) {
  const factor = 1 / hours;
  const after = (days) => Math.min(start + Math.min(days, LONGEST), LAST);
  return {
    first: (hours) => after(Math.floor(hours * factor * 7 + LOST)),
    last: (hours) => after(Math.max(Math.ceil(hours * factor * 7 - LOST) - 1, 0)),
  };
}

/**
 * Walks from day to day until so many hours are over, over whole weeks in one step; never back. Only days with work are
 * found, and none (`null`) outside of the calendar.
 */
function walker({ start, week, sum, free }, isOver) {
  const end = Math.min(start + LONGEST, LAST);
  let [day, done, at] = [start, 0, 0];
  return (hours) => {
    if (hours === Infinity) return null;
    while (day <= end) {
      while (at < free.length && free[at][1] < day) at += 1;
      const [from, to] = free[at] ?? [Infinity];
      const work = week[weekday(day)];
      const weeks = Math.floor(Math.min((from - day) / 7, (hours - done) / sum - 1));
      if (from <= day) {
        day = to + 1;
      } else if (work > 0 && isOver(done + work, hours, work)) {
        return day;
      } else if (weeks > 0) {
        day += 7 * weeks;
        done += weeks * sum;
      } else {
        day += 1;
        done += work;
      }
    }
    return null;
  };
}

/** Days and ranges of days as ranges of numbers, in order and apart from each other. */
function ranges(off) {
  const all = [...off].map((days) => (typeof days === "string" ? [days, days] : days).map(dayNumber));
  const found = [];
  const isRange = ([from, to]) => from !== null && to !== null && from <= to;
  for (const [from, to] of all.filter(isRange).sort((a, b) => a[0] - b[0])) {
    const before = found.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else found.push([from, to]);
  }
  return found;
}
