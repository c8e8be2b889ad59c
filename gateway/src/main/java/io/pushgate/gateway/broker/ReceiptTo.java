package io.pushgate.gateway.broker;

/** Who wants to know how a notification ended for each of its users. <em>Immutable.</em> */
public sealed interface ReceiptTo {

  /** A publisher that said its name: its receipts are a journal. */
  record Publisher(String name) implements ReceiptTo {}

  /**
   * A connection of a publisher without a name: its receipts are told while it lasts.
   *
   * @param key never given to another connection, nor by another process of this store
   */
  record Connection(long key) implements ReceiptTo {}
}
