/**
 * The words that both ends of every wire share: user names, cursors, payloads, limits and codes.
 * Everything here is an immutable value or a pure function, free of threads, sockets and
 * configuration.
 */
@NullMarked
package io.pushgate.protocol;

import org.jspecify.annotations.NullMarked;
