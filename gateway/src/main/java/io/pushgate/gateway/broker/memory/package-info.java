/**
 * The volatile broker: journals in this process's heap, gone with it. Its lane is run by whoever
 * finds it idle, so that a push costs no change of thread.
 */
@NullMarked
package io.pushgate.gateway.broker.memory;

import org.jspecify.annotations.NullMarked;
