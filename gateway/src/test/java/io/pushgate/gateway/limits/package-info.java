/**
 * Clients and publishers that go on past a limit, beside a healthy session that gets its pushes all
 * the while. Each test has one gateway of its own and one thread that asks and waits.
 */
@NullMarked
package io.pushgate.gateway.limits;

import org.jspecify.annotations.NullMarked;
