/**
 * The client that a Java service uses to push: it connects and reconnects, pipelines requests over
 * binary frames and hands answers out as futures. Its public methods are for any thread; all else
 * lives on the one event loop of each client.
 */
@NullMarked
package io.pushgate.protocol.publisher;

import org.jspecify.annotations.NullMarked;
