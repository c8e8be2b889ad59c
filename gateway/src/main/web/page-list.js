// The list of notifications, newest first. All that peers sent gets in as text, never as markup.

const LONGEST = 500;
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export class NotificationList {
  #list;
  #changed;
  #items = new Map();

  /** @param changed called with the number of items, and of those not acknowledged */
  constructor(list, changed) {
    this.#list = list;
    this.#changed = changed;
  }

  add({ cursor, id, type, ts, data }) {
    const title = element('span', 'type', type ?? 'notification');
    const time = element('time', '', TIME.format(ts));
    time.dateTime = new Date(ts).toISOString();
    const head = element('div', 'head', title, time);
    const text = typeof data === 'string' ? data : JSON.stringify(data, null, 2);
    const item = element('li', 'item', head, element('pre', '', text), element('p', 'id', id));
    item.classList.add('fresh');
    this.#items.set(cursor, item);
    this.#put(item);
  }

  recall({ id }) {
    for (const item of this.#items.values()) {
      if (item.querySelector('.id').textContent === id) {
        item.classList.add('recalled');
        item.querySelector('.type').append(element('span', 'note', 'recalled'));
      }
    }
  }

  gap() {
    this.#put(element('li', 'gap', 'Some notifications before this are no longer held.'));
  }

  /** Marks all up to this position; cursors can't be compared, but the order of arrival is known. */
  acknowledged(position) {
    const marks = new Set(position.split(','));
    for (const journal of ['u', 'e']) {
      const cursors = [...this.#items.keys()].filter((cursor) => cursor.startsWith(journal));
      const last = cursors.findLastIndex((cursor) => marks.has(cursor));
      cursors.slice(0, last + 1).forEach((cursor) => this.#items.get(cursor).classList.remove('fresh'));
    }
    this.#count();
  }

  clear() {
    this.#items.clear();
    this.#list.replaceChildren();
    this.#count();
  }

  #put(item) {
    this.#list.prepend(item);
    if (this.#items.size > LONGEST) {
      const [cursor, oldest] = this.#items.entries().next().value;
      this.#items.delete(cursor);
      oldest.remove();
    }
    this.#count();
  }

  #count() {
    const fresh = [...this.#items.values()].filter((item) => item.classList.contains('fresh'));
    this.#changed(this.#items.size, fresh.length);
  }
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}
