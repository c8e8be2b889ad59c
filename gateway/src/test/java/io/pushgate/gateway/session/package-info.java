/**
 * Sessions on a real event loop, over a wire that takes what the test tells it to. Each test owns
 * its node and asks it from its own thread.
 */
@NullMarked
package io.pushgate.gateway.session;

import org.jspecify.annotations.NullMarked;
