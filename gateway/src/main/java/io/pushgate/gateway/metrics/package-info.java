/**
 * Owns every meter of the gateway and its name; nobody else knows what they are counted with.
 * Events are told on any thread, mostly an event loop, and cost an addition each; a scrape reads
 * them on its own thread.
 */
@NullMarked
package io.pushgate.gateway.metrics;

import org.jspecify.annotations.NullMarked;
