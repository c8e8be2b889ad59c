/**
 * What the HTTP sides of all three ports share: how a request is refused (RFC 9457), and the guard
 * that keeps web pages off ports that are not meant for them. Values and pure functions, for any
 * thread.
 */
@NullMarked
package io.pushgate.gateway.http;

import org.jspecify.annotations.NullMarked;
