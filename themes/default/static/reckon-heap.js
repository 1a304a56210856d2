// A binary heap: what is least comes first.

/** Holds values of any kind, `isLess(a, b)` says which comes before which. */
export class Heap {
  constructor(isLess) {
    this.isLess = isLess;
    this.values = [];
  }

  push(value) {
    const { values, isLess } = this;
    let at = values.push(value) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isLess(value, values[above])) break;
      values[at] = values[above];
      at = above;
    }
    values[at] = value;
  }

  /** The least value, taken out; `undefined` when there is none. */
  pop() {
    const { values } = this;
    const least = values[0];
    const last = values.pop();
    if (values.length > 0) this.sink(last);
    return least;
  }

  sink(value) {
    const { values, isLess } = this;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= values.length) break;
      if (below + 1 < values.length && isLess(values[below + 1], values[below])) below += 1;
      if (!isLess(values[below], value)) break;
      values[at] = values[below];
      at = below;
    }
    values[at] = value;
  }
}
