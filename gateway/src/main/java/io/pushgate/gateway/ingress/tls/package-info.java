/**
 * TLS on the ingress port: the certificate and the client authorities as their files have them now,
 * and the handler that a connection gets. A handler lives on its event loop, the rest on any
 * thread; the files are read by a thread of their own.
 */
@NullMarked
package io.pushgate.gateway.ingress.tls;

import org.jspecify.annotations.NullMarked;
