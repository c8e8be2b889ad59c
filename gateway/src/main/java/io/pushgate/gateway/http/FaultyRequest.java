package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that could not be read as one, the last thing that {@link StrictRequestDecoder} hands
 * on. Immutable but for the request.
 *
 * @param head what was read of it, null where that is nothing
 */
public record FaultyRequest(Problem problem, @Nullable HttpRequest head) {}
