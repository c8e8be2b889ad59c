/** Tests of what the public port remembers, with clocks that the tests move. */
@NullMarked
package io.pushgate.gateway.client.witness;

import org.jspecify.annotations.NullMarked;
