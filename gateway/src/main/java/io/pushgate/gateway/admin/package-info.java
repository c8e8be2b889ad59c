/**
 * The operators' port: metrics, health and look-ups, for whoever runs the gateway. Connections live
 * on event loops; a scrape and long answers are made on a thread of the port's own.
 */
@NullMarked
package io.pushgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
