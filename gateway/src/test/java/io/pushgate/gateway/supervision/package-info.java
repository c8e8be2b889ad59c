/** Tests of the watchdog's own notification. */
@NullMarked
package io.pushgate.gateway.supervision;

import org.jspecify.annotations.NullMarked;
