/**
 * What publishers and browsers see of a whole gateway, over real sockets and on both kinds of
 * stream. Each test has one gateway of its own and one thread that asks and waits.
 */
@NullMarked
package io.pushgate.gateway.endtoend;

import org.jspecify.annotations.NullMarked;
