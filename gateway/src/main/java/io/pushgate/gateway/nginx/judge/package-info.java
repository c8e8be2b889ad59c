/**
 * What is wrong for a WebSocket in a configuration, and what mends it, from its text alone.
 * Immutable values and pure functions, for any thread.
 */
@NullMarked
package io.pushgate.gateway.nginx.judge;

import org.jspecify.annotations.NullMarked;
