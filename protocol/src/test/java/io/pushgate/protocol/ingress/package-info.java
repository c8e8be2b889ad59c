/** Tests of the publishers' requests and their answers in both forms. */
@NullMarked
package io.pushgate.protocol.ingress;

import org.jspecify.annotations.NullMarked;
