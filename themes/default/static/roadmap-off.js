// What the reader's own picks leave out of a road. A choice that the reader has not answered leaves out nothing, though
// the plan reckons with the author's pick until then.

/**
 * By topic of the road, whether it is left out: an option that was not picked, what is `for` such options only, and what is
 * a part of it. What the reader has marked, and what the plan needs all the same, never is.
 * @param {object} road see `reckon.js`
 * @param {{steps: object[], picks: number[][]}} answer the plan with these picks
 * @param {{picks: object, states: Map<string, string>}} reader options by choice and states of topics, by id
 * @returns {boolean[]}
 */
export function leftOut(road, answer, { picks, states }) {
  const { topics, choices = [] } = road;
  const picked = new Set(answer.picks.flat());
  const stays = new Set(answer.steps.map(({ item }) => item.topic));
  topics.forEach(({ id }, topic) => states.has(id) && stays.add(topic));
  const offers = new Map();
  choices.forEach(({ of }, at) => of.forEach((option) => offers.set(option, [...(offers.get(option) ?? []), at])));

  /** Whether the reader may still pick something: it is asked, or may be, and not answered. */
  const isOpen = remembered((at) => {
    const { for: condition = [] } = choices[at];
    return !isAnswered(road, at, picks) && (condition.length === 0 || condition.some(canBe));
  });
  const canBe = (option) => picked.has(option) || (offers.get(option) ?? []).some(isOpen);
  const isOut = remembered((topic) => {
    const { for: condition = [], part_of: whole } = topics[topic];
    if (stays.has(topic)) return false;
    if (whole !== undefined && isOut(whole)) return true;
    return (condition.length > 0 && !condition.some(canBe)) || (offers.has(topic) && !canBe(topic));
  });
  return topics.map((_, topic) => isOut(topic));
}

/** Whether the reader has picked an option of a choice. */
export function isAnswered(road, choice, picks) {
  const { id, of } = road.choices[choice];
  const options = new Set(of.map((option) => road.topics[option].id));
  return (picks[id] ?? []).some((option) => options.has(option));
}

/** A function of a number that works each out once; asked for what it is just working out, it says no. */
function remembered(work) {
  const known = new Map();
  return (at) => {
    if (!known.has(at)) {
      known.set(at, false);
      known.set(at, work(at));
    }
    return known.get(at);
  };
}
