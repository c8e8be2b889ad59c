package io.pushgate.protocol.publisher;

/**
 * The client was closed before the request was answered, or before it was made. It may have been
 * taken.
 */
public final class PublisherClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PublisherClosedException() {
    super("the publisher is closed", null, false, false);
  }
}
