package io.pushgate.gateway.ingress;

import io.pushgate.protocol.Limits;
import java.time.Duration;

/** What one connection of a publisher may hold or take, beside the bounds of the protocol. */
final class IngressLimits {
  /**
   * Requests that were read and whose answers the socket has not taken: as many as a broker that
   * takes 10 ms for a commit can have under way at a million a second and more.
   */
  static final int MAX_IN_FLIGHT = 16_384;

  /** What each of several users that a push names takes, until it is stored, beside his bytes. */
  static final int BYTES_OF_A_NAME = 128;

  /** Bytes of those requests, as they came and for names; one larger request may stand above it. */
  static final int MAX_IN_FLIGHT_BYTES = 4 << 20;

  /**
   * Answers that were handed to a socket and not taken by the kernel. Generous, because simple
   * publishers write all they have before they read the first answer: reading stops above the first
   * and goes on below the second.
   */
  static final int MAX_UNSENT_ANSWERS = 4 << 20;

  static final int RESUME_UNSENT_ANSWERS = 2 << 20;

  /** Receipts that are read, and stand unsent, at a time. */
  static final int RECEIPT_PAGE = 256;

  /**
   * Receipts of a publisher without a name that wait for his socket; past it the oldest are lost.
   * As many as several of the largest pushes end with at once.
   */
  static final int MAX_PASSING_RECEIPTS = 64 << 10;

  /** After which time a journal of receipts that did not answer is asked again. */
  static final Duration RECEIPT_RETRY = Duration.ofSeconds(1);

  /** What one read takes from the socket at most, and so the size of one batch. */
  static final int READ_BYTES = 64 << 10;

  /** Answers are handed to the channel in buffers of about this size. */
  static final int ANSWER_CHUNK = 64 << 10;

  /**
   * How long a request may stand unfinished. A publisher may be silent for ever between two
   * requests, but half a request is either an error or an attack. For HTTP, where clients expect
   * it, the pause between two requests is bounded by the same.
   */
  static final Duration UNFINISHED_REQUEST = Duration.ofSeconds(60);

  /** How long the last answers may take to leave a connection that the gateway ends. */
  static final Duration FAREWELL = Duration.ofSeconds(10);

  /**
   * How long what a peer still sends is thrown away after the last answer, so that the answer is
   * not lost to a reset.
   */
  static final Duration LINGER = Duration.ofSeconds(2);

  static final int MAX_HTTP_REQUEST_LINE = 16 << 10;
  static final int MAX_HTTP_HEADERS = 32 << 10;
  static final int MAX_HTTP_CHUNK = READ_BYTES;
  static final int MAX_HTTP_BODY = Limits.MAX_HTTP_BODY;

  /**
   * Answers to one body, which wait for the last of them: more than those to pushes can be, which
   * are as long as what the body names, and some words.
   */
  static final int MAX_HTTP_ANSWERS = 32 << 20;

  static final int MAX_HTTP_LINES = Limits.MAX_HTTP_LINES;

  private IngressLimits() {}
}
