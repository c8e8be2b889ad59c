/**
 * The publishers' port: finds out which form a connection speaks, turns its bytes into requests,
 * and answers them in their order. Each connection lives on its channel's event loop; only {@link
 * io.pushgate.gateway.ingress.Slot} is completed from elsewhere.
 */
@NullMarked
package io.pushgate.gateway.ingress;

import org.jspecify.annotations.NullMarked;
