/**
 * The public port: its pipeline, who is let in and who is refused with which words, the opening of
 * WebSocket and SSE sessions, and the page's files. A connection's handlers live on its event loop;
 * what connections share may be used by any thread.
 */
@NullMarked
package io.pushgate.gateway.client;

import org.jspecify.annotations.NullMarked;
