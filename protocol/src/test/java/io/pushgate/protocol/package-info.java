/** Tests of what both ends of every wire share; each runs on the thread that starts it. */
@NullMarked
package io.pushgate.protocol;

import org.jspecify.annotations.NullMarked;
