/**
 * How the gateway stands, told to the process that supervises it, and the canary by which it proves
 * to itself that notifications go through. Lives on an event loop of its own, and is not there
 * where nobody supervises.
 */
@NullMarked
package io.pushgate.gateway.supervision;

import org.jspecify.annotations.NullMarked;
