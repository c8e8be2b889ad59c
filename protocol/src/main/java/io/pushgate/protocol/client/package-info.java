/**
 * The frames between the gateway and a browser, and their JSON. Everything here is an immutable
 * value or a pure function that any thread may call.
 */
@NullMarked
package io.pushgate.protocol.client;

import org.jspecify.annotations.NullMarked;
