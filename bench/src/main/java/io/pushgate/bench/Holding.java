package io.pushgate.bench;

import java.util.List;

/** Options of a gateway that holds all that a run pushes, or a ledger would not be exact. */
final class Holding {
  private Holding() {}

  static List<String> everything() {
    return List.of(
        "broker=disk",
        "journal-count=10000000",
        "journal-bytes=64GiB",
        "receipt-count=10000000",
        "dedupe-age=1d");
  }
}
