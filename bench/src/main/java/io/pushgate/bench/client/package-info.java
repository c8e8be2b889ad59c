/**
 * The sessions under load: connections with a handshake and a frame scanner of their own, so light
 * that the client is not what is measured. A session and its loop belong to one event loop; {@link
 * io.pushgate.bench.client.Fleet} may be called from any thread.
 */
@NullMarked
package io.pushgate.bench.client;

import org.jspecify.annotations.NullMarked;
