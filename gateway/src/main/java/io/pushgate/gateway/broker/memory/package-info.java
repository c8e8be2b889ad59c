/**
 * The volatile broker: journals in this process's memory. Each journal lives in one lane, which
 * runs on whichever thread finds it idle.
 */
@NullMarked
package io.pushgate.gateway.broker.memory;

import org.jspecify.annotations.NullMarked;
