/**
 * The journals of one process, over a store that keeps them: order, ids, bounds, acknowledged
 * places and receipts are made here, once for every store. All of it belongs to one lane; reads of
 * the store come from any thread.
 */
@NullMarked
package io.pushgate.gateway.broker.local;

import org.jspecify.annotations.NullMarked;
