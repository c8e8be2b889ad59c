/**
 * RFC 6455 on bytes: what a frame looks like, and a strict decoder of those a client sends. Each
 * decoder lives on its session's event loop.
 */
@NullMarked
package io.pushgate.gateway.websocket;

import org.jspecify.annotations.NullMarked;
