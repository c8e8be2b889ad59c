/**
 * What the public port remembers of requests, so that a failed handshake can be explained: how they
 * arrived, what became of them, which line a proxy is missing. Every table is bounded and may be
 * used by any thread.
 */
@NullMarked
package io.pushgate.gateway.client.witness;

import org.jspecify.annotations.NullMarked;
