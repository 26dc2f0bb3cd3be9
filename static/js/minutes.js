// The turnover of each minute of a campaign: a number each, with room for all of them from the
// beginning. A map of them was a third of what a page's memory grew by in three days, and was made
// anew, entry by entry, with each frame.

const MOST = 1_000_000; // two years of minutes: more than any campaign, and 8 MB

/** Gross by the minute (or longer step) that begins at an instant, in ms; nothing is ever changed. */
export class Minutes {
  #from;
  #size;
  #gross;

  constructor(from, size, gross) {
    this.#from = from;
    this.#size = size;
    this.#gross = gross;
  }

  /** Those of rows [start, gross, …] that lie in the windows; `step` in seconds. */
  static of(rows, step, windows) {
    const size = step * 1000, from = Date.parse(windows[0].start);
    const room = Math.ceil((Date.parse(windows.at(-1).end) - from) / size);
    return new Minutes(from, size, new Float64Array(Math.min(room, MOST)).fill(NaN)).with(rows);
  }

  /** These, and others in the place of some. */
  with(rows) {
    const gross = this.#gross.slice();
    // What lies outside has no place in the array, and none on the axis.
    for (const [start, value] of rows) {
      const place = this.#place(Date.parse(start));
      if (place in gross) gross[place] = value;
    }
    return new Minutes(this.#from, this.#size, gross);
  }

  /** The gross of the one that begins at `at`, undefined where none is known. */
  get(at) {
    const value = this.#gross[this.#place(at)];
    return Number.isNaN(value) ? undefined : value;
  }

  /** Those that are known, as [start in ms, gross]. */
  *[Symbol.iterator]() {
    for (const [i, value] of this.#gross.entries()) {
      if (!Number.isNaN(value)) yield [this.#from + i * this.#size, value];
    }
  }

  #place(at) {
    return (at - this.#from) / this.#size;
  }
}

export const NONE = new Minutes(0, 60_000, new Float64Array(0));
