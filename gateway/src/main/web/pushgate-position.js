// Where a page stands in the journals of its user, and what it has seen lately.

/** The newest cursor of each journal; a cursor's first letter says which journal it is of. */
export class Position {
  #newest = new Map();

  /** Takes a cursor, or several joined by commas. */
  advance(position) {
    for (const cursor of position.split(',')) {
      this.#newest.set(cursor[0], cursor);
    }
  }

  clear() {
    this.#newest.clear();
  }

  toString() {
    return [...this.#newest.values()].join(',');
  }
}

/** The latest cursors: what was not acknowledged may come again, with the cursor it had. */
export class Recent {
  #cursors = new Set();
  #limit;

  constructor(limit) {
    this.#limit = limit;
  }

  /** Whether this cursor was not seen before; it is from now on. */
  isNew(cursor) {
    if (this.#cursors.has(cursor)) {
      return false;
    }
    this.#cursors.add(cursor);
    if (this.#cursors.size > this.#limit) {
      // A set remembers the order in which it grew: its first is its oldest.
      this.#cursors.delete(this.#cursors.values().next().value);
    }
    return true;
  }
}
