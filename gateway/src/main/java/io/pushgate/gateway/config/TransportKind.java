package io.pushgate.gateway.config;

/** Which of Netty's transports carries the sockets. */
public enum TransportKind {
  /** The best one that this machine's kernel and the loaded natives support. */
  AUTO,
  EPOLL,
  IO_URING,
  NIO
}
