/**
 * Who a token says somebody is: JSON Web Tokens (RFC 7519), the keys that they are checked with,
 * and the file which those are read from, again whenever it changes. Any thread may check a token;
 * the file is read by a thread of its own.
 */
@NullMarked
package io.pushgate.gateway.auth;

import org.jspecify.annotations.NullMarked;
