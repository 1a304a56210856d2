// What the reader picks, and which topics are for this reader: the same rules as the program's
// (`src/plan/personal/picks.rs`).

const NONE = [];

/**
 * Asks every choice whose `for` is fulfilled. What the reader says comes first, then the options that are wanted by name
 * or known, then the choice's default, then the first ones: as many as it asks for. What is wanted by name, or a choice
 * that is answered, makes the option that it is `for` wanted too.
 *
 * @param road the road
 * @param {Map<number, number[]>} said options by choice, as the reader picked them
 * @param {{topic?: number, choice?: number}[]} targets what the reader wants by name
 * @param {Uint8Array} known by topic
 */
export function pick(road, said, targets, known) {
  const choosing = { road, said, askedBy: choicesFor(road), offeredBy: choicesOf(road) };
  const preferred = Uint8Array.from(known);
  const wanted = [...targets];
  for (const choice of said.keys()) wanted.push({ choice });
  for (const { topic } of targets) if (topic !== undefined) preferred[topic] = 1;
  for (;;) {
    const picks = ask(choosing, preferred);
    const more = new Set();
    const seen = new Uint8Array(road.topics.length);
    for (const target of wanted) {
      for (const condition of conditions(choosing, target, seen)) {
        if (!picks.serves(condition) && !preferred[condition[0]]) more.add(condition[0]);
      }
    }
    if (more.size === 0) return picks;
    for (const topic of more) {
      preferred[topic] = 1;
      wanted.push({ topic });
    }
  }
}

/** By option: the choices that are `for` it. */
function choicesFor(road) {
  return listed(road, (choice) => choice.for ?? NONE);
}

/** By option: the choices that offer it. */
function choicesOf(road) {
  return listed(road, (choice) => choice.of);
}

function listed(road, topics) {
  const lists = new Map();
  (road.choices ?? NONE).forEach((choice, at) => {
    for (const topic of topics(choice)) {
      if (!lists.has(topic)) lists.set(topic, []);
      lists.get(topic).push(at);
    }
  });
  return lists;
}

/** The options picked, `of` each choice (none where it is not asked); by topic, whether it `isOption` and is `picked`. */
class Picks {
  constructor(road) {
    const choices = road.choices ?? NONE;
    this.road = road;
    this.of = choices.map(() => NONE);
    this.isOption = new Uint8Array(road.topics.length);
    this.picked = new Uint8Array(road.topics.length);
    for (const choice of choices) for (const option of choice.of) this.isOption[option] = 1;
  }

  /** Whether what is `for` these options is for this reader. */
  serves(options) {
    return options === undefined || options.length === 0 || options.some((option) => this.picked[option]);
  }

  /** Whether a topic, taken by itself, is for this reader: not `for` others, and no option left unpicked. */
  applies(topic) {
    return this.serves(this.road.topics[topic].for) && (this.picked[topic] === 1 || !this.isOption[topic]);
  }
}

function ask({ road, said, askedBy }, preferred) {
  const picks = new Picks(road);
  const choices = road.choices ?? NONE;
  const open = [...choices.keys()].filter((at) => picks.serves(choices[at].for));
  const asked = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    picks.of[at] = options(choices[at], said.get(at), preferred);
    for (const option of picks.of[at]) {
      picks.picked[option] = 1;
      for (const next of askedBy.get(option) ?? NONE) {
        if (!asked.has(next)) open.push(next);
        asked.add(next);
      }
    }
  }
  return picks;
}

function options(choice, said, preferred) {
  const found = new Set(said);
  const add = (option, most) => found.size < most && found.add(option);
  for (const option of choice.of) if (preferred[option]) add(option, choice.pick[said ? 0 : 1]);
  if (choice.default !== undefined) add(choice.default, choice.pick[0]);
  for (const option of choice.of) add(option, choice.pick[0]);
  return [...found];
}

/**
 * What has to be picked for something to be for this reader: the `for` of a topic, of what it is a part of and of the
 * choices that offer it, or that of a choice. What is `seen` already, and all above it, is not looked at again.
 */
function conditions({ road, offeredBy }, { topic, choice }, seen) {
  const found = [];
  const add = (options) => options?.length > 0 && found.push(options);
  if (choice !== undefined) add(road.choices[choice].for);
  for (let above = topic; above !== undefined && !seen[above]; above = road.topics[above].part_of) {
    seen[above] = 1;
    add(road.topics[above].for);
  }
  for (const at of offeredBy.get(topic) ?? NONE) add(road.choices[at].for);
  return found;
}
