package io.pushgate.gateway.broker;

import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;

/**
 * How one notification ended for one user. <em>Immutable.</em>
 *
 * @param offset its place in its publisher's journal of receipts; 0 for a connection's
 * @param timestampMillis when it ended, in milliseconds since 1970
 */
public record Receipt(
    long offset, String id, UserId user, ReceiptEvent event, long timestampMillis) {}
