/**
 * What is known of nginx: the lines that carry a WebSocket through it, and where in a configuration
 * they belong. Immutable values and pure functions, for any thread.
 */
@NullMarked
package io.pushgate.gateway.nginx;

import org.jspecify.annotations.NullMarked;
