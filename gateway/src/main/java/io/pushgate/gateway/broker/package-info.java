/**
 * Order, storage and fan-out behind one asynchronous, batch-shaped interface. A user's order is
 * made in one lane; callers are any thread, answers come on the lane's.
 */
@NullMarked
package io.pushgate.gateway.broker;

import org.jspecify.annotations.NullMarked;
