package io.pushgate.protocol;

/** The bounds of the wire that no option moves, and the defaults of those that one does. */
public final class Limits {
  /** UTF-8 bytes of a user's name. */
  public static final int MAX_USER_BYTES = 254;

  /** UTF-8 bytes of an id, a type, a collapse key, a publisher's name. */
  public static final int MAX_NAME_BYTES = 128;

  /** Bytes of a {@code ref} as sent, without the quotes of a string. */
  public static final int MAX_REF_BYTES = 64;

  public static final int MAX_CURSOR_LENGTH = 47;

  /** Two cursors and the comma between them. */
  public static final int MAX_POSITION_LENGTH = 2 * MAX_CURSOR_LENGTH + 1;

  /** Bytes of a JSON line without its line break. */
  public static final int MAX_LINE = 1 << 20;

  /** Bytes of a binary frame behind its length field. */
  public static final int MAX_FRAME = 1 << 20;

  /** Version, opcode, flags and correlation id: the smallest frame behind its length field. */
  public static final int MIN_FRAME = 12;

  /** Bytes of a line or frame before a needed {@code hello} succeeded. */
  public static final int MAX_BYTES_BEFORE_HELLO = 4 << 10;

  /** Users that one push names, doubles counted once. */
  public static final int MAX_RECIPIENTS = 10_000;

  /** Users of one push times the bytes of its data. */
  public static final long MAX_FANOUT_BYTES = 64L << 20;

  /** Levels of arrays and objects in one JSON value. */
  public static final int MAX_DEPTH = 1000;

  /** Users that one {@code status} lists. */
  public static final int MAX_STATUS_USERS = 1000;

  /** Bytes of the body of one {@code POST /push}. */
  public static final int MAX_HTTP_BODY = 16 << 20;

  /** Lines of the body of one {@code POST /push}. */
  public static final int MAX_HTTP_LINES = 100_000;

  /** The default of {@code --max-payload}: bytes of one notification's data. */
  public static final int DEFAULT_MAX_PAYLOAD = 64 << 10;

  /** The highest value of {@code --max-payload}. */
  public static final int HIGHEST_MAX_PAYLOAD = 1_000_000;

  /** The default of {@code --max-client-frame}. */
  public static final int DEFAULT_MAX_CLIENT_FRAME = 4 << 10;

  /** The largest {@code window} that a session may ask for. */
  public static final int MAX_WINDOW = 1024;

  /** Characters of a {@code cid}. */
  public static final int MAX_CID_LENGTH = 64;

  private Limits() {}
}
