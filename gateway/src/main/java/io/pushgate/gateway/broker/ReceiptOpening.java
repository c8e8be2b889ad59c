package io.pushgate.gateway.broker;

/**
 * Where a publisher's receipts start. <em>Immutable.</em>
 *
 * @param after the offset behind which they start
 * @param resumed a place was asked for and all behind it follows
 * @param gap something was lost before the start: the publisher is told
 */
public record ReceiptOpening(long after, boolean resumed, boolean gap) {}
