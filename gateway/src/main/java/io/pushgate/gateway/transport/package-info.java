/**
 * Event loops and sockets: epoll, io_uring or NIO behind one seam, and a session's wire. Built by
 * any thread at start; each wire lives on its event loop.
 */
@NullMarked
package io.pushgate.gateway.transport;

import org.jspecify.annotations.NullMarked;
