/** Tests of the public port over real sockets, without sessions behind it. */
@NullMarked
package io.pushgate.gateway.client;

import org.jspecify.annotations.NullMarked;
