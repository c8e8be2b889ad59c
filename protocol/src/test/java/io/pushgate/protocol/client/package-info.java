/** Tests of the frames between gateway and browser. */
@NullMarked
package io.pushgate.protocol.client;

import org.jspecify.annotations.NullMarked;
