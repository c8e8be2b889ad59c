/**
 * Tests of the WebSocket codec: RFC examples, every cut, every illegal byte, Netty as a second
 * opinion.
 */
@NullMarked
package io.pushgate.gateway.websocket;

import org.jspecify.annotations.NullMarked;
