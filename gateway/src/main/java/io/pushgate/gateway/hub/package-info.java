/**
 * Which user has which sessions on this node: an immutable group a user for any thread, and dense
 * arrays a loop for the fan-out.
 */
@NullMarked
package io.pushgate.gateway.hub;

import org.jspecify.annotations.NullMarked;
