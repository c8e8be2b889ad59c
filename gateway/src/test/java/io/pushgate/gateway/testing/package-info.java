/**
 * Real parts that tests run the gateway against: nginx, Chromium, certificates. Each is used by one
 * test thread at a time.
 */
@NullMarked
package io.pushgate.gateway.testing;

import org.jspecify.annotations.NullMarked;
