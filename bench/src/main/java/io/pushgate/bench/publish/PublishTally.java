package io.pushgate.bench.publish;

/**
 * What a publisher has counted so far. Immutable.
 *
 * @param unsent pushes of an open loop that have not gone out yet
 * @param expectedDeliveries what the pushes sent so far amount to
 * @param unanswered pushes without an answer yet
 * @param strayed answers to no push in flight: a doubled one, or one that nobody asked for
 * @param misplaced answers that came before that of an earlier push
 * @param firstNack code and message of the first refusal; empty while there is none
 */
public record PublishTally(
    long sent,
    int unsent,
    long acked,
    long nacked,
    long expectedDeliveries,
    int unanswered,
    long strayed,
    long misplaced,
    String firstNack) {}
