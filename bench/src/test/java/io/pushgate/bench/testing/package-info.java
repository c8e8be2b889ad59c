/**
 * A gateway made up for tests, on real sockets, that can be told to misbehave. A thread a
 * connection.
 */
@NullMarked
package io.pushgate.bench.testing;

import org.jspecify.annotations.NullMarked;
