/** Tests of the publisher client over real sockets, against a gateway that does as it is told. */
@NullMarked
package io.pushgate.protocol.publisher;

import org.jspecify.annotations.NullMarked;
