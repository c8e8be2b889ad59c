/**
 * Every MUST of RFC 6455, sections 4 to 8, that a server has: cases by raw sockets against a
 * session and an echo, and the list of what came of each. The test's thread, and one that sends.
 */
@NullMarked
package io.pushgate.gateway.conformance;

import org.jspecify.annotations.NullMarked;
