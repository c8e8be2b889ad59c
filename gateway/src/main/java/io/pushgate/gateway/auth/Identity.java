package io.pushgate.gateway.auth;

import io.pushgate.protocol.UserId;

/**
 * What a good token says. Immutable.
 *
 * @param expires the token's {@code exp}, in seconds since the epoch
 * @param endsMillis when a session of this token ends, in ms since the epoch: {@code exp} and the
 *     leeway
 */
public record Identity(UserId user, long expires, long endsMillis) {}
