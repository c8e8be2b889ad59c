/** Tests of wires over real loopback sockets, each kind of transport in turn. */
@NullMarked
package io.pushgate.gateway.transport;

import org.jspecify.annotations.NullMarked;
