/**
 * The way of one request through a configuration, by nginx's own rules: the server, its rules, the
 * location, and what handles it there. What was chosen is immutable; a visit, with its variables,
 * stays on one thread.
 */
@NullMarked
package io.pushgate.gateway.nginx.routing;

import org.jspecify.annotations.NullMarked;
