package io.pushgate.gateway.command;

import org.jspecify.annotations.Nullable;

/**
 * What {@code listen} was asked to do. Immutable.
 *
 * @param after the position behind which the first attempt begins
 * @param count notifications after which it ends, 0 for never
 * @param ack whether each notification is acknowledged
 */
record Subscription(
    StreamUri uri, @Nullable String after, @Nullable String tokenFile, int count, boolean ack) {}
