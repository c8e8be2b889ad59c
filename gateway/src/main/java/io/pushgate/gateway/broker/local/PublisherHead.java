package io.pushgate.gateway.broker.local;

/**
 * The head of a publisher's receipts. <em>Immutable.</em>
 *
 * @param trimmedThrough a receipt up to this offset was dropped
 * @param first the offset of the oldest receipt held, 0 where there is none
 * @param count how many are held
 */
record PublisherHead(long trimmedThrough, long first, long count) {
  static final PublisherHead EMPTY = new PublisherHead(0, 0, 0);

  PublisherHead appended(long offset) {
    return new PublisherHead(trimmedThrough, count == 0 ? offset : first, count + 1);
  }

  /**
   * @param next the oldest that is left, 0 for none
   */
  PublisherHead dropped(long next) {
    return new PublisherHead(first, next, count - 1);
  }

  byte[] write(RecordWriter out) {
    return out.number(trimmedThrough).number(first).number(count).take();
  }

  static PublisherHead read(byte[] value) {
    RecordReader in = new RecordReader(value);
    return new PublisherHead(in.number(), in.number(), in.number());
  }
}
