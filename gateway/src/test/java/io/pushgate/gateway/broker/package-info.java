/**
 * What every broker keeps to, run against each of them. Each test owns its broker; lanes and the
 * test's own thread meet in it.
 */
@NullMarked
package io.pushgate.gateway.broker;

import org.jspecify.annotations.NullMarked;
