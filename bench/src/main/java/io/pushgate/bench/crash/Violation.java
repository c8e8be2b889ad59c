package io.pushgate.bench.crash;

/**
 * A promise that was broken. Immutable.
 *
 * @param round in which it was noticed
 * @param who the user, reader or publisher that it happened to
 * @param id of the push, empty where it is about none
 */
record Violation(Promise promise, int round, String who, String id, String detail) {

  /** What a gateway promises. */
  enum Promise {
    LOST("an acked push that never came"),
    TWICE("a push that came twice"),
    ORDER("an order that differs between sessions, or from the publisher's"),
    PLACE("a cursor given twice, or a push with two"),
    FOREIGN("a push that was for somebody else, or never sent"),
    DATA("a push whose data was changed"),
    FALSE_GAP("a gap, or a place not resumed, though nothing was lost"),
    ANSWER("an answer that does not fit its push"),
    DUPLICATE("a repeat not told as such, or a first told as a repeat"),
    RECEIPT_LOST("a receipt that never came"),
    RECEIPT_TWICE("a receipt that came twice"),
    RECEIPT_WRONG("a receipt of what was not acknowledged, or not wanted"),
    CUT_OFF("a connection that a living gateway ended"),
    SILENT("a living gateway that did not go on answering"),
    ENDED("a gateway that did not start, or ended by itself");

    private final String words;

    Promise(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "round %d, %s%s: %s: %s"
        .formatted(round, who, id.isEmpty() ? "" : ", " + id, promise, detail);
  }
}
