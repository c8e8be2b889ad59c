/**
 * The publisher under load: one pipelined connection to the ingress port, and the two ways to pace
 * it. Everything but {@link io.pushgate.bench.publish.Publisher}'s factory belongs to the
 * publisher's event loop.
 */
@NullMarked
package io.pushgate.bench.publish;

import org.jspecify.annotations.NullMarked;
