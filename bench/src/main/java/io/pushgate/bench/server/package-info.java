/**
 * Gateways that a command starts itself, each a process of its own, and what they tell of
 * themselves. Confined to the thread of the command unless it says otherwise.
 */
@NullMarked
package io.pushgate.bench.server;

import org.jspecify.annotations.NullMarked;
