/**
 * The crossing: a push goes in to the broker, what was appended goes out to the hub, a session is
 * attached and detached. Any thread may call.
 */
@NullMarked
package io.pushgate.gateway.routing;

import org.jspecify.annotations.NullMarked;
