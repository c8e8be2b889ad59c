package io.pushgate.gateway.broker;

/**
 * Where a session starts in its two journals. <em>Immutable.</em>
 *
 * @param user the offset behind which the user's own notifications start
 * @param everyone the same in everyone's journal
 * @param userBehind the user's journal holds something behind that place
 * @param everyoneBehind the same of everyone's
 * @param resumed an {@code after} was given and all behind it follows
 * @param witnessed the client's cursor shows that its sessions were sent all of the user's journal
 *     up to this offset before this process began; 0 where it shows nothing of that kind
 * @param witnessedEveryone the same of everyone's
 * @param gap something was lost before the start: the session tells its client
 */
public record Opening(
    long user,
    long everyone,
    boolean userBehind,
    boolean everyoneBehind,
    boolean resumed,
    long witnessed,
    long witnessedEveryone,
    boolean gap) {}
