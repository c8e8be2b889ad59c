/**
 * The requests of publishers and the gateway's answers, as JSON lines and as binary frames.
 * Everything here is an immutable value or a pure function that any thread may call.
 */
@NullMarked
package io.pushgate.protocol.ingress;

import org.jspecify.annotations.NullMarked;
