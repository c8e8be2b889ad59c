/**
 * What is said of nginx's configuration: the lines that carry a WebSocket through it, and where
 * they belong. Immutable values, for any thread.
 */
@NullMarked
package io.pushgate.gateway.nginx;

import org.jspecify.annotations.NullMarked;
