/**
 * The diagnosis of the way from a browser to the gateway: which hop breaks a WebSocket, by what it
 * is known, and the line that mends it. It runs as a command, on one thread that waits; it touches
 * no gateway of this process.
 */
@NullMarked
package io.pushgate.gateway.doctor;

import org.jspecify.annotations.NullMarked;
